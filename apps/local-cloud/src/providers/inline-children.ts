import { randomUUID } from 'node:crypto';
import type { JsonObject } from '@slipway/arm-template';
import { objectAt, objectsAt, sameText, textAt } from './json-reading.ts';
import type {
  CloudView,
  PutRequest,
  RecordChanges,
  ResourceRecord,
  ResourceTypeHandler,
  WorkKind,
} from './provider.ts';
import {
  keptSubResources,
  parentIdOf,
  readSubResources,
  requireParent,
  subResourceId,
} from './sub-resources.ts';
import type { SubResource } from './sub-resources.ts';
import { parseResourceId } from '../resource-id.ts';

/**
 * Children that live inside their parent: subnets, security rules, NAT rules, backend pools. The parent's properties
 * hold the truth; a child also has a record of its own, without properties, so that it can be got, listed and deleted
 * by its id. Both ways of deploying one, inline and as a resource, change the parent.
 */
export interface InlineChildKind {
  /** The child's full type. */
  readonly type: string;
  /** The array in the parent's properties that holds it. */
  readonly collection: string;
  readonly apiVersions: readonly string[];
  readonly work: WorkKind;
  /** The parent's properties with these children in place of the ones it has; refuses as a PUT of the parent would. */
  readonly replace: (parent: ResourceRecord, children: readonly SubResource[], view: CloudView) => JsonObject;
  /** What GET of the parent shows. */
  readonly presentParent: (parent: ResourceRecord, view: CloudView) => JsonObject;
}

/** The records of inline children that come and go with a PUT of their parent. */
export function inlineChildChanges(
  request: PutRequest,
  collection: string,
  names: readonly string[],
): RecordChanges {
  const { id, existing, now, view } = request;
  const kept = keptSubResources(existing, collection);
  const gone = kept.filter((old) => !names.some((name) => sameText(name, old.name)));
  const fresh = names.filter((name) => !view.get(subResourceId(id.text, collection, name)));
  return {
    upsert: fresh.map((name) => ({
      id: subResourceId(id.text, collection, name),
      type: `${id.type}/${collection}`,
      name,
      envelope: {},
      properties: {},
      secrets: {},
      provisioningState: 'Succeeded',
      listed: false,
      etag: newEtag(),
      createdAt: now.toISOString(),
      changedAt: now.toISOString(),
    })),
    remove: gone.map((old) => subResourceId(id.text, collection, old.name)),
  };
}

/** Several changes as one. */
export function joinChanges(...changes: readonly RecordChanges[]): RecordChanges {
  return {
    upsert: changes.flatMap((change) => change.upsert),
    remove: changes.flatMap((change) => change.remove),
  };
}

/** The handler of a kind of inline child as a resource of its own. */
export function inlineChildHandler(kind: InlineChildKind): ResourceTypeHandler {
  const withChildren = (
    parent: ResourceRecord,
    children: readonly SubResource[],
    view: CloudView,
    changedAt: string,
  ): ResourceRecord => ({
    ...parent,
    properties: kind.replace(parent, children, view),
    etag: newEtag(),
    changedAt,
  });
  return {
    type: kind.type,
    apiVersions: kind.apiVersions,
    locations: 'all',
    removeWork: kind.work,
    put: ({ id, body, view, now }) => {
      const parent = requireParent(id, view);
      const name = id.names.at(-1) ?? '';
      const [child] = readSubResources(
        parent.id,
        { children: [{ name, properties: objectAt(body, 'properties') }] },
        'children',
      );
      const others = keptSubResources(parent, kind.collection);
      const position = others.findIndex((other) => sameText(other.name, name));
      const children = child ? (position < 0 ? [...others, child] : others.with(position, child)) : others;
      return {
        record: {
          id: id.text,
          type: kind.type,
          name,
          envelope: {},
          properties: {},
          secrets: {},
          listed: false,
        },
        also: { upsert: [withChildren(parent, children, view, now.toISOString())], remove: [] },
        work: kind.work,
      };
    },
    remove: (record, view) => {
      const id = parseResourceId(record.id);
      const parent = id && view.get(parentIdOf(id).text);
      if (!parent) return { upsert: [], remove: [record.id] };
      const others = keptSubResources(parent, kind.collection).filter(
        (other) => !sameText(other.name, record.name),
      );
      return { upsert: [withChildren(parent, others, view, parent.changedAt)], remove: [record.id] };
    },
    present: (record, view) => {
      const id = parseResourceId(record.id);
      const parent = id && view.get(parentIdOf(id).text);
      if (!parent) return {};
      const shown = objectsAt(kind.presentParent(parent, view), kind.collection).find((item) =>
        sameText(textAt(item, 'name'), record.name),
      );
      const { provisioningState: _state, ...properties } = objectAt(shown, 'properties');
      return properties;
    },
  };
}

function newEtag(): string {
  return `W/"${randomUUID()}"`;
}
