import type { GroupPath } from '../cluster/topology/explorer/topology-place.ts';
import type { Notification } from './notification-store.ts';

/** The one notification of a resource group's deletion. */
export const groupDeletionId = ({ subscriptionId, resourceGroup }: GroupPath): string =>
  `group-deletion:${subscriptionId}/${resourceGroup}`.toLowerCase();

/** The resource group whose deletion a notification tells to be in progress, if it does. */
export function groupBeingDeleted({
  id,
  state,
  link,
}: Pick<Notification, 'id' | 'state' | 'link'>): GroupPath | undefined {
  if (state !== 'progress') return undefined;
  const [subscriptionId, resourceGroup] =
    /^\/resource-groups\/([^/]+)\/([^/?]+)$/
      .exec(link?.href ?? '')
      ?.slice(1)
      .map(decodeURIComponent) ?? [];
  if (!subscriptionId || !resourceGroup) return undefined;
  const path = { subscriptionId, resourceGroup };
  return id === groupDeletionId(path) ? path : undefined;
}
