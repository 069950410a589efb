import type { GroupPath } from '../cluster/topology/explorer/topology-place.ts';

/** The ARM id of a resource group. */
export const groupId = ({ subscriptionId, resourceGroup }: GroupPath): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
