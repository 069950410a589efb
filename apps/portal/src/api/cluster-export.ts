import { type ClusterPath, clusterExportSchema, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** The template and the parameters that a cluster's stack holds. Another deployment may bring others. */
export const useClusterExport = (path: ClusterPath, deploymentId: string | undefined) =>
  useQuery({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'export', deploymentId ?? ''],
    queryFn: ({ signal }) => request(routes.exportCluster(path), clusterExportSchema, { signal }),
    staleTime: 60_000,
  });
