/** Where a notification leads: an address inside the portal. */
export interface NotificationLink {
  href: string;
  label: string;
}

export type NotificationState = 'progress' | 'success' | 'warning' | 'error' | 'info';

export interface Notification {
  /** Given by whoever notifies: a second notification of the same id replaces the first in place. */
  id: string;
  state: NotificationState;
  title: string;
  /** One or two sentences. */
  detail?: string | undefined;
  /** Everything known of an error, to be copied: code, message, correlation id. */
  copyText?: string | undefined;
  link?: NotificationLink | undefined;
  /** Milliseconds since the epoch. */
  startedAt: number;
  changedAt: number;
  seen: boolean;
}

/** What to say; `startedAt` and the rest follow from when it is said. */
export type NotificationContent = Pick<
  Notification,
  'id' | 'state' | 'title' | 'detail' | 'copyText' | 'link'
>;

export interface NotifyOptions {
  /** Only into the bell's panel, without a toast and not counted as new. */
  quiet?: boolean;
}

export type ToastListener = (notification: Notification) => void;

export interface NotificationStore {
  /** Adds a notification, or replaces the one of the same id in place. */
  notify: (content: NotificationContent, options?: NotifyOptions) => void;
  dismiss: (id: string) => void;
  /** Dismisses everything that has come to its end; what is in progress stays. */
  dismissEnded: () => void;
  markSeen: () => void;
  /** Newest first; the same array until something changes. */
  list: () => readonly Notification[];
  subscribe: (listener: () => void) => () => void;
  /** The first listener also hears what was announced before it came. */
  onToast: (listener: ToastListener) => () => void;
  /** Whether anything was announced in this visit. */
  hasAnnounced: () => boolean;
}

/** Keeps the notifications of one visit. `now` gives milliseconds since the epoch. */
export function createNotificationStore(now: () => number): NotificationStore {
  let notifications: readonly Notification[] = [];
  const listeners = new Set<() => void>();
  const toastListeners = new Set<ToastListener>();
  let announced = false;
  /** What was announced to nobody yet. */
  let unheard: Notification[] = [];

  const announce = (notification: Notification): void => {
    if (toastListeners.size === 0)
      unheard = [...unheard.filter(({ id }) => id !== notification.id), notification];
    for (const listener of toastListeners) listener(notification);
  };

  const replace = (next: readonly Notification[]): void => {
    notifications = next;
    for (const listener of listeners) listener();
  };

  return {
    notify(content, options) {
      const at = now();
      const known = notifications.find((notification) => notification.id === content.id);
      const restarted = content.state === 'progress' && known?.state !== 'progress';
      const notification: Notification = {
        ...content,
        startedAt: known && !restarted ? known.startedAt : at,
        changedAt: at,
        seen: known?.state === content.state ? known.seen : options?.quiet === true,
      };
      const announces = known?.state !== content.state && !options?.quiet;
      announced ||= announces;
      replace(
        known
          ? notifications.map((each) => (each.id === content.id ? notification : each))
          : [notification, ...notifications],
      );
      if (announces) announce(notification);
    },
    dismiss(id) {
      replace(notifications.filter((notification) => notification.id !== id));
    },
    dismissEnded() {
      replace(notifications.filter((notification) => notification.state === 'progress'));
    },
    markSeen() {
      if (notifications.every((notification) => notification.seen)) return;
      replace(notifications.map((notification) => ({ ...notification, seen: true })));
    },
    list: () => notifications,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onToast(listener) {
      toastListeners.add(listener);
      unheard.forEach(listener);
      unheard = [];
      return () => toastListeners.delete(listener);
    },
    hasAnnounced: () => announced,
  };
}
