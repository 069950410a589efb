import { type ClusterPath, type RedeployRequest, acceptedSchema, routes } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { clusterQuery } from './cluster.ts';
import { clustersQuery } from './clusters.ts';

/** Deploys a cluster once more; what was read of it before is read anew. The same `requestId` again starts nothing new. */
export function useRedeployCluster(
  path: ClusterPath,
): (body: RedeployRequest, signal: AbortSignal) => Promise<void> {
  const client = useQueryClient();
  return async (body, signal) => {
    try {
      await request(routes.redeployCluster(path), acceptedSchema, { method: 'POST', body, signal });
    } finally {
      void client.invalidateQueries({ queryKey: clustersQuery.queryKey });
      void client.invalidateQueries({ queryKey: clusterQuery(path).queryKey });
    }
  };
}
