import { type Cluster, type ClusterState, clusterSchema, routes } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';

const runningStates: readonly ClusterState[] = ['deploying', 'deleting'];

/** Whether ARM is at work on a cluster. */
export const isRunning = (cluster: Cluster): boolean => runningStates.includes(cluster.state);

/** All clusters of all subscriptions; asked again every few seconds while ARM is at work on one of them. */
export const clustersQuery = queryOptions({
  queryKey: ['clusters'],
  queryFn: ({ signal }) => request(routes.clusters(), z.array(clusterSchema), { signal }),
  refetchInterval: (query) => (query.state.data?.some(isRunning) ? 4_000 : false),
});

export const useClusters = () => useQuery(clustersQuery);
