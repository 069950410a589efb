import { z } from 'zod';
import type { KeyStorage } from '../cluster/topology/explorer/browser-storage.ts';
import { isFollowed } from './cluster-notifications.ts';
import type { Notification } from './notification-store.ts';

export const notificationsKey = 'slipway.notifications';

/** So many are kept, and so long all of them may be together, in characters: browsers give a page some five millions. */
const mostKept = 50;
const mostCharacters = 200_000;

const notificationSchema = z.object({
  id: z.string(),
  state: z.enum(['progress', 'success', 'warning', 'error', 'info']),
  title: z.string(),
  detail: z.string().optional(),
  copyText: z.string().optional(),
  /** Within the portal: what else may have written here leads nowhere else. */
  link: z.object({ href: z.string().regex(/^\/(?![/\\])/), label: z.string() }).optional(),
  startedAt: z.number(),
  changedAt: z.number(),
  seen: z.boolean(),
});

/** The notifications that this browser keeps; none where it forbids that, or where something else was written there. */
export function keptNotifications(storage: KeyStorage): Notification[] {
  try {
    const parsed = z.array(notificationSchema).parse(JSON.parse(storage.getItem(notificationsKey) ?? '[]'));
    return parsed.map(withoutLostProgress);
  } catch {
    return [];
  }
}

/** Some work is followed again by every page; of what else was in progress nobody hears any more. */
function withoutLostProgress(notification: Notification): Notification {
  if (notification.state !== 'progress' || isFollowed(notification.id)) return notification;
  return {
    ...notification,
    state: 'info',
    detail: 'The portal was closed or reloaded before this ended: how it ended is not known here.',
  };
}

/** Keeps notifications, the newest first: the oldest make room. */
export function keepNotifications(storage: KeyStorage, notifications: readonly Notification[]): void {
  let kept = notifications.slice(0, mostKept);
  let text = JSON.stringify(kept);
  while (text.length > mostCharacters) {
    kept = kept.slice(0, -1);
    text = JSON.stringify(kept);
  }
  try {
    storage.setItem(notificationsKey, text);
  } catch {
    // Storage full or forbidden: they then live as long as the page.
  }
}
