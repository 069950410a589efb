import type { ArmHandler, ArmRoute } from '../front/arm-call.ts';
import { targetOfCall } from '../resources/call-target.ts';
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
  const guarded =
    (handler: ArmHandler): ArmHandler =>
    (call) => {
      const target = targetOfCall(call);
      if (target !== undefined && !isLock.test(target.type)) {
        if (target.verb !== 'delete') locks.refuseWrite(target.id);
        else if (!isStack.test(target.type)) locks.refuseDelete(target.id);
      }
      return handler(call);
    };
  return routes.map(({ path, methods }) => ({
    path,
    methods: Object.fromEntries(
      Object.entries(methods).map(([method, handler]) => [method, guarded(handler)]),
    ),
  }));
}
