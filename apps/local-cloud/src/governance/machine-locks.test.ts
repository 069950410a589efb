import { ComputeManagementClient } from '@azure/arm-compute';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { swarmStack } from '../swarm-stack.test-support.ts';

let cloud: TestCloud;
let compute: ComputeManagementClient;
beforeAll(async () => {
  cloud = await startTestCloud();
  compute = new ComputeManagementClient(cloud.access.credential, subscription, cloud.access.options);
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'rg',
    'demo',
    swarmStack({ masterCount: 1, agentCount: 1 }),
    polling,
  );
});
afterAll(() => cloud.close());

const group = `/subscriptions/${subscription}/resourceGroups/rg`;
const lockApi = '2020-05-01';
const lock = (at: string, level: string) =>
  cloud.resources.resources.createOrUpdateById(
    `${at}/providers/Microsoft.Authorization/locks/keep`,
    lockApi,
    { properties: { level } },
    polling,
  );
const unlock = (at: string) =>
  cloud.resources.resources.deleteById(
    `${at}/providers/Microsoft.Authorization/locks/keep`,
    lockApi,
    polling,
  );

async function first<T>(items: AsyncIterable<T>): Promise<T> {
  for await (const item of items) return item;
  throw new Error('There is none.');
}

test('machines of a locked group are neither started nor stopped, nor their boot logs handed out', async () => {
  const machine = (await first(compute.virtualMachines.list('rg'))).name ?? '';
  const scaleSet = (await first(compute.virtualMachineScaleSets.list('rg'))).name ?? '';
  await lock(group, 'ReadOnly');
  const { virtualMachines, virtualMachineScaleSetVMs } = compute;
  for (const action of [
    virtualMachines.powerOff('rg', machine, polling),
    virtualMachines.start('rg', machine, polling),
    virtualMachineScaleSetVMs.restart('rg', scaleSet, '0', polling),
    virtualMachines.retrieveBootDiagnosticsData('rg', machine),
  ])
    expect(await rejection(Promise.resolve(action))).toMatchObject({ code: 'ScopeLocked', statusCode: 409 });
  await unlock(group);
  await virtualMachines.powerOff('rg', machine, polling);
});

test('a machine stays while the disk that would go with it is locked', async () => {
  const machine = await first(compute.virtualMachines.list('rg'));
  const disk = machine.storageProfile?.osDisk?.managedDisk?.id ?? '';
  await lock(disk, 'CanNotDelete');
  expect(await rejection(compute.virtualMachines.delete('rg', machine.name ?? '', polling))).toMatchObject({
    code: 'ScopeLocked',
    message: expect.stringContaining(disk),
  });
  await unlock(disk);
  await compute.virtualMachines.delete('rg', machine.name ?? '', polling);
});
