import { type ClusterPath, connectAnswerSchema, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** What the connect commands are made of, read from the deployed resources. */
export const useClusterConnect = (path: ClusterPath) =>
  useQuery({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'connect'],
    queryFn: ({ signal }) => request(routes.clusterConnect(path), connectAnswerSchema, { signal }),
  });
