import type { ClusterPath } from '@slipway/contract';

/** Which resource group. */
export interface GroupPath {
  subscriptionId: string;
  resourceGroup: string;
}

/** What a topology is of: one container service, or everything in a resource group. */
export type TopologyPlace = { kind: 'cluster'; path: ClusterPath } | { kind: 'group'; path: GroupPath };

/** A place as moments are kept by it; ARM's names compare without regard to case. */
export function placeKey({ kind, path }: TopologyPlace): string {
  const parts = [path.subscriptionId, path.resourceGroup, ...(kind === 'cluster' ? [path.name] : [])];
  return parts.join('/').toLowerCase();
}

/** What a place is called: the name of the container service, or of the resource group. */
export const placeName = (place: TopologyPlace): string =>
  place.kind === 'cluster' ? place.path.name : place.path.resourceGroup;
