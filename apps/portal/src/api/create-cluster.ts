import { type ClusterPath, type CreateClusterRequest, clusterPathSchema, routes } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { clustersQuery } from './clusters.ts';

/** The API asks the cloud many things before it answers, one after the other. */
const patienceMs = 120_000;

/** Submits a cluster and gives its path. The same `requestId` sent again names the same cluster. */
export function useCreateCluster(): (
  body: CreateClusterRequest,
  signal: AbortSignal,
) => Promise<ClusterPath> {
  const client = useQueryClient();
  return async (body, signal) => {
    const path = await request(routes.clusters(), clusterPathSchema, {
      method: 'POST',
      body,
      signal,
      patienceMs,
    });
    void client.invalidateQueries({ queryKey: clustersQuery.queryKey });
    return path;
  };
}
