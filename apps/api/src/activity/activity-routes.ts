import { activityPageSchema, activityQuerySchema } from '@slipway/contract';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { readActivity } from './read-activity.ts';

/** Who has asked for what, and what became of it. */
export function addActivityRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  app.get(
    '/api/activity',
    {
      schema: {
        tags: ['Resources'],
        summary: 'The activity log of a resource, a resource group or a cluster, newest first',
        querystring: activityQuerySchema,
        response: withErrors({ 200: activityPageSchema }),
      },
    },
    (request) => readActivity(arm, request.query),
  );
}
