import type { ClusterPath } from '@slipway/contract';
import { useParams } from '@tanstack/react-router';

/** Which cluster the address of this page names. */
export function useClusterPath(): ClusterPath {
  const { subscriptionId, resourceGroup, name } = useParams({
    from: '/clusters/$subscriptionId/$resourceGroup/$name',
  });
  return { subscriptionId, resourceGroup, name };
}
