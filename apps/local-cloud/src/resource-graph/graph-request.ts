import type { JsonObject } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';
import { subscriptionId, tenantId } from '../resources/places.ts';
import { QueryError } from './query-error.ts';
import type { ResultFormat } from './result-format.ts';

/** Rows of a page, unless fewer are asked for. Source: Azure's "Working with large Azure resource data sets". */
const largestPage = 1_000;
const mostFacets = 10;

/** Bounds: Azure's REST specification of Microsoft.ResourceGraph. */
const rowCount = z.number().int().min(1).max(largestPage);

const facetSchema = z.object({
  expression: z.string(),
  options: z
    .object({
      sortBy: z.string().nullish(),
      sortOrder: z.enum(['asc', 'desc']).nullish(),
      filter: z.string().nullish(),
      $top: rowCount.nullish(),
    })
    .nullish(),
});
export type FacetRequest = z.infer<typeof facetSchema>;

const requestSchema = z.object({
  query: z.string(),
  subscriptions: z.array(z.string()).nullish(),
  managementGroups: z.array(z.string()).nullish(),
  options: z
    .object({
      $top: rowCount.nullish(),
      $skip: z.number().int().min(0).nullish(),
      $skipToken: z.string().nullish(),
      resultFormat: z.enum(['table', 'objectArray']).nullish(),
      allowPartialScopes: z.boolean().nullish(),
    })
    .nullish(),
  facets: z.array(facetSchema).max(mostFacets).nullish(),
});

/** A query as it is asked for. */
export interface GraphRequest {
  query: string;
  /** What the request is about, for telling whether another is about the same. */
  scope: readonly string[];
  top: number | undefined;
  skip: number | undefined;
  skipToken: string | undefined;
  resultFormat: ResultFormat;
  facets: readonly FacetRequest[];
}

/** Reads the body of a request. Throws `ArmError` for one that is none, `QueryError` for one that is about nothing. */
export function readGraphRequest(body: JsonObject): GraphRequest {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success)
    throw new ArmError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: ${z.prettifyError(parsed.error)}`,
    );
  const { query, subscriptions, managementGroups, options, facets } = parsed.data;
  return {
    query,
    scope: readScope(subscriptions ?? [], managementGroups ?? []),
    top: options?.$top ?? undefined,
    skip: options?.$skip ?? undefined,
    skipToken: options?.$skipToken ?? undefined,
    resultFormat: options?.resultFormat ?? 'objectArray',
    facets: facets ?? [],
  };
}

/** How many rows a page has when neither a request nor its token says so. */
export const usualPage = largestPage;

/**
 * Without a scope a query is about everything. A subscription that the caller cannot read is left out without a word; only
 * when none is left is the request refused. Source: measured, as public code tells; the id of the root management group
 * is that of the tenant.
 */
function readScope(subscriptions: readonly string[], managementGroups: readonly string[]): string[] {
  const given = [...subscriptions, ...managementGroups].map((id) => id.toLowerCase());
  if (subscriptions.length > 0 && managementGroups.length > 0)
    throw scopeError('BadScope', 'A query can be about subscriptions or about management groups, not both.');
  const malformed = subscriptions.filter((id) => !z.guid().safeParse(id).success);
  if (malformed.length > 0)
    throw scopeError(
      'SubscriptionsContainInvalidGuids',
      `The ids of subscriptions must be GUIDs. These are none: ${quoted(malformed)}.`,
    );
  if (given.length === 0 || given.includes(subscriptionId) || given.includes(tenantId))
    return given.toSorted();
  throw scopeError(
    'NoValidSubscriptionsInQueryRequest',
    `There must be at least one subscription that is eligible to contain resources. Given: ${quoted(given)}.`,
  );
}

const quoted = (ids: readonly string[]): string =>
  ids
    .slice(0, 10)
    .map((id) => `'${id.slice(0, 80).toWellFormed()}'`)
    .join(',');

const scopeError = (code: string, message: string): QueryError => new QueryError([{ code, message }]);
