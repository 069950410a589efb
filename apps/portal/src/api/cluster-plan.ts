import { type ClusterPath, clusterPlanSchema, routes } from '@slipway/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/**
 * What the cluster's last deployment means to create; asked for where `wanted`. A deployment's plan does not change:
 * another deployment (`deploymentId`, as the progress names it) has another.
 */
export const useClusterPlan = (
  path: ClusterPath,
  { wanted, deploymentId }: { wanted: boolean; deploymentId: string | undefined },
) =>
  useQuery({
    queryKey: [
      'cluster',
      path.subscriptionId,
      path.resourceGroup,
      path.name,
      'plan',
      (deploymentId ?? '').toLowerCase(),
    ],
    queryFn: ({ signal }) => request(routes.clusterPlan(path), clusterPlanSchema, { signal }),
    enabled: wanted,
    staleTime: 60_000,
    // While a new deployment's plan is read, what the last one meant to create stays outlined.
    placeholderData: keepPreviousData,
  });
