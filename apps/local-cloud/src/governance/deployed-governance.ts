import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { isJsonObject } from '../json-text.ts';
import { parseResourceId, type ResourceId } from '../resource-id.ts';
import { readTags } from '../resources/resource-body.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { ResourceManager } from '../resources/resource-manager.ts';
import { scopeKey, type Store } from '../store/store.ts';
import { checkLockName, readLockRequest } from './lock-request.ts';
import type { Locks } from './locks.ts';

interface GovernanceParts {
  store: Store;
  groups: ResourceGroups;
  manager: ResourceManager;
  locks: Locks;
}

/**
 * Puts a lock, or the tags of something, that a template has as a resource (`Microsoft.Authorization/locks`,
 * `Microsoft.Resources/tags`) on what it is for, and tells whether it was not there before. `undefined` for all other
 * types. Throws ArmError where there is nothing to put it on.
 */
export function putGovernance(
  id: ResourceId,
  body: JsonObject,
  parts: GovernanceParts,
): { isNew: boolean } | undefined {
  switch (id.type.toLowerCase()) {
    case 'microsoft.authorization/locks':
      return putLock(id, body, parts);
    case 'microsoft.resources/tags':
      putTags(id, body, parts);
      return { isNew: false };
    default:
      return undefined;
  }
}

function putLock(
  id: ResourceId,
  body: JsonObject,
  { store, groups, locks }: GovernanceParts,
): { isNew: boolean } {
  const name = id.names[0] ?? '';
  checkLockName(name);
  const host = parseResourceId(id.scope);
  if (host && store.resources.get(host.text) === undefined) throw nothingThere(id.scope);
  if (!host && id.resourceGroup !== undefined) groups.getForWrite(id.subscriptionId, id.resourceGroup);
  const existing = locks.get(id.text);
  locks.put({ id: existing?.id ?? id.text, name, scopeId: id.scope, ...readLockRequest(body) });
  return { isNew: existing === undefined };
}

function putTags(id: ResourceId, body: JsonObject, { store, groups, manager }: GovernanceParts): void {
  const tags = isJsonObject(body.properties) ? (readTags(body.properties.tags) ?? {}) : {};
  const scope = id.scope.toLowerCase();
  if (id.resourceGroup !== undefined && scope === scopeKey(id.subscriptionId, id.resourceGroup))
    groups.patch(id.subscriptionId, id.resourceGroup, tags);
  else if (scope === scopeKey(id.subscriptionId, undefined))
    store.transaction(() => store.subscriptions.put({ ...store.subscription(id.subscriptionId), tags }));
  else if (manager.replaceTags(id.scope, tags) === undefined) throw nothingThere(id.scope);
}

function nothingThere(scope: string): ArmError {
  return new ArmError(404, 'ResourceNotFound', `The Resource '${scope}' was not found.`);
}
