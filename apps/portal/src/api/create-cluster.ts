import { type CreateClusterRequest, clusterPathSchema, routes } from '@slipway/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { clustersQuery } from './clusters.ts';

/** Submits a cluster and gives its path. The same `requestId` sent again names the same cluster. */
export function useCreateCluster() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateClusterRequest) =>
      request(routes.clusters(), clusterPathSchema, { method: 'POST', body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: clustersQuery.queryKey });
    },
  });
}
