import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  startTestCloud,
  subscription,
  type TestClients,
  type TestCloud,
} from './local-cloud.test-support.ts';
import { ServerProcess } from './server-process.test-support.ts';
import { rowsNaming } from './store/rows.test-support.ts';
import { swarmStack } from './swarm-stack.test-support.ts';

// Processes start slowly on a machine that is busy.
vi.setConfig({
  testTimeout: 900_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 120_000, interval: 20 } },
});

const api = 'api-version=2025-04-01';
const scope = `/subscriptions/${subscription}`;
const groupId = `${scope}/resourceGroups/leavers`;
const stackPath = `${groupId}/providers/Microsoft.Resources/deploymentStacks/swarm?api-version=2024-03-01`;
const stack = swarmStack({ masterCount: 1, agentCount: 2, dnsPrefix: 'leavers' });

const types = [
  'Microsoft.Compute/availabilitySets',
  'Microsoft.Compute/disks',
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Compute/virtualMachineScaleSets',
  'Microsoft.Network/loadBalancers',
  'Microsoft.Network/networkInterfaces',
  'Microsoft.Network/networkSecurityGroups',
  'Microsoft.Network/publicIPAddresses',
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Storage/storageAccounts',
];

const stateOf = async ({ send }: TestClients) =>
  (await send('GET', stackPath)).json.properties?.provisioningState ?? 'gone';
const begin = async ({ resources, send }: TestClients) => {
  await resources.resourceGroups.createOrUpdate('leavers', { location: 'eastus' });
  await send('PUT', stackPath, { body: stack });
};
const remove = ({ send }: TestClients) => send('DELETE', `${stackPath}&unmanageAction.Resources=delete`);
const setMoods = ({ send }: TestClients, ...work: object[]) =>
  send('PUT', '/slipway/moods', { body: { work } });

interface Named {
  id?: string;
  name: { value?: string };
  currentValue: number;
}
const namesAt = async ({ send }: TestClients, path: string): Promise<string[]> => {
  const answer = await send('GET', `${path}?${api}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.json.value.map(({ id }: Named) => id);
};

/** Every resource that any list of the subscription shows, once. */
async function everything(clients: TestClients): Promise<string[]> {
  const lists = [
    `${scope}/resources`,
    `${groupId}/resources`,
    ...types.flatMap((type) => [`${scope}/providers/${type}`, `${groupId}/providers/${type}`]),
    `${groupId}/providers/Microsoft.Resources/deploymentStacks`,
  ];
  const found = await Promise.all(lists.map((path) => namesAt(clients, path)));
  return [...new Set(found.flat())];
}

/** Cores, machines and the like that count against a quota. */
async function usesOf({ send }: TestClients): Promise<string[]> {
  const path = `${scope}/providers/Microsoft.Compute/locations/eastus/usages?${api}`;
  return ((await send('GET', path)).json.value as Named[])
    .filter(({ currentValue }) => currentValue > 0)
    .map(({ name }) => name.value ?? '');
}

const isFree = async ({ send }: TestClients, label: string) =>
  (
    await send(
      'GET',
      `${scope}/providers/Microsoft.Network/locations/eastus/CheckDnsNameAvailability?${api}&domainNameLabel=${label}`,
    )
  ).json.available;

/** Nothing is left of the cluster but history; and nothing of that when its group goes too. */
async function expectNothingLeft(clients: TestClients, dataDir: string): Promise<void> {
  expect(await everything(clients)).toEqual([]);
  expect(await usesOf(clients)).toEqual([]);
  for (const label of ['leaversmgmt', 'leaversagents']) expect(await isFree(clients, label)).toBe(true);
  expect(Object.keys(rowsNaming(dataDir, groupId))).toEqual([
    'activity',
    'deletions',
    'deployments',
    'operations',
    'resource_groups',
    'works',
  ]);
  for (const state of ['Running', 'Accepted', 'Creating', 'Updating', 'Deleting'])
    expect(rowsNaming(dataDir, `"state":"${state}"`)).toEqual({});
  const deleting = await clients.send('DELETE', `${groupId}?${api}`);
  const result = new URL(String(deleting.headers.location));
  await expect
    .poll(async () => (await clients.send('GET', `${result.pathname}${result.search}`)).status)
    .toBe(200);
  expect(await namesAt(clients, `${scope}/resourcegroups`)).toEqual([]);
  // How the deletions ended is told for a day, and by the activity log for longer.
  expect(Object.keys(rowsNaming(dataDir, 'leavers'))).toEqual(['activity', 'deletions']);
}

describe('a cluster leaves nothing behind when it is deleted', () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await startTestCloud();
  });
  afterEach(() => cloud.close());

  test('after it was deployed', async () => {
    await begin(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('succeeded');
    expect((await everything(cloud)).length).toBeGreaterThan(types.length);
    expect(await usesOf(cloud)).toContain('cores');
    expect(await isFree(cloud, 'leaversmgmt')).toBe(false);
    await remove(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('gone');
    await expectNothingLeft(cloud, cloud.settings.dataDir);
  });

  test('after its deployment failed', async () => {
    await setMoods(cloud, {
      mood: 'fails',
      action: 'write',
      type: 'Microsoft.Compute/virtualMachineScaleSets',
    });
    await begin(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('failed');
    await remove(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('gone');
    await expectNothingLeft(cloud, cloud.settings.dataDir);
  });

  test('after its deployment was cancelled', async () => {
    await setMoods(cloud, { mood: 'never-ends', action: 'write', type: 'Microsoft.Compute/virtualMachines' });
    await begin(cloud);
    const machines = `${groupId}/providers/Microsoft.Compute/virtualMachines`;
    await expect.poll(() => namesAt(cloud, machines)).toHaveLength(1);
    const { deploymentId } = (await cloud.send('GET', stackPath)).json.properties;
    await cloud.send('POST', `${deploymentId}/cancel?${api}`);
    expect(await stateOf(cloud)).toBe('canceled');
    await remove(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('gone');
    await expectNothingLeft(cloud, cloud.settings.dataDir);
  });

  test('after its deletion failed once', async () => {
    await begin(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('succeeded');
    await setMoods(cloud, { mood: 'fails', action: 'delete', type: 'Microsoft.Network/virtualNetworks' });
    await remove(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('failed');
    await setMoods(cloud);
    await remove(cloud);
    await expect.poll(() => stateOf(cloud)).toBe('gone');
    await expectNothingLeft(cloud, cloud.settings.dataDir);
  });
});

/** The settings of a cloud in which no delete of a type ends. */
const without = (type: string) => ({
  SLIPWAY_MOODS: JSON.stringify({ work: [{ mood: 'never-ends', action: 'delete', type }] }),
});

describe('a cluster leaves nothing behind when the process is killed', () => {
  let server: ServerProcess;
  beforeEach(async () => {
    server = await ServerProcess.prepare({ SLIPWAY_PACE_FACTOR: '0.05' });
  });
  afterEach(() => server.remove());

  test('twice while it is deleted', async () => {
    let clients = await server.start(without('Microsoft.Compute/*'));
    await begin(clients);
    await expect.poll(() => stateOf(clients)).toBe('succeeded');
    const all = await everything(clients);
    await remove(clients);
    const machines = `${groupId}/providers/Microsoft.Compute/virtualMachines`;
    const machineStates = async () =>
      (await clients.send('GET', `${machines}?${api}`)).json.value.map(
        ({ properties }: { properties: { provisioningState: string } }) => properties.provisioningState,
      );
    await expect.poll(machineStates).toEqual(['Deleting']);
    await server.kill();

    clients = await server.start(without('Microsoft.Network/*'));
    expect(await stateOf(clients)).toBe('deleting');
    await expect.poll(() => namesAt(clients, machines)).toEqual([]);
    await server.kill();

    clients = await server.start();
    expect((await everything(clients)).length).toBeLessThan(all.length);
    await expect.poll(() => stateOf(clients)).toBe('gone');
    await expectNothingLeft(clients, server.dataDir);
  });
});
