import { resourceGroupNameSchema, subscriptionIdSchema } from '@slipway/cluster';
import { z } from 'zod';

/** The path parameters of everything that belongs to one resource group. */
export const groupParams = z.object({
  subscriptionId: subscriptionIdSchema,
  resourceGroup: resourceGroupNameSchema,
});
/** The address of a group's routes; see `routes.group…` of the contract. */
export const groupAddress = '/api/subscriptions/:subscriptionId/resource-groups/:resourceGroup';
