import { createContext, use, useSyncExternalStore } from 'react';
import { type Notification, type NotificationStore, createNotificationStore } from './notification-store.ts';

/** The store of this visit; tests and stories may provide another. */
export const NotificationContext = createContext<NotificationStore>(
  createNotificationStore(() => Date.now()),
);

/**
 * Notifications: `notify({ id, state, title, link })` shows one as a toast and keeps it in the bell's panel;
 * notifying again with the same id updates it in place (progress, then success or error).
 */
export function useNotifications(): NotificationStore & { notifications: readonly Notification[] } {
  const store = use(NotificationContext);
  const notifications = useSyncExternalStore(store.subscribe, store.list);
  return { ...store, notifications };
}

/** Only the store, for places that notify but show nothing: they are not drawn again with each notification. */
export const useNotificationStore = (): NotificationStore => use(NotificationContext);
