import type { ArmRoute } from '../front/arm-call.ts';
import { guardedRoutes } from './guarded-routes.ts';
import type { Locks } from './locks.ts';

/** Locks lock everything but locks: otherwise none could be taken away. */
const isLock = /^microsoft\.authorization\/locks$/i;

/** The deletion of a stack asks by itself, since the locks that the stack manages may go with it. */
const isStack = /^microsoft\.resources\/deploymentstacks$/i;

/**
 * The same routes, refusing what a lock forbids before anybody looks at the request: ARM goes by method and address alone,
 * so that a POST counts as a write even where it only reads (listKeys). Source: Microsoft's "Lock your resources", its
 * considerations.
 */
export function guardedByLocks(routes: readonly ArmRoute[], locks: Locks): ArmRoute[] {
  return guardedRoutes(routes, ({ id, type, verb }) => {
    if (isLock.test(type)) return;
    if (verb !== 'delete') locks.refuseWrite(id);
    else if (!isStack.test(type)) locks.refuseDelete(id);
  });
}
