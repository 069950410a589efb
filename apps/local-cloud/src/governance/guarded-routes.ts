import type { ArmCall, ArmRoute } from '../front/arm-call.ts';
import { wrappedRoutes } from '../front/wrapped-routes.ts';
import { targetOfCall, type CallTarget } from '../resources/call-target.ts';

/** The same routes; before anybody looks at a request that changes something, `refuse` throws where that is forbidden. */
export function guardedRoutes(
  routes: readonly ArmRoute[],
  refuse: (target: CallTarget, call: ArmCall) => void,
): ArmRoute[] {
  return wrappedRoutes(routes, (handler) => (call) => {
    const target = targetOfCall(call);
    if (target !== undefined) refuse(target, call);
    return handler(call);
  });
}
