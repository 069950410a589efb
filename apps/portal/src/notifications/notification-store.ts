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
  /** Adds a notification, or replaces the one of the same id in place; where that had ended and begins anew, it stays as well. */
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

/** Where notifications are kept beyond a visit. */
export interface NotificationKeeping {
  /** What is kept, the newest first. */
  read: () => readonly Notification[];
  write: (notifications: readonly Notification[]) => void;
  /** Calls `listener` when something else has changed what is kept. */
  onOtherChange: (listener: () => void) => void;
}

/** Holds the notifications, with those of earlier visits. `now` gives milliseconds since the epoch. */
export function createNotificationStore(now: () => number, keeping?: NotificationKeeping): NotificationStore {
  let notifications: readonly Notification[] = keeping?.read() ?? [];
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

  const show = (next: readonly Notification[]): void => {
    notifications = next;
    for (const listener of listeners) listener();
  };
  const replace = (next: readonly Notification[]): void => {
    keeping?.write(next);
    show(next);
  };
  keeping?.onOtherChange(() => show(keeping.read()));

  return {
    notify(content, options) {
      const at = now();
      const known = notifications.find((notification) => notification.id === content.id);
      const restarted = known !== undefined && content.state === 'progress' && known.state !== 'progress';
      const notification: Notification = {
        ...content,
        startedAt: known && !restarted ? known.startedAt : at,
        changedAt: at,
        seen: known?.state === content.state ? known.seen : options?.quiet === true,
      };
      const announces = known?.state !== content.state && !options?.quiet;
      announced ||= announces;
      const others = notifications.filter((each) => each !== known);
      // What has ended before stays in the history when the same is begun anew.
      const ended = restarted ? [{ ...known, id: `${known.id}@${known.startedAt}` }] : [];
      replace(
        known && !restarted
          ? notifications.map((each) => (each === known ? notification : each))
          : [notification, ...ended, ...others],
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
