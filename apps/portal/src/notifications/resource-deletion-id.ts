import { isResourceId } from '@slipway/contract';
import type { Notification } from './notification-store.ts';

/** The one notification of a resource's deletion. */
export const resourceDeletionId = (id: string): string => `resource-deletion:${id.toLowerCase()}`;

/** The ARM id of the resource whose deletion a notification tells to be in progress, if it does. */
export function resourceBeingDeleted({
  id,
  state,
  link,
}: Pick<Notification, 'id' | 'state' | 'link'>): string | undefined {
  const [, splat] = /^\/resources\/([^?]+)$/.exec(link?.href ?? '') ?? [];
  if (state !== 'progress' || splat === undefined) return undefined;
  const resource = `/${splat.split('/').map(decodeURIComponent).join('/')}`;
  return isResourceId(resource) && id === resourceDeletionId(resource) ? resource : undefined;
}
