import { dnsPrefixSchema, regionSchema as regionNameSchema, subscriptionIdSchema } from '@slipway/cluster';
import {
  dnsAvailabilitySchema,
  machineSizesSchema,
  regionSchema,
  resourceGroupSchema,
  subscriptionSchema,
} from '@slipway/contract';
import { z } from 'zod';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { listResourceGroups } from '../arm/resource-groups.ts';
import { listRegions, listSubscriptions } from '../arm/subscriptions.ts';
import { checkDnsPrefixFree } from './dns-availability.ts';
import { readMachineSizes } from './machine-sizes.ts';

const subscriptionParams = z.object({ subscriptionId: subscriptionIdSchema });
const regionParams = subscriptionParams.extend({ region: regionNameSchema });

/** Where a cluster can be: subscriptions, regions, resource groups, machine sizes, free DNS names. */
export function addPlaceRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  app.get(
    '/api/subscriptions',
    {
      schema: {
        tags: ['Places'],
        summary: 'Subscriptions',
        response: withErrors({ 200: z.array(subscriptionSchema) }),
      },
    },
    () => listSubscriptions(arm),
  );

  app.get(
    '/api/subscriptions/:subscriptionId/regions',
    {
      schema: {
        tags: ['Places'],
        summary: 'Regions of a subscription',
        params: subscriptionParams,
        response: withErrors({ 200: z.array(regionSchema) }),
      },
    },
    (request) => listRegions(arm, request.params.subscriptionId),
  );

  app.get(
    '/api/subscriptions/:subscriptionId/resource-groups',
    {
      schema: {
        tags: ['Places'],
        summary: 'Resource groups of a subscription',
        params: subscriptionParams,
        response: withErrors({ 200: z.array(resourceGroupSchema) }),
      },
    },
    (request) => listResourceGroups(arm, request.params.subscriptionId),
  );

  app.get(
    '/api/subscriptions/:subscriptionId/regions/:region/machine-sizes',
    {
      schema: {
        tags: ['Places'],
        summary: 'Machine sizes of a region, with quota',
        params: regionParams,
        response: withErrors({ 200: machineSizesSchema }),
      },
    },
    (request) => readMachineSizes(arm, request.params.subscriptionId, request.params.region),
  );

  app.get(
    '/api/subscriptions/:subscriptionId/regions/:region/dns-availability',
    {
      schema: {
        tags: ['Places'],
        summary: 'Whether the names that a DNS prefix leads to are free',
        params: regionParams,
        querystring: z.object({ prefix: dnsPrefixSchema }),
        response: withErrors({ 200: dnsAvailabilitySchema }),
      },
    },
    (request) =>
      checkDnsPrefixFree(arm, request.params.subscriptionId, request.params.region, request.query.prefix),
  );
}
