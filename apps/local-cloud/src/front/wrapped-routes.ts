import type { ArmHandler, ArmRoute } from './arm-call.ts';

/** The same routes, with something done around each of their handlers. */
export function wrappedRoutes(
  routes: readonly ArmRoute[],
  wrap: (handler: ArmHandler) => ArmHandler,
): ArmRoute[] {
  return routes.map(({ path, methods }) => ({
    path,
    methods: Object.fromEntries(Object.entries(methods).map(([method, handler]) => [method, wrap(handler)])),
  }));
}
