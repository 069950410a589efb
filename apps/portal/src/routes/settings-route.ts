import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { patiently } from '../api/page-code.ts';
import { rootRoute } from './root-route.ts';

/** What is set in this browser. */
export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  staticData: { crumb: () => 'Settings' },
  component: lazyRouteComponent(
    patiently(() => import('../settings/settings-page.tsx')),
    'SettingsPage',
  ),
});
