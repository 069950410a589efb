import { Agent } from 'node:https';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { testProvider, thingsTemplate } from '../test-provider.test-support.ts';

// The machine may be busy with other tests, and a history is long.
vi.setConfig({ testTimeout: 120_000, expect: { poll: { timeout: 20_000 } } });

let cloud: TestCloud;
const agent = new Agent({ keepAlive: true });
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
});
afterAll(async () => {
  agent.destroy();
  await cloud.close();
});

const api = 'api-version=2025-04-01';
const groupId = (group: string) => `/subscriptions/${subscription}/resourceGroups/${group}`;
const newGroup = async (name: string): Promise<string> => {
  await cloud.resources.resourceGroups.createOrUpdate(name, { location: 'eastus' });
  return name;
};
const historyOf = (group: string) => `${groupId(group)}/providers/Microsoft.Resources/deployments`;
const put = (group: string, name: string, template: object = thingsTemplate({})) =>
  cloud.send('PUT', `${historyOf(group)}/${name}?${api}`, {
    agent,
    body: { properties: { mode: 'Incremental', template } },
  });
async function putMany(group: string, from: number, to: number): Promise<void> {
  for (let index = from; index <= to; index += 1) expect((await put(group, `d-${index}`)).status).toBe(201);
}
const stateOf = async (group: string, name: string) =>
  (await cloud.deployments.deployments.get(group, name)).properties?.provisioningState;
async function names(group: string, options: { filter?: string; top?: number } = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of cloud.deployments.deployments.listByResourceGroup(group, options))
    found.push(name ?? '');
  return found;
}
const count = async (group: string) => (await names(group)).length;

describe('the history of a group', () => {
  test('is listed newest first, in pages, and by state', async () => {
    const group = await newGroup('listed');
    for (const name of ['zebra', 'middle', 'apple'])
      await cloud.deployments.deployments.createOrUpdate(
        group,
        name,
        { properties: { mode: 'Incremental', template: thingsTemplate({}) } },
        polling,
      );
    await put(group, 'bad', thingsTemplate({ broken: { properties: { failLater: 'It broke.' } } }));
    await expect.poll(() => stateOf(group, 'bad')).toBe('Failed');
    expect(await names(group)).toEqual(['bad', 'apple', 'middle', 'zebra']);
    const first = await cloud.send('GET', `${historyOf(group)}?${api}&$top=3`);
    expect(first.json.value.map(({ name }: { name: string }) => name)).toEqual(['bad', 'apple', 'middle']);
    const second = await cloud.send('GET', String(first.json.nextLink));
    expect(second.json.value.map(({ name }: { name: string }) => name)).toEqual(['zebra']);
    expect(second.json.nextLink).toBeUndefined();
    expect(await names(group, { filter: "provisioningState eq 'Failed'" })).toEqual(['bad']);
    expect(await names(group, { filter: "provisioningState eq 'Running'" })).toEqual([]);

    // The same name again takes the newest place.
    await put(group, 'zebra');
    expect((await names(group))[0]).toBe('zebra');
  });

  test('loses an entry that is deleted, also one that was not there', async () => {
    const group = await newGroup('deleted');
    await putMany(group, 1, 1);
    await expect.poll(() => stateOf(group, 'd-1')).toBe('Succeeded');
    const path = `${historyOf(group)}/d-1?${api}`;
    const accepted = await cloud.send('DELETE', path);
    expect(accepted.status).toBe(202);
    expect(accepted.headers['location']).toContain('/operationresults/');
    await expect.poll(async () => (await cloud.send('GET', path)).status).toBe(404);
    expect((await cloud.send('DELETE', path)).status).toBe(204);
    const elsewhere = await cloud.send('DELETE', `${historyOf('no-such-group')}/d-1?${api}`);
    expect([elsewhere.status, elsewhere.json.error.code]).toEqual([404, 'ResourceGroupNotFound']);
  });

  test('is shortened from 700 on, the oldest first, and never by what runs', async () => {
    const group = await newGroup('shortened');
    await cloud.send('PUT', '/slipway/moods', {
      body: { work: [{ mood: 'never-ends', type: 'Microsoft.Test/things', name: 'slow' }] },
    });
    await put(group, 'oldest-of-all', thingsTemplate({ slow: {} }));
    await putMany(group, 1, 699);
    expect(await count(group)).toBe(700);
    await put(group, 'd-1');
    expect(await count(group)).toBe(700);
    await put(group, 'one-more');
    await expect.poll(() => count(group)).toBe(601);
    const left = await names(group);
    expect(left.slice(0, 3)).toEqual(['one-more', 'd-1', 'd-699']);
    expect(left.slice(-2)).toEqual(['d-102', 'oldest-of-all']);
    await cloud.send('PUT', '/slipway/moods', { body: {} });
  });

  test('of a locked group grows to 800, then nothing more is accepted until room was made', async () => {
    const group = await newGroup('locked');
    const lock = `${groupId(group)}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`;
    await cloud.send('PUT', lock, { body: { properties: { level: 'CanNotDelete' } } });
    await putMany(group, 1, 800);
    const full = await put(group, 'one-more');
    expect(full.status).toBe(409);
    expect(full.json.error).toMatchObject({
      code: 'DeploymentQuotaExceeded',
      message: expect.stringMatching(/quota of '800'\. The current deployment count is '800'/),
    });
    // One that is there already needs no room.
    expect((await put(group, 'd-1')).status).toBe(200);
    expect(await count(group)).toBe(800);
    expect(await rejection(cloud.deployments.deployments.delete(group, 'd-2', polling))).toMatchObject({
      code: 'ScopeLocked',
    });

    await cloud.send('DELETE', lock);
    // At the limit it is refused once more: deleting begins with it.
    expect((await put(group, 'one-more')).json.error.code).toBe('DeploymentQuotaExceeded');
    await expect.poll(() => count(group)).toBe(600);
    expect((await put(group, 'one-more')).status).toBe(201);
    expect((await names(group)).slice(0, 2)).toEqual(['one-more', 'd-1']);
  });
});
