import { type ClusterPath, clusterSchema, routes } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { askingAgain } from './asking-again.ts';
import { request } from './client.ts';
import { isRunning } from './clusters.ts';

/** While ARM is at work on a cluster; and while it is at rest, for somebody else may have begun something, in milliseconds. */
const workingMs = 3_000;
const atRestMs = 15_000;

/** One cluster; asked again every few seconds while ARM is at work on it, and now and then while it is at rest. */
export const clusterQuery = (path: ClusterPath) =>
  queryOptions({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name],
    queryFn: ({ signal }) => request(routes.cluster(path), clusterSchema, { signal }),
    // A cluster that is gone is not asked for again.
    refetchInterval: ({ state: { data, error } }) => {
      if (error !== null) return askingAgain(error, false);
      return data && (isRunning(data) ? workingMs : atRestMs);
    },
  });

export const useCluster = (path: ClusterPath) => useQuery(clusterQuery(path));
