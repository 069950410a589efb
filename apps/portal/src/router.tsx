import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { patiently } from './api/page-code.ts';
import { compareSearchSchema, explorerSearchSchema } from './cluster/topology/explorer/explorer-search.ts';
import { wizardSteps } from './create/wizard-steps.ts';
import { AppShell } from './shell/app-shell.tsx';
import { AreaError } from './shell/area-error.tsx';
import { PagePending } from './shell/page-pending.tsx';
import { UnknownAddress } from './shell/unknown-address.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What the breadcrumb calls this place; a route without one does not appear in it. */
    crumb?: (params: Record<string, string>) => string;
  }
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}

const rootRoute = createRootRoute({ component: AppShell, notFoundComponent: UnknownAddress });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(
    patiently(() => import('./home/home-page.tsx')),
    'HomePage',
  ),
});

const createSearchSchema = z.object({ step: z.enum(wizardSteps).optional().catch(undefined) });

const createClusterRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/create',
  validateSearch: createSearchSchema,
  staticData: { crumb: () => 'Create a container service' },
  component: lazyRouteComponent(
    patiently(() => import('./create/create-page.tsx')),
    'CreatePage',
  ),
});

const clusterRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clusters/$subscriptionId/$resourceGroup/$name',
  staticData: { crumb: (params) => params['name'] ?? '' },
  component: lazyRouteComponent(
    patiently(() => import('./cluster/cluster-page.tsx')),
    'ClusterPage',
  ),
});

const clusterOverviewRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/',
  component: lazyRouteComponent(
    patiently(() => import('./cluster/overview-page.tsx')),
    'OverviewPage',
  ),
});

const clusterTopologyRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/topology',
  staticData: { crumb: () => 'Topology' },
});

const topologyRoute = createRoute({
  getParentRoute: () => clusterTopologyRoute,
  path: '/',
  validateSearch: explorerSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('./cluster/topology-page.tsx')),
    'TopologyPage',
  ),
});

const topologyWalkRoute = createRoute({
  getParentRoute: () => clusterTopologyRoute,
  path: '/walk',
  staticData: { crumb: () => 'Guided walk' },
  component: lazyRouteComponent(
    patiently(() => import('./cluster/topology-walk-page.tsx')),
    'TopologyWalkPage',
  ),
});

const topologyCompareRoute = createRoute({
  getParentRoute: () => clusterTopologyRoute,
  path: '/compare',
  validateSearch: compareSearchSchema,
  staticData: { crumb: () => 'Compare' },
  component: lazyRouteComponent(
    patiently(() => import('./cluster/topology-compare-page.tsx')),
    'TopologyComparePage',
  ),
});

const clusterMachinesRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/machines',
  staticData: { crumb: () => 'Machines' },
});

const machinesRoute = createRoute({
  getParentRoute: () => clusterMachinesRoute,
  path: '/',
  component: lazyRouteComponent(
    patiently(() => import('./cluster/machines/machines-page.tsx')),
    'MachinesPage',
  ),
});

const machineRoute = createRoute({
  getParentRoute: () => clusterMachinesRoute,
  path: '/$machine',
  staticData: { crumb: (params) => params['machine'] ?? '' },
  component: lazyRouteComponent(
    patiently(() => import('./cluster/machines/machine-page.tsx')),
    'MachinePage',
  ),
});

const clusterConnectRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/connect',
  staticData: { crumb: () => 'Connect' },
  component: lazyRouteComponent(
    patiently(() => import('./cluster/connect-page.tsx')),
    'ConnectPage',
  ),
});

const clusterResourcesRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/resources',
  staticData: { crumb: () => 'Resources' },
  component: lazyRouteComponent(
    patiently(() => import('./cluster/resources-page.tsx')),
    'ResourcesPage',
  ),
});

const clusterDeploymentRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/deployment',
  staticData: { crumb: () => 'Deployment' },
  component: lazyRouteComponent(
    patiently(() => import('./cluster/deployment-page.tsx')),
    'DeploymentPage',
  ),
});

const groupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/resource-groups',
  staticData: { crumb: () => 'Resource groups' },
});

const groupsSearchSchema = z.object({ q: z.coerce.string().optional().catch(undefined) });

const groupListRoute = createRoute({
  getParentRoute: () => groupsRoute,
  path: '/',
  validateSearch: groupsSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('./groups/groups-page.tsx')),
    'GroupsPage',
  ),
});

const groupRoute = createRoute({
  getParentRoute: () => groupsRoute,
  path: '/$subscriptionId/$resourceGroup',
  staticData: { crumb: (params) => params['resourceGroup'] ?? '' },
});

const groupTopologyRoute = createRoute({
  getParentRoute: () => groupRoute,
  path: '/',
  validateSearch: explorerSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('./groups/group-page.tsx')),
    'GroupPage',
  ),
});

const groupCompareRoute = createRoute({
  getParentRoute: () => groupRoute,
  path: '/compare',
  validateSearch: compareSearchSchema,
  staticData: { crumb: () => 'Compare' },
  component: lazyRouteComponent(
    patiently(() => import('./groups/group-compare-page.tsx')),
    'GroupComparePage',
  ),
});

const routeTree = rootRoute.addChildren([
  homeRoute,
  createClusterRoute,
  clusterRoute.addChildren([
    clusterOverviewRoute,
    clusterTopologyRoute.addChildren([topologyRoute, topologyWalkRoute, topologyCompareRoute]),
    clusterMachinesRoute.addChildren([machinesRoute, machineRoute]),
    clusterConnectRoute,
    clusterResourcesRoute,
    clusterDeploymentRoute,
  ]),
  groupsRoute.addChildren([groupListRoute, groupRoute.addChildren([groupTopologyRoute, groupCompareRoute])]),
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

/** Loads the code of every page ahead of time: pages then open also while the line to the server is cut. */
export async function preloadPages(router: ReturnType<typeof createPortalRouter>): Promise<void> {
  const routes = Object.values(router.routesById);
  await Promise.allSettled(routes.map(async (route) => router.loadRouteChunk(route)));
}
