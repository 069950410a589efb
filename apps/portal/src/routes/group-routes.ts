import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { patiently } from '../api/page-code.ts';
import { compareSearchSchema, explorerSearchSchema } from '../cluster/topology/explorer/explorer-search.ts';
import { listSearchSchema } from '../components/resource-list/list-search.ts';
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

const groupTopologyRoute = createRoute({
  getParentRoute: () => groupRoute,
  path: '/',
  validateSearch: explorerSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('../groups/group-page.tsx')),
    'GroupPage',
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

/** The list of resource groups, and the pages of one. */
export const groupRoutes = groupsRoute.addChildren([
  groupListRoute,
  groupRoute.addChildren([groupTopologyRoute, groupCompareRoute]),
]);
