import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { patiently } from '../api/page-code.ts';
import { listSearchSchema } from '../components/resource-list/list-search.ts';
import { resourceViews } from '../resource/resource-views.ts';
import { rootRoute } from './root-route.ts';

const resourcesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/resources',
  staticData: { crumb: () => 'All resources' },
});

const allResourcesRoute = createRoute({
  getParentRoute: () => resourcesRoute,
  path: '/',
  validateSearch: listSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('../all-resources/all-resources-page.tsx')),
    'AllResourcesPage',
  ),
});

const resourceSearchSchema = z.object({ view: z.enum(resourceViews).optional().catch(undefined) });

const resourceRoute = createRoute({
  getParentRoute: () => resourcesRoute,
  path: '/$',
  validateSearch: resourceSearchSchema,
  staticData: { crumb: (params) => params['_splat']?.split('/').at(-1) ?? '' },
  component: lazyRouteComponent(
    patiently(() => import('../resource/resource-page.tsx')),
    'ResourcePage',
  ),
});

/** The list of all resources, and the page of each: its address holds its whole ARM id. */
export const resourceRoutes = resourcesRoute.addChildren([allResourcesRoute, resourceRoute]);
