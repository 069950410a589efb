import { createRouter } from '@tanstack/react-router';
import { clusterRoutes } from './routes/cluster-routes.ts';
import { createClusterRoute } from './routes/create-route.ts';
import { groupRoutes } from './routes/group-routes.ts';
import { homeRoute } from './routes/home-route.ts';
import { resourceRoutes } from './routes/resource-routes.ts';
import { rootRoute } from './routes/root-route.ts';
import { settingsRoute } from './routes/settings-route.ts';
import { AreaError } from './shell/area-error.tsx';
import { PagePending } from './shell/page-pending.tsx';
import { UnknownAddress } from './shell/unknown-address.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the breadcrumb calls this place; a route without one does not appear in it. */
    crumb?: (params: Record<string, string | undefined>) => string;
    /** What it calls the list before it, which is at the address above and has a route elsewhere. */
    crumbOfList?: string;
  }
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}

const routeTree = rootRoute.addChildren([
  homeRoute,
  createClusterRoute,
  clusterRoutes,
  groupRoutes,
  resourceRoutes,
  settingsRoute,
]);

/** The portal's pages and their addresses. Every page but the shell is loaded when it is wanted. */
export function createPortalRouter() {
  return createRouter({
    routeTree,
    defaultPreload: 'intent',
    defaultPendingComponent: PagePending,
    defaultPendingMs: 150,
    defaultErrorComponent: AreaError,
    defaultNotFoundComponent: UnknownAddress,
    scrollRestoration: true,
  });
}
