import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { subscription, type TestClients } from './local-cloud.test-support.ts';
import { ServerProcess } from './server-process.test-support.ts';

// Processes start slowly on a machine that is busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000, expect: { poll: { timeout: 60_000 } } });

const group = `/subscriptions/${subscription}/resourceGroups/rg`;
const api = 'api-version=2025-04-01';

let server: ServerProcess;
beforeEach(async () => {
  server = await ServerProcess.prepare();
});
afterEach(() => server.remove());

const things = (names: Record<string, string[]>) => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { stamp: { type: 'string', defaultValue: '[newGuid()]' } },
  resources: Object.entries(names).map(([name, dependsOn]) => ({
    type: 'Microsoft.Network/rehearsals',
    apiVersion: '2025-01-01',
    name,
    location: 'eastus',
    dependsOn: dependsOn.map((other) => `[resourceId('Microsoft.Network/rehearsals', '${other}')]`),
    properties: { stamp: "[parameters('stamp')]" },
  })),
});

async function creates(clients: TestClients, deployment: string) {
  const answer = await clients.send('GET', `${group}/deployments/${deployment}/operations?${api}`);
  return new Map<string, { provisioningState: string; timestamp: string }>(
    answer.json.value
      .filter(
        ({ properties }: { properties: { provisioningOperation: string } }) =>
          properties.provisioningOperation === 'Create',
      )
      .map(({ properties }: { properties: { targetResource: { resourceName: string } } }) => [
        properties.targetResource.resourceName,
        properties,
      ]),
  );
}

const read = async (clients: TestClients, name: string) =>
  (await clients.send('GET', `${group}/providers/Microsoft.Network/rehearsals/${name}?${api}`)).json;

test('a stack whose process is killed twice goes on, and nothing is done twice', async () => {
  let clients = await server.start();
  await clients.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  const stackPath = `${group}/providers/Microsoft.Resources/deploymentStacks/survivor?api-version=2024-03-01`;
  const accepted = await clients.send('PUT', stackPath, {
    body: {
      properties: {
        template: things({ a: [], b: [], c: ['a', 'b'] }),
        actionOnUnmanage: { resources: 'delete' },
        denySettings: { mode: 'none' },
      },
    },
  });
  expect(accepted.status).toBe(201);
  await server.kill();

  clients = await server.start();
  const stack = async () => (await clients.send('GET', stackPath)).json.properties;
  await expect.poll(async () => (await stack()).deploymentId).toBeDefined();
  const deployment = (await stack()).deploymentId.split('/').at(-1);
  const stateOf = async (name: string) => (await creates(clients, deployment)).get(name)?.provisioningState;
  await expect.poll(() => stateOf('c'), { interval: 20 }).toBe('Running');
  const before = await creates(clients, deployment);
  const etag = (await read(clients, 'a')).etag;
  await server.kill();

  clients = await server.start();
  await expect.poll(async () => (await stack()).provisioningState).toBe('succeeded');
  const after = await creates(clients, deployment);
  expect([...after.keys()].toSorted()).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'b']) expect(after.get(name)).toEqual(before.get(name));
  expect((await read(clients, 'a')).etag).toBe(etag);
  const stamps = await Promise.all(
    ['a', 'b', 'c'].map(async (name) => (await read(clients, name)).properties.stamp),
  );
  expect(new Set(stamps).size).toBe(1);
  const newest =
    [...before.values()]
      .map(({ timestamp }) => timestamp)
      .toSorted()
      .at(-1) ?? '';
  expect(after.get('c')!.timestamp > newest).toBe(true);
});

test('a group whose process is killed in mid-deletion is deleted after the restart', async () => {
  let clients = await server.start();
  await clients.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  await clients.resources.resources.createOrUpdateById(
    `${group}/providers/Microsoft.Network/rehearsals/a`,
    '2025-01-01',
    { location: 'eastus' },
  );
  const deleting = await clients.send('DELETE', `${group}?${api}`);
  expect(deleting.status).toBe(202);
  await server.kill();
  clients = await server.start();
  const result = String(deleting.headers.location);
  await expect.poll(async () => (await clients.send('GET', result)).status).toBe(200);
  expect((await clients.resources.resourceGroups.checkExistence('rg')).body).toBe(false);
});

test('a stack whose process is killed in mid-deletion is deleted with its resources after the restart', async () => {
  const held = { work: [{ mood: 'never-ends', action: 'delete' }] };
  let clients = await server.start({ SLIPWAY_MOODS: JSON.stringify(held) });
  await clients.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  const stackPath = `${group}/providers/Microsoft.Resources/deploymentStacks/leaver?api-version=2024-03-01`;
  await clients.send('PUT', stackPath, {
    body: {
      properties: {
        template: things({ a: [], b: [] }),
        actionOnUnmanage: { resources: 'delete' },
        denySettings: { mode: 'none' },
      },
    },
  });
  const state = async () =>
    (await clients.send('GET', stackPath)).json.properties?.provisioningState ?? 'gone';
  await expect.poll(state).toBe('succeeded');
  const deleting = await clients.send('DELETE', `${stackPath}&unmanageAction.Resources=delete`);
  expect(deleting.status).toBe(202);
  expect(await state()).toMatch(/^deleting/);
  await server.kill();

  clients = await server.start();
  await expect.poll(state).toBe('gone');
  expect((await clients.send('GET', `${group}/resources?${api}`)).json.value).toEqual([]);
});

test('a server told to end does so with grace', async () => {
  await server.start();
  server.child?.kill('SIGTERM');
  const [code] = await once(server.child!, 'exit');
  expect(code).toBe(0);
});
