import { resourceGroupNameSchema, serviceNameSchema, subscriptionIdSchema } from '@slipway/cluster';
import {
  type ClusterState,
  acceptedSchema,
  clusterSchema,
  createClusterRequestSchema,
  deleteClusterRequestSchema,
  redeployRequestSchema,
  unreadHeader,
  validateClusterAnswerSchema,
  validateClusterRequestSchema,
  writeUnread,
} from '@slipway/contract';
import { z } from 'zod';
import { ApiError, errorBody } from '../api-error.ts';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { withMoreTime } from '../arm/correlation.ts';
import { submitGroupDelete } from '../arm/resource-groups.ts';
import { type StackPath, findStack, submitStackDelete } from '../arm/stacks.ts';
import { KeyedQueue } from '../concurrency.ts';
import { checkSpec } from './check-spec.ts';
import { clusterKey, clusterState, readCluster } from './cluster-of-stack.ts';
import { createCluster } from './create-cluster.ts';
import { listClusters } from './list-clusters.ts';
import { redeployCluster } from './redeploy-cluster.ts';

/** The path parameters of everything that belongs to one cluster. */
export const clusterParams = z.object({
  subscriptionId: subscriptionIdSchema,
  resourceGroup: resourceGroupNameSchema,
  name: serviceNameSchema,
});
/** The address of a cluster's routes; see `routes.cluster` of the contract. */
export const clusterAddress = '/api/clusters/:subscriptionId/:resourceGroup/:name';

/** A submission consists of many steps, and a person who has filled in a wizard waits for it. */
const timesLonger = 1.75;

/** Clusters: validate, create, list, read, delete. */
export function addClusterRoutes(app: ApiInstance, { arm }: { arm: Arm }): void {
  const submissions = new KeyedQueue();

  app.post(
    '/api/clusters/validate',
    {
      schema: {
        tags: ['Clusters'],
        summary: "Check a spec: its rules, what it depends on, and ARM's preflight",
        body: validateClusterRequestSchema,
        response: withErrors({ 200: validateClusterAnswerSchema }),
      },
    },
    async (request) => {
      try {
        await checkSpec(arm, request.body.spec, undefined);
        return { passed: true as const };
      } catch (thrown) {
        if (
          thrown instanceof ApiError &&
          (thrown.code === 'ValidationFailed' || thrown.code === 'ClusterNameTaken')
        )
          return { passed: false as const, error: errorBody(thrown, request.id) };
        throw thrown;
      }
    },
  );

  app.post(
    '/api/clusters',
    {
      schema: {
        tags: ['Clusters'],
        summary: 'Create a cluster; the same request id again names the same cluster',
        body: createClusterRequestSchema,
        response: withErrors({ 200: clusterSchema, 201: clusterSchema }),
      },
    },
    async (request, reply) => {
      const { subscriptionId, resourceGroup } = request.body.spec.basics;
      const place = `${subscriptionId}/${resourceGroup.name}`.toLowerCase();
      const { cluster, created } = await submissions.run(place, () =>
        withMoreTime(timesLonger, () => createCluster(arm, request.body)),
      );
      return reply.code(created ? 201 : 200).send(cluster);
    },
  );

  app.get(
    '/api/clusters',
    {
      schema: {
        tags: ['Clusters'],
        summary: 'All clusters; a header names places that could not be read',
        response: withErrors({ 200: z.array(clusterSchema) }),
      },
    },
    async (_request, reply) => {
      const { clusters, unread } = await listClusters(arm);
      if (unread.length > 0) void reply.header(unreadHeader, writeUnread(unread));
      return clusters;
    },
  );

  app.get(
    clusterAddress,
    {
      schema: {
        tags: ['Clusters'],
        summary: 'One cluster',
        params: clusterParams,
        response: withErrors({ 200: clusterSchema }),
      },
    },
    async (request) => (await readCluster(arm, request.params)).cluster,
  );

  app.post(
    `${clusterAddress}/deployment/redeploy`,
    {
      schema: {
        tags: ['Deployments'],
        summary:
          'Deploy a cluster once more, with the template and the values that it has; or with other agents or ports',
        params: clusterParams,
        body: redeployRequestSchema,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      await submissions.run(clusterKey(request.params), () =>
        redeployCluster(arm, request.params, request.body),
      );
      return reply.code(202).send({ accepted: true });
    },
  );

  app.delete(
    clusterAddress,
    {
      schema: {
        tags: ['Clusters'],
        summary: 'Delete a cluster, or its whole resource group',
        params: clusterParams,
        body: deleteClusterRequestSchema,
        response: withErrors({ 202: acceptedSchema }),
      },
    },
    async (request, reply) => {
      const { confirmName, deleteResourceGroup } = request.body;
      const { cluster } = await readCluster(arm, request.params);
      if (confirmName !== cluster.name)
        throw new ApiError('InvalidRequest', "The confirmation is not the cluster's name.", {
          fields: [{ path: 'confirmName', message: `Enter ${cluster.name} to confirm.` }],
        });
      const path = { ...request.params, resourceGroup: cluster.resourceGroup, name: cluster.name };
      if (deleteResourceGroup) await submitGroupDelete(arm, path.subscriptionId, path.resourceGroup);
      else await deleteCluster(arm, path, cluster.state);
      return reply.code(202).send({ accepted: true });
    },
  );
}

/** Submits the delete of a cluster's stack. Throws `DeploymentRunning` where ARM first wants its deployment to end. */
async function deleteCluster(arm: Arm, path: StackPath, state: ClusterState): Promise<void> {
  try {
    await submitStackDelete(arm, path);
  } catch (thrown) {
    const failure = armFailureOf(thrown);
    if (failure?.status !== 409 || (state !== 'deploying' && !/NonTerminalState/i.test(failure.body.code)))
      throw thrown;
    // The delete that is wanted may be under way already: somebody else's, or this one, whose answer was lost.
    const stack = await findStack(arm, path);
    if (!stack || clusterState(stack.state, undefined) === 'deleting') return;
    throw new ApiError('DeploymentRunning', `${path.name} cannot be deleted while its deployment runs.`, {
      arm: failure.body,
      cause: thrown,
    });
  }
}
