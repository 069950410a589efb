import {
  type ClusterPath,
  type DeploymentSnapshot,
  deploymentSnapshotSchema,
  routes,
} from '@slipway/contract';
import { request } from './client.ts';

/** How far the cluster's deployment is at this moment. */
export const readDeployment = (path: ClusterPath, signal: AbortSignal): Promise<DeploymentSnapshot> =>
  request(routes.clusterDeployment(path), deploymentSnapshotSchema, { signal });
