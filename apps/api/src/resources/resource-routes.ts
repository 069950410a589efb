import {
  acceptedSchema,
  armResourceSchema,
  clusterPlanSchema,
  deleteResourceRequestSchema,
  readResourceSchema,
  resourceQuerySchema,
  resourceRelationsSchema,
  routes,
  stopDeletionRequestSchema,
} from '@slipway/contract';
import { buildTopology, topologyGraphSchema } from '@slipway/topology';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { SharedReads } from '../concurrency.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import { addConnectRoutes } from '../connect/connect-routes.ts';
import { ClusterPlanReader } from '../plan/cluster-plan.ts';
import { ClusterResourceReader } from './cluster-resources.ts';
import { readGroup } from './read-group.ts';
import { ResourceDeletions } from './resource-deletions.ts';
import { readRelations } from './read-relations.ts';
import { readOneResource } from './read-resource.ts';
import { groupAddress, groupParams } from '../groups/group-params.ts';

type GroupReads = SharedReads<Awaited<ReturnType<typeof readGroup>>>;
/** Many viewers of one group share a read, but nobody is told of it what was a moment ago. */
const groupKeptForMs = 0;

/** What was built: resources and topology of a cluster or a whole group, and how to connect. */
export function addResourceRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  const clusters = new ClusterResourceReader(arm);
  const plans = new ClusterPlanReader(arm);
  const groups: GroupReads = new SharedReads(groupKeptForMs);

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
    `${clusterAddress}/plan`,
    {
      schema: {
        tags: ['Resources'],
        summary: 'What the last deployment of a cluster means to create',
        params: clusterParams,
        response: withErrors({ 200: clusterPlanSchema }),
      },
    },
    (request) => plans.read(request.params),
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
    (request) => readGroupOf(groups, arm, request.params),
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
        resources: await readGroupOf(groups, arm, request.params),
      }),
  );

  addOneResourceRoutes(app, arm, groups);
}

/** Any single resource, by its id. */
function addOneResourceRoutes(app: ApiInstance, arm: Arm, groups: GroupReads): void {
  const address = routes.deleteResource();
  const deletions = new ResourceDeletions(arm);
  app.addHook('preClose', (done) => {
    deletions.close();
    done();
  });

  app.get(
    address,
    {
      schema: {
        tags: ['Resources'],
        summary: 'One resource as ARM returns it, or a part of one',
        querystring: resourceQuerySchema,
        response: withErrors({ 200: readResourceSchema }),
      },
    },
    async (request) => {
      const { id } = request.query;
      const deletion = deletions.read(id);
      return { ...(await readOneResource(arm, id)), ...(deletion ? { deletion } : {}) };
    },
  );

  app.get(
    `${address}/relations`,
    {
      schema: {
        tags: ['Resources'],
        summary: 'What a resource refers to, what refers to it, and the cluster that it belongs to',
        querystring: resourceQuerySchema,
        response: withErrors({ 200: resourceRelationsSchema }),
      },
    },
    (request) => readRelations(request.query.id, arm, groups),
  );

  app.delete(
    address,
    {
      schema: {
        tags: ['Resources'],
        summary:
          'Delete a resource, after those in its way that are named; ARM refuses it while others use it',
        body: deleteResourceRequestSchema,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      const { id, first } = request.body;
      await deletions.begin(id, first, request.id);
      return reply.code(202).send({ accepted: true });
    },
  );

  app.post(
    routes.stopResourceDeletion(),
    {
      schema: {
        tags: ['Resources'],
        summary: 'Let the deletion of several resources end after the one that ARM is at work on',
        body: stopDeletionRequestSchema,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      deletions.stop(request.body.id);
      return reply.code(202).send({ accepted: true });
    },
  );
}

/** Throws `NotFound` where there is no such group. */
async function readGroupOf(reads: GroupReads, arm: Arm, group: z.infer<typeof groupParams>) {
  const { subscriptionId, resourceGroup } = group;
  const key = `${subscriptionId}/${resourceGroup}`.toLowerCase();
  const resources = await reads.read(key, () => readGroup(arm, subscriptionId, resourceGroup));
  if (!resources)
    throw new ApiError('NotFound', `There is no resource group ${resourceGroup} in this subscription.`);
  return resources;
}
