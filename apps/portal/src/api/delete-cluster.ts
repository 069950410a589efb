import { type ClusterPath, type deleteClusterRequestSchema, routes } from '@slipway/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { isDeploymentRunning, request } from './client.ts';
import { clusterQuery } from './cluster.ts';
import { clustersQuery } from './clusters.ts';

/** Asks ARM to delete a cluster with everything in it; the answer comes when ARM has begun. */
export function useDeleteCluster(path: ClusterPath) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.output<typeof deleteClusterRequestSchema>) =>
      request(routes.cluster(path), z.unknown(), { method: 'DELETE', body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: clustersQuery.queryKey }),
        client.invalidateQueries({ queryKey: clusterQuery(path).queryKey }),
      ]),
    // Refused because a deployment has begun elsewhere: whoever asked has to learn of it.
    onError: (thrown) =>
      isDeploymentRunning(thrown)
        ? client.invalidateQueries({ queryKey: clusterQuery(path).queryKey })
        : undefined,
  });
}
