import { type ClusterPath, clusterSchema, routes } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { isRunning } from './clusters.ts';

/** One cluster; asked again every few seconds while ARM is at work on it. */
export const clusterQuery = (path: ClusterPath) =>
  queryOptions({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name],
    queryFn: ({ signal }) => request(routes.cluster(path), clusterSchema, { signal }),
    refetchInterval: (query) =>
      query.state.status === 'success' && query.state.data && isRunning(query.state.data) ? 3_000 : false,
  });

export const useCluster = (path: ClusterPath) => useQuery(clusterQuery(path));
