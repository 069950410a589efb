import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { patiently } from '../api/page-code.ts';
import { compareSearchSchema, explorerSearchSchema } from '../cluster/topology/explorer/explorer-search.ts';
import { listSearchSchema } from '../components/resource-list/list-search.ts';
import { deploymentSearchSchema } from '../deployment/deployment-views.ts';
import { rootRoute } from './root-route.ts';

const clusterRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/clusters/$subscriptionId/$resourceGroup/$name',
  staticData: { crumb: (params) => params['name'] ?? '' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/cluster-page.tsx')),
    'ClusterPage',
  ),
});

const clusterOverviewRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/',
  component: lazyRouteComponent(
    patiently(() => import('../cluster/overview-page.tsx')),
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
    patiently(() => import('../cluster/topology-page.tsx')),
    'TopologyPage',
  ),
});

const topologyWalkRoute = createRoute({
  getParentRoute: () => clusterTopologyRoute,
  path: '/walk',
  staticData: { crumb: () => 'Guided walk' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/topology-walk-page.tsx')),
    'TopologyWalkPage',
  ),
});

const topologyCompareRoute = createRoute({
  getParentRoute: () => clusterTopologyRoute,
  path: '/compare',
  validateSearch: compareSearchSchema,
  staticData: { crumb: () => 'Compare' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/topology-compare-page.tsx')),
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
    patiently(() => import('../cluster/machines/machines-page.tsx')),
    'MachinesPage',
  ),
});

const machineRoute = createRoute({
  getParentRoute: () => clusterMachinesRoute,
  path: '/$machine',
  staticData: { crumb: (params) => params['machine'] ?? '' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/machines/machine-page.tsx')),
    'MachinePage',
  ),
});

const clusterConnectRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/connect',
  staticData: { crumb: () => 'Connect' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/connect-page.tsx')),
    'ConnectPage',
  ),
});

const clusterScaleRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/scale',
  staticData: { crumb: () => 'Scale' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/scale/scale-page.tsx')),
    'ScalePage',
  ),
});

const clusterPortsRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/ports',
  staticData: { crumb: () => 'Ports' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/ports/ports-page.tsx')),
    'PortsPage',
  ),
});

const clusterResourcesRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/resources',
  validateSearch: listSearchSchema,
  staticData: { crumb: () => 'Resources' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/resources-page.tsx')),
    'ResourcesPage',
  ),
});

const clusterDeploymentRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/deployment',
  validateSearch: deploymentSearchSchema,
  staticData: { crumb: () => 'Deployment' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/deployment-page.tsx')),
    'DeploymentPage',
  ),
});

const clusterExportRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/export',
  staticData: { crumb: () => 'Export' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/export/export-page.tsx')),
    'ExportPage',
  ),
});

const clusterActivityRoute = createRoute({
  getParentRoute: () => clusterRoute,
  path: '/activity',
  staticData: { crumb: () => 'Activity log' },
  component: lazyRouteComponent(
    patiently(() => import('../cluster/activity-page.tsx')),
    'ActivityPage',
  ),
});

/** The pages of one container service. */
export const clusterRoutes = clusterRoute.addChildren([
  clusterOverviewRoute,
  clusterTopologyRoute.addChildren([topologyRoute, topologyWalkRoute, topologyCompareRoute]),
  clusterMachinesRoute.addChildren([machinesRoute, machineRoute]),
  clusterConnectRoute,
  clusterScaleRoute,
  clusterPortsRoute,
  clusterResourcesRoute,
  clusterDeploymentRoute,
  clusterExportRoute,
  clusterActivityRoute,
]);
