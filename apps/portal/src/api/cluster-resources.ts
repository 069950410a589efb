import { armResourceSchema, type ClusterPath, routes } from '@slipway/contract';
import { isResourceAtWork } from '@slipway/topology';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { askingAgain, askingForParts } from './asking-again.ts';
import { isClusterMissing, request } from './client.ts';

/** While all are at rest, for machines stop by themselves and others scale, in milliseconds. */
const atRestMs = 10_000;

/** Asks for every resource of the cluster once. */
export const clusterResourcesQuery = (path: ClusterPath) =>
  queryOptions({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'resources'],
    queryFn: ({ signal }) => request(routes.clusterResources(path), z.array(armResourceSchema), { signal }),
  });

/**
 * Every resource of the cluster as ARM returns it. While ARM is at work (`running`, or one of the resources says so) it is
 * asked again every few seconds; and now and then while all is at rest, where `watched`.
 */
export const useClusterResources = (path: ClusterPath, running: boolean, { watched = false } = {}) =>
  useQuery({
    ...clusterResourcesQuery(path),
    refetchInterval: ({ state: { data, error } }) => {
      if (!watched || isClusterMissing(error)) return askingForParts(error, running);
      return running || data?.some(isResourceAtWork) === true
        ? askingForParts(error, true)
        : askingAgain(error, atRestMs);
    },
  });
