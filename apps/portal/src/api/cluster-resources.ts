import { armResourceSchema, type ClusterPath, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { askingForParts } from './asking-again.ts';
import { request } from './client.ts';

/** Every resource of the cluster as ARM returns it. While ARM is at work (`running`) it is asked again. */
export const useClusterResources = (path: ClusterPath, running: boolean) =>
  useQuery({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'resources'],
    queryFn: ({ signal }) => request(routes.clusterResources(path), z.array(armResourceSchema), { signal }),
    refetchInterval: ({ state: { error } }) => askingForParts(error, running),
  });
