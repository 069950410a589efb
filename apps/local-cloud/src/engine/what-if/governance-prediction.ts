import type { JsonObject, PlannedResource } from '@slipway/arm-template';
import { readLockRequest } from '../../governance/lock-request.ts';
import { objectAt } from '../../providers/json-reading.ts';
import { parseResourceId, type ResourceId } from '../../resource-id.ts';
import { readTags } from '../../resources/resource-body.ts';
import type { Store } from '../../store/store.ts';
import {
  createdSnapshot,
  existingChange,
  masked,
  type PlannedBody,
  type PredictionParts,
} from './resource-predictions.ts';
import type { WhatIfChange } from './what-if-change.ts';

/**
 * What a template does to a lock, or to the tags of something, that it has as a resource; `undefined` for all other types.
 * Throws ArmError for what makes no sense.
 */
export function predictGovernance(
  { id: plannedId, apiVersion }: PlannedResource,
  body: PlannedBody,
  { store, locks }: Pick<PredictionParts, 'store' | 'locks'>,
): (() => WhatIfChange) | undefined {
  const id = parseResourceId(plannedId);
  const type = id?.type.toLowerCase();
  if (id === undefined) return undefined;
  if (type === 'microsoft.authorization/locks') {
    const lock = locks.get(id.text);
    const { level, notes, owners } = lock ?? {};
    const before = lock && {
      level: level ?? '',
      ...(notes === undefined ? {} : { notes }),
      ...(owners === undefined ? {} : { owners }),
    };
    return () => change(id, apiVersion, body, before, { ...readLockRequest(body.actual) });
  }
  if (type !== 'microsoft.resources/tags') return undefined;
  const tags = tagsAt(id, store);
  const wanted = readTags(objectAt(body.actual, 'properties').tags) ?? {};
  return () => change(id, apiVersion, body, tags && { tags }, { tags: wanted });
}

/** The tags of what is there at the scope of an extension resource; `undefined` where nothing is. */
function tagsAt({ scope, subscriptionId, resourceGroup }: ResourceId, store: Store): JsonObject | undefined {
  const found = store.resources.get(scope) ?? store.groups.get(scope.toLowerCase());
  if (found !== undefined) return found.tags ?? {};
  const isSubscription =
    resourceGroup === undefined && scope.toLowerCase() === `/subscriptions/${subscriptionId.toLowerCase()}`;
  return isSubscription ? (store.subscription(subscriptionId).tags ?? {}) : undefined;
}

function change(
  id: ResourceId,
  apiVersion: string,
  body: PlannedBody,
  before: JsonObject | undefined,
  after: JsonObject,
): WhatIfChange {
  const resourceId = id.text;
  if (before === undefined)
    return { resourceId, changeType: 'Create', after: createdSnapshot(id, apiVersion, body) };
  const of = (properties: JsonObject): JsonObject => ({
    apiVersion,
    id: id.text,
    type: id.type,
    name: id.names.at(-1) ?? '',
    properties,
  });
  const twin = body.twin === undefined ? undefined : of(objectAt(body.twin, 'properties'));
  const then = body.mayHoldSecrets ? masked(of(after), twin, of(before)) : of(after);
  return existingChange(resourceId, of(before), then, []);
}
