import { ResourceGraphClient, type QueryRequest } from '@azure/arm-resourcegraph';
import type { TestCloud } from '../local-cloud.test-support.ts';
import { polling, subscription } from '../local-cloud.test-support.ts';

/** What Resource Graph answers to a query, through Microsoft's client. */
export interface GraphAnswer {
  rows: Record<string, unknown>[];
  totalRecords: number;
  count: number;
  resultTruncated: string;
  skipToken: string | undefined;
}

/** A refusal as Microsoft's client hands it on. */
export interface GraphRefusal {
  statusCode: number;
  code: string;
  details: Record<string, unknown>[];
}

/** A detail as the client has it: what it does not know of it is apart. */
interface ClientDetail {
  code: string;
  message: string;
  additionalProperties?: Record<string, unknown>;
}

/** Asks a cloud's Resource Graph as anybody does who has Microsoft's client. */
export function graphOf(cloud: TestCloud) {
  const client = new ResourceGraphClient(cloud.access.credential, cloud.access.options);
  const ask = async (request: string | QueryRequest): Promise<GraphAnswer> => {
    const sent = typeof request === 'string' ? { query: request } : request;
    const { data, totalRecords, count, resultTruncated, skipToken } = await client.resources(sent);
    return { rows: data as Record<string, unknown>[], totalRecords, count, resultTruncated, skipToken };
  };
  return {
    client,
    ask,
    rows: async (query: string) => (await ask(query)).rows,
    /** The values of a query's only column. */
    column: async (query: string) => (await ask(query)).rows.map((row) => Object.values(row)[0]),
    /** The same of texts, in order. */
    sortedTexts: async (query: string) =>
      (await ask(query)).rows.map((row) => String(Object.values(row)[0])).toSorted(),
    /** The refusal of a query that must not be answered. */
    refusal: async (request: string | QueryRequest): Promise<GraphRefusal> => {
      const error = await ask(request).then(
        () => undefined,
        (thrown: { statusCode: number; code: string; details: { error: { details: ClientDetail[] } } }) =>
          thrown,
      );
      if (error === undefined) throw new Error(`This should have been refused: ${JSON.stringify(request)}`);
      const { statusCode, code, details } = error;
      return {
        statusCode,
        code,
        details: details.error.details.map(({ additionalProperties, ...detail }) => ({
          ...detail,
          ...additionalProperties,
        })),
      };
    },
  };
}

export type Graph = ReturnType<typeof graphOf>;

/** Makes things of the test provider, in groups that exist or not. */
export async function putThings(
  cloud: TestCloud,
  things: Record<string, Record<string, unknown>>,
): Promise<void> {
  for (const [path, body] of Object.entries(things)) {
    const [group = '', name = ''] = path.split('/');
    await cloud.resources.resourceGroups.createOrUpdate(group, { location: 'eastus' });
    await cloud.resources.resources.createOrUpdateById(
      `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Test/things/${name}`,
      '2026-01-01',
      { location: 'eastus', ...body },
      polling,
    );
  }
}
