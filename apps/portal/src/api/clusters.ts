import {
  type Cluster,
  type ClusterState,
  type UnreadPlace,
  clusterSchema,
  readUnread,
  routes,
  unreadHeader,
} from '@slipway/contract';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { askingAgain } from './asking-again.ts';
import { request } from './client.ts';

const runningStates: readonly ClusterState[] = ['deploying', 'deleting'];

/** Whether ARM is at work on a cluster. */
export const isRunning = (cluster: Cluster): boolean => runningStates.includes(cluster.state);

/** While ARM is at work on one of them; and while all are at rest, for somebody else may have begun something, in milliseconds. */
const workingMs = 4_000;
const atRestMs = 30_000;

const unreadQuery = queryOptions<UnreadPlace[]>({
  queryKey: ['unread-places'],
  queryFn: skipToken,
  staleTime: Infinity,
});

/** All clusters of all subscriptions; asked again every few seconds while ARM is at work on one of them. */
export const clustersQuery = queryOptions({
  queryKey: ['clusters'],
  queryFn: ({ signal, client }) =>
    request(routes.clusters(), z.array(clusterSchema), {
      signal,
      onHeaders: (headers) =>
        client.setQueryData(unreadQuery.queryKey, readUnread(headers.get(unreadHeader))),
    }),
  refetchInterval: ({ state: { data, error } }) =>
    askingAgain(error, data?.some(isRunning) ? workingMs : atRestMs),
});

export const useClusters = () => useQuery(clustersQuery);

/** The places whose clusters the list does not have, because they could not be read. */
export const useUnreadPlaces = (): readonly UnreadPlace[] => useQuery(unreadQuery).data ?? [];
