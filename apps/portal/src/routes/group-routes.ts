import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { patiently } from '../api/page-code.ts';
import { compareSearchSchema, explorerSearchSchema } from '../cluster/topology/explorer/explorer-search.ts';
import { listSearchSchema } from '../components/resource-list/list-search.ts';
import { deploymentSearchSchema } from '../deployment/deployment-views.ts';
import { rootRoute } from './root-route.ts';

const groupsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/resource-groups',
  staticData: { crumb: () => 'Resource groups' },
});

const groupListRoute = createRoute({
  getParentRoute: () => groupsRoute,
  path: '/',
  validateSearch: listSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('../groups/groups-page.tsx')),
    'GroupsPage',
  ),
});

const groupRoute = createRoute({
  getParentRoute: () => groupsRoute,
  path: '/$subscriptionId/$resourceGroup',
  staticData: { crumb: (params) => params['resourceGroup'] ?? '' },
});

/** Without a segment of its own: the page that compares has no frame. */
const groupFrameRoute = createRoute({
  getParentRoute: () => groupRoute,
  id: 'frame',
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-layout.tsx')),
    'GroupLayout',
  ),
});

const groupTopologyRoute = createRoute({
  getParentRoute: () => groupFrameRoute,
  path: '/',
  validateSearch: explorerSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-page.tsx')),
    'GroupPage',
  ),
});

const groupResourcesRoute = createRoute({
  getParentRoute: () => groupFrameRoute,
  path: '/resources',
  validateSearch: listSearchSchema,
  staticData: { crumb: () => 'Resources' },
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-resources-page.tsx')),
    'GroupResourcesPage',
  ),
});

const groupActivityRoute = createRoute({
  getParentRoute: () => groupFrameRoute,
  path: '/activity',
  staticData: { crumb: () => 'Activity log' },
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-activity-page.tsx')),
    'GroupActivityPage',
  ),
});

const groupTagsRoute = createRoute({
  getParentRoute: () => groupFrameRoute,
  path: '/tags',
  staticData: { crumb: () => 'Tags' },
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-tags-page.tsx')),
    'GroupTagsPage',
  ),
});

const groupLocksRoute = createRoute({
  getParentRoute: () => groupFrameRoute,
  path: '/locks',
  staticData: { crumb: () => 'Locks' },
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-locks-page.tsx')),
    'GroupLocksPage',
  ),
});

const groupCompareRoute = createRoute({
  getParentRoute: () => groupRoute,
  path: '/compare',
  validateSearch: compareSearchSchema,
  staticData: { crumb: () => 'Compare' },
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-compare-page.tsx')),
    'GroupComparePage',
  ),
});

const groupDeploymentsRoute = createRoute({
  getParentRoute: () => groupFrameRoute,
  path: '/deployments',
  validateSearch: listSearchSchema,
  staticData: { crumb: () => 'Deployments' },
  component: lazyRouteComponent(
    patiently(() => import('../deployment/history-page.tsx')),
    'HistoryPage',
  ),
});

/** Outside the frame of the group's pages: it is a thing of its own. */
const groupDeploymentRoute = createRoute({
  getParentRoute: () => groupRoute,
  path: '/deployments/$deployment',
  validateSearch: deploymentSearchSchema,
  staticData: { crumbOfList: 'Deployments', crumb: (params) => params['deployment'] ?? '' },
  component: lazyRouteComponent(
    patiently(() => import('../deployment/group-deployment-page.tsx')),
    'GroupDeploymentPage',
  ),
});

/** The list of resource groups, and the pages of one. */
export const groupRoutes = groupsRoute.addChildren([
  groupListRoute,
  groupRoute.addChildren([
    groupFrameRoute.addChildren([
      groupTopologyRoute,
      groupResourcesRoute,
      groupDeploymentsRoute,
      groupActivityRoute,
      groupTagsRoute,
      groupLocksRoute,
    ]),
    groupCompareRoute,
    groupDeploymentRoute,
  ]),
]);
