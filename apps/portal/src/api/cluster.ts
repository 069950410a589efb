import { type ClusterPath, clusterSchema, routes } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { isPassing, request } from './client.ts';
import { isRunning } from './clusters.ts';

/** One cluster; asked again every few seconds while ARM is at work on it. */
export const clusterQuery = (path: ClusterPath) =>
  queryOptions({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name],
    queryFn: ({ signal }) => request(routes.cluster(path), clusterSchema, { signal }),
    // After a cut line it goes on by itself; a cluster that is gone is not asked for again.
    refetchInterval: ({ state: { data, error } }) =>
      data && isRunning(data) && (error === null || isPassing(error)) ? 3_000 : false,
  });

export const useCluster = (path: ClusterPath) => useQuery(clusterQuery(path));
