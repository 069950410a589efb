import { groupContentSchema, resourcePageRequestSchema, resourcePageSchema } from '@slipway/contract';
import { z } from 'zod';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { countGroupContents } from './count-group-contents.ts';
import { listResources } from './list-resources.ts';

/** Lists over all subscriptions, from Resource Graph: for overviews, which may be some seconds behind. */
export function addOverviewRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  app.get(
    '/api/resources',
    {
      schema: {
        tags: ['Resources'],
        summary: 'The resources of all subscriptions, page by page',
        querystring: resourcePageRequestSchema,
        response: withErrors({ 200: resourcePageSchema }),
      },
    },
    (request) => listResources(arm, request.query.next),
  );

  app.get(
    '/api/resource-groups/contents',
    {
      schema: {
        tags: ['Resources'],
        summary: 'How many resources and which clusters are in each resource group',
        response: withErrors({ 200: z.array(groupContentSchema) }),
      },
    },
    () => countGroupContents(arm),
  );
}
