import {
  type ClusterPath,
  type ConnectAnswer,
  checkEntranceRequestSchema,
  connectAnswerSchema,
  entranceCheckSchema,
} from '@slipway/contract';
import { type ApiInstance, withErrors } from '../api-instance.ts';
import type { Arm } from '../arm/arm.ts';
import { readCloudFacts } from '../arm/cloud-description.ts';
import { clusterAddress, clusterParams } from '../clusters/cluster-routes.ts';
import type { ClusterResourceReader } from '../resources/cluster-resources.ts';
import { untilLeft } from '../until-left.ts';
import { checkEntrance } from './check-entrance.ts';
import { readConnectFacts } from './read-connect-facts.ts';

/** How to connect to a cluster, and whether that works from here. */
export function addConnectRoutes(
  app: ApiInstance,
  { arm, clusters }: { arm: Arm; clusters: ClusterResourceReader },
): void {
  const read = async (path: ClusterPath): Promise<ConnectAnswer> => {
    const [{ resources }, { machines }] = await Promise.all([clusters.read(path), readCloudFacts(arm)]);
    return { facts: readConnectFacts(resources), reachable: machines !== 'simulated' };
  };

  app.get(
    `${clusterAddress}/connect`,
    {
      schema: {
        tags: ['Resources'],
        summary: 'What the connect commands are made of',
        params: clusterParams,
        response: withErrors({ 200: connectAnswerSchema }),
      },
    },
    (request) => read(request.params),
  );

  app.post(
    `${clusterAddress}/connect/check`,
    {
      schema: {
        tags: ['Resources'],
        summary: "Try one of a cluster's entrances from the portal's own computer",
        params: clusterParams,
        body: checkEntranceRequestSchema,
        response: withErrors({ 200: entranceCheckSchema }),
      },
    },
    async (request, reply) => checkEntrance(await read(request.params), request.body, untilLeft(reply)),
  );
}
