import type { JsonObject } from '@slipway/arm-template';
import { sameText } from '../../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../../providers/provider.ts';
import { keptSubResources, parentIdOf } from '../../providers/sub-resources.ts';
import { parseResourceId } from '../../resource-id.ts';

/**
 * A resource as what-if compares it: as GET returns it, without what is read-only (states, etags, and the references that
 * other resources leave behind in it). That is what the record keeps, before a handler's `present` adds the rest.
 */
export function snapshotOf(record: ResourceRecord, view: CloudView, apiVersion: string): JsonObject {
  return {
    apiVersion,
    id: record.id,
    type: record.type,
    name: record.name,
    ...(record.location === undefined ? {} : { location: record.location }),
    ...(record.tags === undefined ? {} : { tags: record.tags }),
    ...record.envelope,
    properties: inlineProperties(record, view) ?? record.properties,
  };
}

/** The properties of a child that lives inside its parent, which keeps them (see `inline-children.ts`). */
function inlineProperties(record: ResourceRecord, view: CloudView): JsonObject | undefined {
  const id = parseResourceId(record.id);
  if (!id || id.names.length < 2) return undefined;
  const collection = id.type.slice(id.type.lastIndexOf('/') + 1);
  const parent = view.get(parentIdOf(id).text);
  return keptSubResources(parent, collection).find(({ name }) => sameText(name, record.name))?.properties;
}
