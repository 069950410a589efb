import type { JsonObject } from '@slipway/arm-template';
import { computedProperties, withIdentities } from '../providers/generic/computed-properties.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { parseResourceId } from '../resource-id.ts';
import type { ProviderDirectory } from './provider-directory.ts';

/** A resource as GET returns it, with what `expand` (names in lower case) adds. */
export function describeResource(
  record: ResourceRecord,
  directory: ProviderDirectory,
  view: CloudView,
  expand: readonly string[] = [],
): JsonObject {
  const handler = directory.handler(record.type);
  return {
    name: record.name,
    id: record.id,
    etag: record.etag,
    type: record.type,
    ...(record.location === undefined ? {} : { location: record.location }),
    ...(record.tags === undefined ? {} : { tags: record.tags }),
    ...withIdentities(record.envelope, record.id),
    properties: {
      provisioningState: record.provisioningState,
      ...record.properties,
      ...(handler === undefined ? computedProperties(record, view) : handler.present?.(record, view)),
      ...Object.assign(
        {},
        ...expand.map((name) => handler?.expansions?.[name.toLowerCase()]?.(record, view)),
      ),
    },
  };
}

/** A resource as it appears in lists over all types: without its properties. */
export function describeListed(record: ResourceRecord, expand: ReadonlySet<string>): JsonObject {
  return {
    id: record.id,
    name: parseResourceId(record.id)?.names.join('/') ?? record.name,
    type: record.type,
    ...(record.location === undefined ? {} : { location: record.location }),
    ...(record.tags === undefined ? {} : { tags: record.tags }),
    ...record.envelope,
    ...(expand.has('createdtime') ? { createdTime: record.createdAt } : {}),
    ...(expand.has('changedtime') ? { changedTime: record.changedAt } : {}),
    ...(expand.has('provisioningstate') ? { provisioningState: record.provisioningState } : {}),
  };
}
