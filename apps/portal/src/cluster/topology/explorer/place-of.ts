import type { ClusterPath } from '@slipway/contract';

/** A cluster's place as moments are kept by it; ARM's names compare without regard to case. */
export const placeOf = ({ subscriptionId, resourceGroup, name }: ClusterPath): string =>
  `${subscriptionId}/${resourceGroup}/${name}`.toLowerCase();
