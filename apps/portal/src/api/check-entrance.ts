import {
  type CheckEntranceRequest,
  type ClusterPath,
  type EntranceCheck,
  entranceCheckSchema,
  routes,
} from '@slipway/contract';
import { request } from './client.ts';

/** Has the portal's own computer try one of a cluster's entrances. */
export const checkEntrance = (
  path: ClusterPath,
  body: CheckEntranceRequest,
  signal: AbortSignal,
): Promise<EntranceCheck> =>
  request(routes.checkEntrance(path), entranceCheckSchema, { method: 'POST', body, signal });
