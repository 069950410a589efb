import { createContext, use, useSyncExternalStore } from 'react';
import { browserStorage } from '../cluster/topology/explorer/browser-storage.ts';
import { keepNotifications, keptNotifications, notificationsKey } from './kept-notifications.ts';
import { type Notification, type NotificationStore, createNotificationStore } from './notification-store.ts';

/** The store of this browser; tests and stories may provide another. */
export const NotificationContext = createContext<NotificationStore>(
  createNotificationStore(() => Date.now(), {
    read: () => keptNotifications(browserStorage()),
    write: (notifications) => keepNotifications(browserStorage(), notifications),
    onOtherChange: (listener) =>
      window.addEventListener('storage', ({ key }) => {
        if (key === notificationsKey || key === null) listener();
      }),
  }),
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
