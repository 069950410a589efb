import { acceptedSchema, deleteGroupRequestSchema } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { findResourceGroup, submitGroupDelete } from '../arm/resource-groups.ts';
import { groupAddress, groupParams } from './group-params.ts';

/** What can be done with a resource group as a whole. */
export function addGroupRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  app.delete(
    groupAddress,
    {
      schema: {
        tags: ['Resources'],
        summary: 'Delete a resource group with everything in it',
        params: groupParams,
        body: deleteGroupRequestSchema,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      const { subscriptionId, resourceGroup } = request.params;
      const group = await findResourceGroup(arm, subscriptionId, resourceGroup);
      if (!group)
        throw new ApiError('NotFound', `There is no resource group ${resourceGroup} in this subscription.`);
      if (request.body.confirmName !== group.name)
        throw new ApiError('InvalidRequest', "The confirmation is not the resource group's name.", {
          fields: [{ path: 'confirmName', message: `Enter ${group.name} to confirm.` }],
        });
      await submitGroupDelete(arm, subscriptionId, group.name);
      return reply.code(202).send({ accepted: true });
    },
  );
}
