import type { JsonObject } from '@slipway/arm-template';
import { isJsonObject, objectAt } from './json-reading.ts';
import type { PutPlan, PutRequest } from './provider.ts';

/** Members of a body that are kept elsewhere in a record. */
const placedMembers = new Set(['id', 'name', 'type', 'location', 'tags', 'properties', 'etag', 'apiversion']);

/** The record of a resource as its PUT request describes it, with the properties that the provider worked out. */
export function recordFrom(
  request: PutRequest,
  properties: JsonObject,
  more: { envelope?: JsonObject; secrets?: JsonObject; listed?: boolean } = {},
): PutPlan['record'] {
  const { id, body } = request;
  const sent = Object.fromEntries(
    Object.entries(body).filter(([key, value]) => !placedMembers.has(key.toLowerCase()) && value !== null),
  );
  const location = typeof body['location'] === 'string' ? normalLocation(body['location']) : undefined;
  const tags = isJsonObject(body['tags'] ?? undefined) ? objectAt(body, 'tags') : undefined;
  return {
    id: id.text,
    type: id.type,
    name: id.names.at(-1) ?? '',
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined
      ? {}
      : { tags: Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, tagText(value)])) }),
    envelope: { ...sent, ...more.envelope },
    properties,
    secrets: more.secrets ?? {},
    listed: more.listed ?? true,
  };
}

function tagText(value: JsonObject[string]): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A region's name as ARM returns it: `East US` becomes `eastus`. */
export function normalLocation(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
