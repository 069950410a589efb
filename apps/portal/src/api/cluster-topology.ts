import { type ClusterPath, routes } from '@slipway/contract';
import { topologyGraphSchema } from '@slipway/topology';
import { useQuery } from '@tanstack/react-query';
import { askingForParts } from './asking-again.ts';
import { request } from './client.ts';

/** The cluster's topology. While ARM is at work (`running`) it is asked again every few seconds. */
export const useClusterTopology = (path: ClusterPath, running: boolean) =>
  useQuery({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'topology'],
    queryFn: ({ signal }) => request(routes.clusterTopology(path), topologyGraphSchema, { signal }),
    refetchInterval: ({ state: { error } }) => askingForParts(error, running),
  });
