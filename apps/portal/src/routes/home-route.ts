import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { patiently } from '../api/page-code.ts';
import { homeSearchSchema } from '../home/cluster-view.ts';
import { rootRoute } from './root-route.ts';

/** The list of container services. */
export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: homeSearchSchema,
  component: lazyRouteComponent(
    patiently(() => import('../home/home-page.tsx')),
    'HomePage',
  ),
});
