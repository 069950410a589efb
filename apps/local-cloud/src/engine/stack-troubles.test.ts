import type { DeploymentOperation } from '@azure/arm-resourcesdeployments';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { rowsNaming } from '../store/rows.test-support.ts';
import { swarmStack } from '../swarm-stack.test-support.ts';

// The machine may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, expect: { poll: { timeout: 20_000 } } });

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

let count = 0;
/** A group of its own for each test. */
let group: string;
beforeEach(async () => {
  count += 1;
  group = `troubles${count}`;
  await cloud.resources.resourceGroups.createOrUpdate(group, { location: 'eastus' });
});
afterEach(() => setMoods());

const api = 'api-version=2025-04-01';
const groupId = () => `/subscriptions/${subscription}/resourceGroups/${group}`;
const stackPath = () =>
  `${groupId()}/providers/Microsoft.Resources/deploymentStacks/swarm?api-version=2024-03-01`;
const setMoods = (...work: object[]) => cloud.send('PUT', '/slipway/moods', { body: { work } });
const machine = (number: number) => ({ type: 'Microsoft.Compute/virtualMachines', name: `*-${number}` });
const network = { type: 'Microsoft.Network/virtualNetworks' };

const stack = (masterCount = 1) => swarmStack({ masterCount, agentCount: 1, dnsPrefix: group });
const begin = async (masterCount?: number) => {
  const answer = await cloud.send('PUT', stackPath(), { body: stack(masterCount) });
  expect(answer.status).toBeLessThan(300);
};
const put = (masterCount?: number) =>
  cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    group,
    'swarm',
    stack(masterCount),
    polling,
  );
const remove = () =>
  cloud.stacks.deploymentStacks.beginDeleteAtResourceGroupAndWait(group, 'swarm', {
    ...polling,
    unmanageActionResources: 'delete',
  });
const read = async () => (await cloud.send('GET', stackPath())).json;
const stateOf = async () => (await read()).properties?.provisioningState ?? 'gone';
const deploymentName = async (): Promise<string> => (await read()).properties.deploymentId.split('/').at(-1);

interface Told {
  id: string;
  name: string;
  type: string;
  etag?: string;
  location?: string;
  systemData?: unknown;
  createdTime?: string;
  properties: Record<string, unknown> & { provisioningState: string };
}
async function list(): Promise<Told[]> {
  const listed = await cloud.send('GET', `${groupId()}/resources?${api}&$expand=createdTime`);
  const told = listed.json.value as Told[];
  return Promise.all(
    told.map(async (resource) => ({
      ...(await cloud.send('GET', `${resource.id}?${api}`)).json,
      createdTime: resource.createdTime,
    })),
  );
}

/** The writes of the stack's deployment, by the resource's type and name. */
async function writes(): Promise<Map<string, NonNullable<DeploymentOperation['properties']>>> {
  const found = new Map<string, NonNullable<DeploymentOperation['properties']>>();
  const name = await deploymentName();
  for await (const { properties } of cloud.deployments.deploymentOperations.list(group, name))
    if (properties?.provisioningOperation === 'Create')
      found.set(properties.targetResource?.id ?? '', properties);
  return found;
}

/** The types of what the stack's deployment is writing. */
const running = async () =>
  (await read()).properties?.deploymentId === undefined
    ? []
    : [...(await writes()).values()]
        .filter(({ provisioningState }) => provisioningState === 'Running')
        .map(({ targetResource }) => targetResource?.resourceType);

/** Starts a cluster whose first machine never ends. */
async function beginStuck(): Promise<void> {
  await setMoods({ mood: 'never-ends', action: 'write', ...machine(0) });
  await begin();
  await expect.poll(running).toEqual(['Microsoft.Compute/virtualMachines']);
}

describe('a deployment in which work never ends', () => {
  test('is cancelled at once by whoever asks, and so is its stack', async () => {
    await beginStuck();
    const waiting = rejection(
      cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
        group,
        'swarm',
        stack(),
        polling,
      ),
    );
    expect((await waiting).code).toBe('DeploymentStackInNonTerminalState');
    const name = await deploymentName();
    await cloud.deployments.deployments.cancel(group, name);
    const { properties } = await cloud.deployments.deployments.get(group, name);
    expect(properties).toMatchObject({
      provisioningState: 'Canceled',
      error: { code: 'DeploymentCanceled' },
    });
    expect(await stateOf()).toBe('canceled');
    expect((await rejection(cloud.deployments.deployments.cancel(group, name))).statusCode).toBe(409);
    const states = [...(await writes()).values()].map(({ provisioningState }) => provisioningState);
    expect(new Set(states)).toEqual(new Set(['Succeeded', 'Canceled']));
    await remove();
    expect([await stateOf(), await list()]).toEqual(['gone', []]);
  });

  test('tells who waits for it when somebody else cancels it', async () => {
    await setMoods({ mood: 'never-ends', action: 'write', ...machine(0) });
    const waiting = rejection(put());
    await expect.poll(async () => (await read()).properties?.deploymentId).toBeDefined();
    await cloud.deployments.deployments.cancel(group, await deploymentName());
    expect((await waiting).message).toMatch(/canceled/i);
  });

  test('fails for the next one too while the work is held, and succeeds when it is let go', async () => {
    await beginStuck();
    await cloud.deployments.deployments.cancel(group, await deploymentName());
    expect((await rejection(put())).message).toContain('DeploymentStackDeploymentFailed');
    expect((await read()).properties.failedResources).toMatchObject([
      { error: { code: 'AnotherOperationInProgress' } },
    ]);
    await setMoods();
    expect((await put()).properties?.provisioningState).toBe('succeeded');
  });

  test('ends when its resource group is deleted, which takes everything with it', async () => {
    await beginStuck();
    const name = await deploymentName();
    await setMoods(
      { mood: 'never-ends', action: 'write', ...machine(0) },
      { mood: 'never-ends', action: 'delete', ...network },
    );
    const deleting = await cloud.send('DELETE', `${groupId()}?${api}`);
    expect(deleting.status).toBe(202);
    const { properties } = await cloud.deployments.deployments.get(group, name);
    expect(properties).toMatchObject({
      provisioningState: 'Failed',
      error: { code: 'ResourceGroupBeingDeleted', message: expect.stringContaining(`'${group}'`) },
    });
    expect((await read()).properties).toMatchObject({
      provisioningState: 'failed',
      error: { details: [{ code: 'ResourceGroupBeingDeleted' }] },
    });
    const again = await cloud.send('PUT', stackPath(), { body: stack() });
    expect([again.status, again.json.error.code]).toEqual([409, 'ResourceGroupBeingDeleted']);
    await setMoods();
    const result = String(deleting.headers.location);
    await expect.poll(async () => (await cloud.send('GET', result)).status).toBe(200);
    expect((await rejection(cloud.deployments.deployments.get(group, name))).code).toBe(
      'ResourceGroupNotFound',
    );
    // What tells how the deletion ended is kept for a day, and the activity log for longer.
    expect(Object.keys(rowsNaming(cloud.settings.dataDir, group))).toEqual(['activity', 'deletions']);
  });
});

describe('a stack whose deletion', () => {
  test('meets a refusal that passes is deleted all the same', async () => {
    await put();
    await setMoods({ mood: 'fails', action: 'delete', ...machine(0), times: 1 });
    await remove();
    expect([await stateOf(), await list()]).toEqual(['gone', []]);
  });

  test('fails says why, lists what is left, and can be deleted again', async () => {
    await put();
    await setMoods({
      mood: 'fails',
      action: 'delete',
      ...network,
      error: { code: 'InternalServerError', message: 'An error occurred.' },
    });
    expect((await rejection(remove())).code).toBe('DeploymentStackDeleteResourcesFailed');
    const left = (await list()).map(({ id }) => id).toSorted();
    expect(left.some((id) => id.includes('/virtualNetworks/'))).toBe(true);
    const { properties } = await read();
    expect(properties.provisioningState).toBe('failed');
    expect(properties.resources.map(({ id }: { id: string }) => id).toSorted()).toEqual(left);
    expect(properties.failedResources).toContainEqual(
      expect.objectContaining({ error: { code: 'InternalServerError', message: 'An error occurred.' } }),
    );
    await setMoods();
    await remove();
    expect([await stateOf(), await list()]).toEqual(['gone', []]);
  });

  test('never ends is given up, and can be deleted again when the rest has gone', async () => {
    await put();
    await setMoods({ mood: 'never-ends', action: 'delete', ...network });
    expect((await rejection(remove())).code).toBe('DeploymentStackDeleteResourcesFailed');
    const { properties } = await read();
    expect(properties.provisioningState).toBe('failed');
    expect(properties.failedResources).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: 'ResourceDeletionTimeout' }) }),
    );
    await setMoods();
    await remove();
    expect([await stateOf(), await list()]).toEqual(['gone', []]);
  });
});

test('a resource group whose deletion fails stays with what is left, and can be deleted again', async () => {
  await put();
  await setMoods({ mood: 'fails', action: 'delete', ...network });
  const removeGroup = () => cloud.resources.resourceGroups.delete(group, polling);
  expect((await rejection(removeGroup())).code).toBe('ResourceGroupDeletionBlocked');
  expect((await cloud.resources.resourceGroups.get(group)).properties?.provisioningState).toBe('Succeeded');
  expect((await list()).map(({ type }) => type)).toContain('Microsoft.Network/virtualNetworks');
  await setMoods({ mood: 'never-ends', action: 'delete', ...network });
  expect((await rejection(removeGroup())).code).toBe('ResourceGroupDeletionTimeout');
  await setMoods();
  await removeGroup();
  expect((await cloud.resources.resourceGroups.checkExistence(group)).body).toBe(false);
});

test('of two people who update a stack at once one is refused, in the words of Azure', async () => {
  await put();
  await setMoods({ mood: 'never-ends', action: 'write', ...network });
  const answers = await Promise.all(
    [1, 1].map((masterCount) => cloud.send('PUT', stackPath(), { body: stack(masterCount) })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
  const error = answers.find(({ status }) => status === 409)?.json.error;
  expect(error.code).toBe('DeploymentStackInNonTerminalState');
  const id = `${groupId()}/providers/Microsoft.Resources/deploymentStacks/swarm`;
  expect([
    `The deployment stack resource '${id}' could not be updated as it is currently in a non-terminal state 'Validating'.`,
    `The deployment stack resource '${id}' could not be updated as it is currently in a non-terminal state 'Deploying'.`,
  ]).toContain(error.message);
  await setMoods();
  await expect.poll(stateOf).toBe('succeeded');
});

/** What must not change of a resource that is there and as the template says. */
const identityOf = ({ id, etag, createdTime, properties }: Told) => ({
  id,
  etag,
  createdTime,
  vmId: properties.vmId,
  resourceGuid: properties.resourceGuid,
  ipAddress: properties.ipAddress,
  addresses: JSON.stringify(properties).match(/"privateIPAddress":"[^"]+"/g),
});
const identities = async () => new Map((await list()).map((resource) => [resource.id, identityOf(resource)]));

describe('the same stack put again after a failed deployment', () => {
  test('makes what is missing and leaves the rest as it is', async () => {
    await setMoods({ mood: 'fails', action: 'write', ...machine(1), times: 1 });
    await rejection(put(3));
    const failed = (await read()).properties.failedResources[0].id as string;
    expect(failed).toContain('virtualMachines');
    const before = await identities();
    expect(before.size).toBeGreaterThan(10);

    const healed = await put(3);
    expect(healed.properties).toMatchObject({ provisioningState: 'succeeded', failedResources: [] });
    const after = await identities();
    const operations = await writes();
    for (const [id, identity] of before) {
      const operation = operations.get(id);
      if (id === failed) {
        expect(after.get(id)).toMatchObject({ vmId: identity.vmId, createdTime: identity.createdTime });
        expect(after.get(id)?.etag).not.toBe(identity.etag);
        continue;
      }
      // The interface of the failed machine gets its MAC address with the second try.
      const isOfFailed = id.endsWith('-nic-1');
      expect(after.get(id)).toEqual(isOfFailed ? { ...identity, etag: expect.any(String) } : identity);
      // Machines' disks are not written by the template itself.
      if (!id.includes('/disks/'))
        expect([id, operation?.statusCode, operation?.provisioningState]).toEqual([id, 'OK', 'Succeeded']);
    }
    const made = [...after.keys()].filter((id) => !before.has(id));
    expect(made.some((id) => id.includes('virtualMachineScaleSets'))).toBe(true);
    for (const id of made) if (operations.has(id)) expect(operations.get(id)?.statusCode).toBe('Created');
  });

  test('does a failed extension again, and nothing else', async () => {
    await setMoods({ mood: 'fails', action: 'write', type: '*/extensions', times: 1 });
    await rejection(put());
    expect((await read()).properties.failedResources).toMatchObject([
      { error: { details: [{ code: 'VMExtensionProvisioningError' }] } },
    ]);
    const before = await identities();
    await put();
    const after = await identities();
    for (const [id, identity] of before)
      if (!id.includes('/extensions/')) expect(after.get(id)).toEqual(identity);
    const extension = [...(await writes()).values()].find(({ targetResource }) =>
      targetResource?.resourceType?.endsWith('/extensions'),
    );
    expect(extension?.provisioningState).toBe('Succeeded');
  });

  test('puts back what somebody changed in between', async () => {
    await put();
    const [found] = (await list()).filter(({ type }) => type === network.type);
    const vnet = found?.id ?? '';
    const subnet = `${vnet}/subnets/extra?${api}`;
    await cloud.send('PUT', subnet, { body: { properties: { addressPrefix: '10.64.0.0/16' } } });
    await expect
      .poll(async () => (await cloud.send('GET', subnet)).json.properties?.provisioningState)
      .toBe('Succeeded');
    await cloud.send('PATCH', `${vnet}?${api}`, { body: { tags: { mine: 'yes' } } });
    await put();
    expect((await cloud.send('GET', subnet)).status).toBe(404);
    expect((await cloud.send('GET', `${vnet}?${api}`)).json.tags).not.toHaveProperty('mine');
  });
});
