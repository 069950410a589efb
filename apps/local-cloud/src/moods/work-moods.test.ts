import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startLocalCloud, type LocalCloud } from '../local-cloud.ts';
import {
  connect,
  polling,
  rejection,
  startTestCloud,
  subscription,
  testSettings,
  type TestClients,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import type { MoodSet } from './mood-set.ts';
import { HandClock, testProvider, thingsTemplate } from '../test-provider.test-support.ts';

// The machine may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, expect: { poll: { timeout: 20_000 } } });

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());
afterEach(() => setMoods(cloud));

const api = '2026-01-01';
const idOf = (name: string) =>
  `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Test/things/${name}`;
const setMoods = (at: TestCloud, ...work: object[]) => at.send('PUT', '/slipway/moods', { body: { work } });
const write = (name: string, properties: Record<string, unknown> = {}) =>
  cloud.resources.resources.createOrUpdateById(idOf(name), api, { location: 'eastus', properties }, polling);
const put = (at: TestClients, name: string) =>
  at.send('PUT', `${idOf(name)}?api-version=${api}`, { body: { location: 'eastus' } });
const remove = (name: string) => cloud.resources.resources.deleteById(idOf(name), api, polling);
const stateOf = async (name: string, at: TestClients = cloud) =>
  (await at.send('GET', `${idOf(name)}?api-version=${api}`)).json.properties?.provisioningState ?? 'gone';
const strikes = async () =>
  (await cloud.send('GET', '/slipway/moods')).json.work.map(({ struck }: { struck: number }) => struck);

describe('a mood of work', () => {
  test('that fails ends the work with its error, and a second try succeeds', async () => {
    await setMoods(cloud, { mood: 'fails', error: { code: 'ThingSulks', message: 'Not today.' }, times: 1 });
    const failed = await rejection(write('a'));
    expect(failed.message).toMatch(/ThingSulks.*Not today\./s);
    expect(await stateOf('a')).toBe('Failed');
    await write('a');
    expect(await stateOf('a')).toBe('Succeeded');
    expect(await strikes()).toEqual([1]);
  });

  test("that fails without words of its own uses Azure's", async () => {
    await setMoods(cloud, { mood: 'fails' });
    expect((await rejection(write('b'))).message).toContain('InternalServerError');
  });

  test('that fails a delete leaves the resource as failed, to be deleted again', async () => {
    await write('c');
    await setMoods(cloud, {
      mood: 'fails',
      action: 'delete',
      error: { code: 'Stuck', message: 'No.' },
      times: 1,
    });
    expect((await rejection(remove('c'))).message).toContain('Stuck');
    expect(await stateOf('c')).toBe('Failed');
    await remove('c');
    expect(await stateOf('c')).toBe('gone');
  });

  test('that never ends holds the work until the mood is gone', async () => {
    await setMoods(cloud, { mood: 'never-ends', name: 'd' });
    const writing = write('d');
    await expect.poll(() => stateOf('d')).toBe('Creating');
    await write('e');
    expect(await stateOf('d')).toBe('Creating');
    await setMoods(cloud, { mood: 'never-ends', name: 'd' });
    await write('e');
    expect(await stateOf('d')).toBe('Creating');
    await setMoods(cloud);
    await writing;
    expect(await stateOf('d')).toBe('Succeeded');
  });

  test('that never ends keeps nobody from deleting the resource', async () => {
    await setMoods(cloud, { mood: 'never-ends', action: 'write' });
    const writing = rejection(write('f'));
    await expect.poll(() => stateOf('f')).toBe('Creating');
    await remove('f');
    expect(await stateOf('f')).toBe('gone');
    await writing;
  });

  test('that is slow adds its time to the work', async () => {
    const clock = new HandClock();
    const slow = await startTestCloud({ providers: [testProvider], clock });
    await slow.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
    await setMoods(slow, { mood: 'slow', delayMs: 5_000 });
    await slow.send('PUT', `${idOf('g')}?api-version=${api}`, { body: { location: 'eastus' } });
    clock.advance(4_999);
    expect(await stateOf('g', slow)).toBe('Creating');
    clock.advance(1);
    expect(await stateOf('g', slow)).toBe('Succeeded');
    await slow.close();
  });
});

test('which work a mood strikes is told by type, name, action, skip and times', async () => {
  const sulk = { mood: 'fails', error: { code: 'Sulks', message: 'No.' } };
  await setMoods(
    cloud,
    { ...sulk, type: 'microsoft.test/OTHERS' },
    { ...sulk, type: 'Microsoft.Test/things/*' },
    { ...sulk, action: 'delete' },
    { ...sulk, type: 'microsoft.test/things', name: 'N*', skip: 1, times: 1 },
  );
  await write('m1');
  await write('n1');
  expect((await rejection(write('n2'))).message).toContain('Sulks');
  await write('n3');
  const child = `${idOf('m1')}/children/x`;
  const failed = await rejection(
    cloud.resources.resources.createOrUpdateById(child, api, { properties: {} }, polling),
  );
  expect(failed.message).toContain('Sulks');
  expect(await strikes()).toEqual([0, 1, 0, 1]);
  await setMoods(cloud, { ...sulk, name: 'm1/x' });
  expect(
    (await rejection(cloud.resources.resources.createOrUpdateById(child, api, { properties: {} }, polling)))
      .message,
  ).toContain('Sulks');
});

test('a deployment tells what a mood did to its resource', async () => {
  await setMoods(cloud, { mood: 'fails', name: 'q', error: { code: 'AllocationFailed', message: 'Full.' } });
  await rejection(
    cloud.deployments.deployments.createOrUpdate(
      'rg',
      'moody',
      {
        properties: { mode: 'Incremental', template: thingsTemplate({ p: {}, q: { dependsOn: ['p'] } }) },
      } as never,
      polling,
    ),
  );
  const { properties } = await cloud.deployments.deployments.get('rg', 'moody');
  expect(properties?.error?.details).toMatchObject([
    {
      code: 'ResourceDeploymentFailure',
      target: idOf('q'),
      details: [{ code: 'AllocationFailed', message: 'Full.' }],
    },
  ]);
});

test('work that a mood holds outlasts a restart with the mood, and ends normally after one without', async () => {
  const moods: MoodSet = { requests: [], work: [{ mood: 'never-ends', action: 'write' }] };
  const settings = testSettings();
  let running: LocalCloud | undefined;
  const restart = async (set: MoodSet | undefined) => {
    await running?.close();
    running = await startLocalCloud(
      { ...settings, ...(set === undefined ? {} : { moods: set }) },
      { providers: [testProvider] },
    );
    return connect(running.endpoint, running.certificatePem, settings.secret);
  };

  let at = await restart(moods);
  await at.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  const accepted = await put(at, 'held');
  const status = new URL(String(accepted.headers['azure-asyncoperation']));
  const statusOf = async () => (await at.send('GET', `${status.pathname}${status.search}`)).json.status;

  at = await restart(moods);
  expect((await put(at, 'held')).json.error.code).toBe('AnotherOperationInProgress');
  expect(await statusOf()).toBe('InProgress');
  expect(await stateOf('held', at)).toBe('Creating');

  at = await restart(undefined);
  await expect.poll(statusOf).toBe('Succeeded');
  expect(await stateOf('held', at)).toBe('Succeeded');
  await running?.close();
  rmSync(settings.dataDir, { recursive: true });
});
