import { type ClusterPath, connectAnswerSchema, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** What the connect commands are made of, read from the deployed resources; asked once there is something to read. */
export const useClusterConnect = (path: ClusterPath, enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'connect'],
    queryFn: ({ signal }) => request(routes.clusterConnect(path), connectAnswerSchema, { signal }),
  });
