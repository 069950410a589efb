import type { Cluster } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import {
  clusterAddress,
  clusterNotifications,
  deletionNotificationId,
  deploymentNotificationId,
  knownStates,
} from './cluster-notifications.ts';
import { createNotificationStore } from './notification-store.ts';

const cluster = (state: Cluster['state'], name = 'orders'): Cluster => ({
  subscriptionId: 'sub',
  resourceGroup: 'a group',
  name,
  id: `/${name}`,
  state,
  stackState: state,
  region: 'westeurope',
  orchestrator: 'swarm',
  dnsPrefix: name,
  adminUsername: 'me',
  masterCount: 1,
  agentCount: 1,
  machineSize: 'S',
});

const told = (before: Cluster[] | undefined, now: Cluster[], open: string[] = []) =>
  clusterNotifications(before && knownStates(before), now, new Set(open)).map(({ content, quiet }) => [
    content.state,
    content.title,
    quiet,
  ]);

describe('the notifications', () => {
  test('are updated in place under their id', () => {
    let now = 1;
    const store = createNotificationStore(() => now);
    store.notify({ id: 'a', state: 'progress', title: 'Working' });
    store.notify({ id: 'b', state: 'info', title: 'Other' });
    now = 5;
    store.notify({ id: 'a', state: 'success', title: 'Done' });
    expect(store.list().map(({ id, title }) => [id, title])).toEqual([
      ['b', 'Other'],
      ['a', 'Done'],
    ]);
    expect(store.list()[1]).toMatchObject({ startedAt: 1, changedAt: 5, seen: false });
  });

  test('announced before anybody listens are heard by the first who does, each in its last state', () => {
    const store = createNotificationStore(() => 0);
    store.notify({ id: 'quiet', state: 'info', title: 'Quiet' }, { quiet: true });
    expect(store.hasAnnounced()).toBe(false);
    store.notify({ id: 'a', state: 'progress', title: 'Working' });
    store.notify({ id: 'a', state: 'success', title: 'Done' });
    expect(store.hasAnnounced()).toBe(true);
    const heard: string[] = [];
    store.onToast(({ title }) => heard.push(title));
    store.onToast(({ title }) => heard.push(`second: ${title}`));
    expect(heard).toEqual(['Done']);
  });

  test('are announced once a state', () => {
    const store = createNotificationStore(() => 0);
    const announced: string[] = [];
    store.onToast(({ state }) => announced.push(state));
    store.notify({ id: 'a', state: 'progress', title: '1' });
    store.notify({ id: 'a', state: 'progress', title: '2' });
    store.notify({ id: 'a', state: 'error', title: '3' });
    store.notify({ id: 'c', state: 'progress', title: 'quiet' }, { quiet: true });
    expect(announced).toEqual(['progress', 'error']);
  });

  test('go when dismissed, but not while in progress with all others', () => {
    const store = createNotificationStore(() => 0);
    store.notify({ id: 'a', state: 'progress', title: '1' });
    store.notify({ id: 'b', state: 'error', title: '2' });
    store.dismissEnded();
    expect(store.list().map(({ id }) => id)).toEqual(['a']);
    store.dismiss('a');
    expect(store.list()).toEqual([]);
  });
});

describe('what is told of clusters', () => {
  test('is quiet and only of what runs when they are read for the first time', () => {
    expect(told(undefined, [cluster('deploying'), cluster('failed', 'old')])).toEqual([
      ['progress', 'orders is being deployed', true],
    ]);
  });

  test('is how a deployment ended', () => {
    expect(told([cluster('deploying')], [cluster('succeeded')])).toEqual([
      ['success', 'orders is ready', false],
    ]);
    expect(told([cluster('deploying')], [cluster('failed')])).toEqual([
      ['error', 'The deployment of orders failed', false],
    ]);
    expect(told([cluster('succeeded')], [cluster('succeeded')])).toEqual([]);
  });

  test('is that a deleted one is gone, but nothing of one that was not being deleted', () => {
    expect(told([cluster('deleting')], [])).toEqual([['success', 'orders was deleted', false]]);
    expect(told([cluster('succeeded')], [])).toEqual([]);
  });

  test('is how work ended that began and ended between two readings', () => {
    const deployment = deploymentNotificationId(cluster('failed'));
    expect(told([cluster('failed')], [cluster('succeeded')], [deployment])).toEqual([
      ['success', 'orders is ready', false],
    ]);
    expect(told([cluster('failed')], [cluster('failed')], [deployment])).toEqual([
      ['error', 'The deployment of orders failed', false],
    ]);
    expect(told([cluster('succeeded')], [], [deletionNotificationId(cluster('succeeded'))])).toEqual([
      ['success', 'orders was deleted', false],
    ]);
  });

  test('is that one is gone which was being deployed', () => {
    expect(told([cluster('deploying')], [])).toEqual([['warning', 'orders is gone', false]]);
  });

  test('leads to the cluster under its address', () => {
    expect(clusterAddress(cluster('failed'), 'deployment')).toBe('/clusters/sub/a%20group/orders/deployment');
  });
});
