import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { patiently } from '../api/page-code.ts';
import { prefillSearchShape } from '../create/prefill-values.ts';
import { wizardSteps } from '../create/wizard-steps.ts';
import { rootRoute } from './root-route.ts';

const createSearchSchema = z.object({
  step: z.enum(wizardSteps).optional().catch(undefined),
  ...prefillSearchShape,
});

/** The wizard. */
export const createClusterRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/create',
  validateSearch: createSearchSchema,
  staticData: { crumb: () => 'Create a container service' },
  component: lazyRouteComponent(
    patiently(() => import('../create/create-page.tsx')),
    'CreatePage',
  ),
});
