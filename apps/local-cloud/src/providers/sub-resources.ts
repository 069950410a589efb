import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { makeResourceId, parseResourceId } from '../resource-id.ts';
import type { ResourceId } from '../resource-id.ts';
import { compact, objectAt, objectsAt, sameText, textAt } from './json-reading.ts';
import type { CloudView, ResourceRecord } from './provider.ts';

/**
 * A sub-resource as its owner keeps it: what was sent, without the ids, etags and states that are worked out when the
 * owner is read.
 */
export interface SubResource {
  name: string;
  properties: JsonObject;
  zones?: JsonValue;
}

/** The id of a sub-resource of `ownerId`. */
export function subResourceId(ownerId: string, collection: string, name: string): string {
  return `${ownerId}/${collection}/${name}`;
}

/** Reads an array of sub-resources out of a body; refuses entries without a name and names used twice. */
export function readSubResources(
  ownerId: string,
  properties: JsonValue | undefined,
  collection: string,
): SubResource[] {
  const seen = new Set<string>();
  return objectsAt(properties, collection).map((item) => {
    const name = textAt(item, 'name') ?? '';
    if (name === '') {
      throw new ArmError(400, 'InvalidRequestFormat', 'Cannot parse the request.', {
        details: [
          new ArmError(
            400,
            'MissingJsonReferenceId',
            `Value for reference id is missing. Path properties.${collection}: an entry has no name.`,
          ),
        ],
      });
    }
    if (seen.has(name.toLowerCase())) {
      throw new ArmError(
        400,
        'DuplicateResourceName',
        `Resource ${ownerId} has two child resources with the same name (${name}).`,
      );
    }
    seen.add(name.toLowerCase());
    const zones = item['zones'];
    return { name, properties: objectAt(item, 'properties'), ...(Array.isArray(zones) ? { zones } : {}) };
  });
}

/** Sub-resources as JSON, to be kept in their owner's properties. */
export function storedSubResources(items: readonly SubResource[]): JsonValue[] {
  return items.map((item) =>
    compact({ name: item.name, properties: item.properties, zones: item.zones ?? undefined }),
  );
}

/** The sub-resources that an owner keeps. */
export function keptSubResources(owner: ResourceRecord | undefined, collection: string): SubResource[] {
  return objectsAt(owner?.properties, collection).map((item) => ({
    name: textAt(item, 'name') ?? '',
    properties: objectAt(item, 'properties'),
    ...(Array.isArray(item['zones']) ? { zones: item['zones'] } : {}),
  }));
}

/** A sub-resource as GET shows it: with id, etag, type, state, and what `computed` adds to its properties. */
export function presentSubResource(
  owner: ResourceRecord,
  collection: string,
  item: SubResource,
  computed: JsonObject = {},
): JsonObject {
  return compact({
    name: item.name,
    id: subResourceId(owner.id, collection, item.name),
    etag: owner.etag,
    type: `${owner.type}/${collection}`,
    zones: item.zones,
    properties: { provisioningState: owner.provisioningState, ...item.properties, ...computed },
  });
}

/** A part reader (see `ResourceTypeHandler.parts`) over sub-resources that `present` computes for the owner. */
export function partOf(
  present: (record: ResourceRecord, view: CloudView) => JsonObject,
  collection: string,
): (record: ResourceRecord, view: CloudView, name: string | undefined) => JsonValue | undefined {
  return (record, view, name) => {
    const items = objectsAt(present(record, view), collection);
    return name === undefined ? items : items.find((item) => sameText(textAt(item, 'name'), name));
  };
}

/** A sub-resource that some id names, with the resource that keeps it. */
export interface FoundSubResource {
  owner: ResourceRecord;
  id: string;
  item: SubResource;
}

/** The owner's id, collection and name that a sub-resource's id is made of. */
function splitSubResourceId(id: string): { ownerId: string; collection: string; name: string } | undefined {
  const match = /^(.+)\/([^/]+)\/([^/]+)$/.exec(id);
  if (!match) return undefined;
  const [, ownerId = '', collection = '', name = ''] = match;
  return { ownerId, collection, name };
}

/** Looks a sub-resource up by its id, for example a subnet or a frontend configuration. */
export function findSubResource(view: CloudView, id: string): FoundSubResource | undefined {
  const parts = splitSubResourceId(id);
  const owner = parts && view.get(parts.ownerId);
  if (!parts || !owner) return undefined;
  const collection = Object.keys(owner.properties).find((key) => sameText(key, parts.collection));
  if (collection === undefined) return undefined;
  const item = keptSubResources(owner, collection).find((kept) => sameText(kept.name, parts.name));
  return item && { owner, item, id: subResourceId(owner.id, collection, item.name) };
}

/** The id of the resource that a child's id belongs to: the child's id without its last type and name. */
export function parentIdOf(id: ResourceId): ResourceId {
  const [namespace = '', ...types] = id.type.split('/');
  return makeResourceId({
    scope: id.scope,
    subscriptionId: id.subscriptionId,
    resourceGroup: id.resourceGroup,
    namespace,
    types: types.slice(0, -1),
    names: id.names.slice(0, -1),
  });
}

/** The parent of a child, or Azure's refusal when there is none. */
export function requireParent(id: ResourceId, view: CloudView): ResourceRecord {
  const parentId = parentIdOf(id);
  const parent = view.get(parentId.text);
  if (parent) return parent;
  throw new ArmError(
    404,
    'ParentResourceNotFound',
    `Failed to perform 'write' on resource(s) of type '${id.type.split('/').slice(1).join('/')}', because the parent resource '${parentId.text}' could not be found.`,
  );
}

/** A text that is a resource id, taken apart; `undefined` for anything else. */
export function idOf(text: string | undefined): ResourceId | undefined {
  return text === undefined ? undefined : parseResourceId(text);
}
