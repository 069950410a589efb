import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import { bodyObject, inSubscription, param } from '../resources/call-reading.ts';
import { page } from '../resources/paging.ts';
import type { Lock } from '../store/documents.ts';
import { checkLockName, readLockRequest } from './lock-request.ts';
import type { LockReach, Locks } from './locks.ts';
import { scopeOfCall, scopePaths, type ScopeParts } from './scopes.ts';

/** Locks of subscriptions, resource groups and resources. Source: the ManagementLocks API, its `*ByScope` operations. */
export function lockRoutes(parts: ScopeParts & { locks: Locks }): ArmRoute[] {
  const { locks, groups } = parts;
  const placeOf = (call: ArmCall) => {
    const scopeId = scopeOfCall(call, parts).id;
    const name = param(call, 'lockName');
    return { scopeId, name, id: `${scopeId}/providers/Microsoft.Authorization/locks/${name}` };
  };

  const list = (call: ArmCall): ArmAnswer => {
    const { id } = scopeOfCall(call, parts);
    const found = locks.list(id, readReach(call.url.searchParams.get('$filter')));
    return ok(page(found, (lock) => lock.id.toLowerCase(), describeLock, { url: call.url }));
  };

  const read = (call: ArmCall): ArmAnswer => {
    const { id, name } = placeOf(call);
    const lock = locks.get(id);
    if (lock) return ok(describeLock(lock));
    throw new ArmError(404, 'LockNotFound', `The lock '${name.slice(0, 80)}' could not be found.`);
  };

  const put = (call: ArmCall): ArmAnswer => {
    const place = placeOf(call);
    checkLockName(place.name);
    const request = readLockRequest(bodyObject(call));
    const resourceGroup = call.params['resourceGroup'];
    if (resourceGroup !== undefined) groups.getForWrite(param(call, 'subscriptionId'), resourceGroup);
    const existing = locks.get(place.id);
    const { id, name, scopeId } = existing ?? place;
    const lock: Lock = { id, name, scopeId, ...request };
    locks.put(lock);
    return { status: existing === undefined ? 201 : 200, body: describeLock(lock) };
  };

  const remove = (call: ArmCall): ArmAnswer => {
    const lock = locks.get(placeOf(call).id);
    if (!lock) return { status: 204 };
    locks.remove(lock);
    return { status: 200 };
  };

  return inSubscription(
    scopePaths.flatMap((scope): ArmRoute[] => {
      const collection = `${scope}/providers/Microsoft.Authorization/locks`;
      return [
        { path: collection, methods: { GET: list } },
        { path: `${collection}/{lockName}`, methods: { GET: read, PUT: put, DELETE: remove } },
      ];
    }),
  );
}

/**
 * Without a filter a list has the locks at, above and below its scope; `atScope()` leaves out those below. Source: the
 * description of `-AtScope` of Get-AzResourceLock.
 */
function readReach(filter: string | null): LockReach {
  if (filter === null || filter.trim() === '') return 'all';
  if (/^\s*atScope\(\)\s*$/i.test(filter)) return 'atOrAbove';
  throw new ArmError(
    400,
    'InvalidFilterInQueryString',
    `Invalid $filter '${filter.slice(0, 80)}' specified in the query string. It can be 'atScope()'.`,
  );
}

function describeLock({ id, name, level, notes, owners }: Lock): JsonObject {
  return {
    id,
    name,
    type: 'Microsoft.Authorization/locks',
    properties: {
      level,
      ...(notes === undefined ? {} : { notes }),
      ...(owners === undefined ? {} : { owners }),
    },
  };
}
