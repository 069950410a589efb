import { describe, expect, test } from 'vitest';
import { clusterNotifications, rememberedStates } from './cluster-notifications.ts';
import { keepNotifications, keptNotifications, notificationsKey } from './kept-notifications.ts';
import { type Notification, createNotificationStore } from './notification-store.ts';

function storageOf(content: Record<string, string> = {}) {
  const kept = new Map(Object.entries(content));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

const notificationOf = (id: string, more: Partial<Notification> = {}): Notification => ({
  id,
  state: 'error',
  title: id,
  startedAt: 1,
  changedAt: 2,
  seen: true,
  ...more,
});

function storeOver(storage: ReturnType<typeof storageOf>) {
  const others: (() => void)[] = [];
  const store = createNotificationStore(() => 7, {
    read: () => keptNotifications(storage),
    write: (notifications) => keepNotifications(storage, notifications),
    onOtherChange: (listener) => void others.push(listener),
  });
  return { store, otherChange: () => others.forEach((tell) => tell()) };
}

describe('notifications that are kept', () => {
  test('are there in the next visit, without being announced again', () => {
    const storage = storageOf();
    const link = { href: '/clusters/s/g/n', label: 'Go' };
    storeOver(storage).store.notify({
      id: 'a',
      state: 'error',
      title: 'Failed',
      copyText: 'All of it',
      link,
    });
    const { store } = storeOver(storage);
    expect(store.hasAnnounced()).toBe(false);
    expect(store.list()).toMatchObject([
      { id: 'a', state: 'error', copyText: 'All of it', link, seen: false },
    ]);
    store.dismiss('a');
    expect(storeOver(storage).store.list()).toEqual([]);
  });

  test('follow what another window does', () => {
    const storage = storageOf();
    const [one, other] = [storeOver(storage), storeOver(storage)];
    one.store.notify({ id: 'a', state: 'info', title: 'Told' });
    expect(other.store.list()).toEqual([]);
    other.otherChange();
    expect(other.store.list()).toMatchObject([{ id: 'a', title: 'Told' }]);
  });

  test('are a history: what had ended stays when the same begins anew', () => {
    const { store } = storeOver(storageOf());
    store.notify({ id: 'a', state: 'progress', title: 'First' });
    store.notify({ id: 'a', state: 'error', title: 'First failed' });
    store.notify({ id: 'a', state: 'progress', title: 'Second' });
    store.notify({ id: 'a', state: 'success', title: 'Second done' });
    expect(store.list().map(({ title }) => title)).toEqual(['Second done', 'First failed']);
    expect(new Set(store.list().map(({ id }) => id)).size).toBe(2);
  });

  test('are bounded in number and size, the oldest go', () => {
    const storage = storageOf();
    keepNotifications(
      storage,
      Array.from({ length: 80 }, (_, index) => notificationOf(`n${index}`)),
    );
    expect(keptNotifications(storage)).toHaveLength(50);
    keepNotifications(
      storage,
      Array.from({ length: 8 }, (_, index) => notificationOf(`n${index}`, { copyText: 'x'.repeat(60_000) })),
    );
    expect(keptNotifications(storage).map(({ id }) => id)).toEqual(['n0', 'n1', 'n2']);
  });

  test('claim no progress that nobody follows any more', () => {
    const storage = storageOf();
    keepNotifications(storage, [
      notificationOf('machine:vm', { state: 'progress' }),
      notificationOf('deployment:s/g/n', { state: 'progress' }),
      notificationOf('group-deletion:s/g', { state: 'progress' }),
      notificationOf('resource-deletion:/s/g', { state: 'progress' }),
    ]);
    expect(keptNotifications(storage).map(({ state }) => state)).toEqual([
      'info',
      'progress',
      'progress',
      'progress',
    ]);
  });

  test.each([
    '{',
    '{}',
    '[1]',
    JSON.stringify([{ ...notificationOf('a'), link: { href: '//elsewhere.example', label: 'Go' } }]),
  ])('are none where something else was written: %s', (stored) => {
    expect(keptNotifications(storageOf({ [notificationsKey]: stored }))).toEqual([]);
  });
});

test('a cluster that was deleted while nobody looked is told of in the next visit', () => {
  const open = [
    notificationOf('deletion:s/my group/orders', {
      state: 'progress',
      link: { href: '/clusters/s/My%20group/orders/deployment', label: 'See how far it is' },
    }),
    notificationOf('machine:vm', { state: 'progress', link: { href: '/clusters/s/g/other', label: 'Go' } }),
  ];
  const ids = new Set(open.map(({ id }) => id));
  expect(clusterNotifications(undefined, [], ids, rememberedStates(open))).toMatchObject([
    {
      content: { id: 'deletion:s/my group/orders', state: 'success', title: 'orders was deleted' },
      quiet: false,
    },
  ]);
});
