import { resourceGroupNameSchema, subscriptionIdSchema } from '@slipway/cluster';
import { armResourceSchema } from '@slipway/contract';
import { buildTopology, topologyGraphSchema } from '@slipway/topology';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { listGroupResources } from '../arm/resources.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import { addConnectRoutes } from '../connect/connect-routes.ts';
import { ClusterResourceReader } from './cluster-resources.ts';
import { readPieces } from './read-pieces.ts';

const groupParams = z.object({
  subscriptionId: subscriptionIdSchema,
  resourceGroup: resourceGroupNameSchema,
});
const groupAddress = '/api/subscriptions/:subscriptionId/resource-groups/:resourceGroup';

/** What was built: resources and topology of a cluster or a whole group, and how to connect. */
export function addResourceRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  const clusters = new ClusterResourceReader(arm);

  app.get(
    `${clusterAddress}/resources`,
    {
      schema: {
        tags: ['Resources'],
        summary: "A cluster's resources as ARM returns them",
        params: clusterParams,
        response: withErrors({ 200: z.array(armResourceSchema) }),
      },
    },
    async (request) => [...(await clusters.read(request.params)).resources],
  );

  app.get(
    `${clusterAddress}/topology`,
    {
      schema: {
        tags: ['Resources'],
        summary: "A cluster's topology, outside in",
        params: clusterParams,
        response: withErrors({ 200: topologyGraphSchema }),
      },
    },
    async (request) => {
      const { cluster, resources } = await clusters.read(request.params);
      return buildTopology({ serviceName: cluster.name, resources, isCluster: true });
    },
  );

  addConnectRoutes(app, { arm, clusters });

  app.get(
    `${groupAddress}/resources`,
    {
      schema: {
        tags: ['Resources'],
        summary: 'The resources of a group as ARM returns them',
        params: groupParams,
        response: withErrors({ 200: z.array(armResourceSchema) }),
      },
    },
    (request) => readGroup(arm, request.params),
  );

  app.get(
    `${groupAddress}/topology`,
    {
      schema: {
        tags: ['Resources'],
        summary: 'The topology of a group, outside in',
        params: groupParams,
        response: withErrors({ 200: topologyGraphSchema }),
      },
    },
    async (request) =>
      buildTopology({
        serviceName: request.params.resourceGroup,
        resources: await readGroup(arm, request.params),
      }),
  );
}

async function readGroup(arm: Arm, { subscriptionId, resourceGroup }: z.infer<typeof groupParams>) {
  const listed = await listGroupResources(arm, subscriptionId, resourceGroup);
  if (!listed)
    throw new ApiError('NotFound', `There is no resource group ${resourceGroup} in this subscription.`);
  return readPieces(
    arm,
    listed.map(({ id }) => id),
  );
}
