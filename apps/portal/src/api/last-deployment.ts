import type { Cluster } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { readDeployment } from './deployment-snapshot.ts';

/** How a cluster's last deployment ended; asked once for each, and not while something is underway. */
export const useLastDeployment = (cluster: Cluster) =>
  useQuery({
    queryKey: [
      'cluster',
      cluster.subscriptionId,
      cluster.resourceGroup,
      cluster.name,
      'last-deployment',
      cluster.deploymentId,
      cluster.state,
    ],
    queryFn: async ({ signal }) => (await readDeployment(cluster, signal)).deployment,
    enabled: cluster.state !== 'deploying' && cluster.state !== 'deleting',
  });
