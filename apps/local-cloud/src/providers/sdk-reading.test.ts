import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
let network: NetworkManagementClient;
let scaleSet: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  const { credential, options } = cloud.access;
  compute = new ComputeManagementClient(credential, subscription, options);
  network = new NetworkManagementClient(credential, subscription, options);
  await cloud.resources.resourceGroups.createOrUpdate('cluster', { location: 'eastus' });
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'cluster',
    'demo',
    swarmStack(),
    polling,
  );
  scaleSet = (await all(compute.virtualMachineScaleSets.list('cluster')))[0]!.name!;
});
afterAll(() => cloud.close());

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

const running = ['ProvisioningState/succeeded', 'PowerState/running'];

describe("Microsoft's compute client", () => {
  test('lists the machines of a group and of the subscription', async () => {
    const ofGroup = await all(compute.virtualMachines.list('cluster'));
    const ofAll = await all(compute.virtualMachines.listAll());
    expect(ofGroup).toHaveLength(3);
    expect(ofAll).toEqual(ofGroup);
    for (const machine of ofGroup) {
      expect(machine.provisioningState).toBe('Succeeded');
      expect(machine.hardwareProfile?.vmSize).toMatch(/^Standard_/);
      expect(machine.networkProfile?.networkInterfaces).toHaveLength(1);
      expect(machine.instanceView).toBeUndefined();
      expect(machine.osProfile?.customData).toBeUndefined();
    }
  });

  test('sees the instance view of a machine only where it asks for it', async () => {
    const [machine] = await all(compute.virtualMachines.list('cluster'));
    const name = machine!.name!;
    const plain = await compute.virtualMachines.get('cluster', name);
    const expanded = await compute.virtualMachines.get('cluster', name, { expand: 'instanceView' });
    expect(plain.instanceView).toBeUndefined();
    expect(expanded.instanceView?.statuses?.map(({ code }) => code)).toEqual(running);
    expect(expanded.instanceView).toEqual(await compute.virtualMachines.instanceView('cluster', name));
    expect({ ...expanded, instanceView: undefined }).toEqual({ ...plain, instanceView: undefined });
  });

  test('is refused a view that there is not', async () => {
    const [machine] = await all(compute.virtualMachines.list('cluster'));
    const answer = await cloud.send('GET', `${machine!.id!}?api-version=2026-04-01&$expand=secrets`);
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidParameter']);
    expect(answer.json.error.message).toContain('instanceview');
  });

  test('lists availability sets with their machines', async () => {
    const [set, ...others] = await all(compute.availabilitySets.list('cluster'));
    expect(others).toEqual([]);
    expect(set!.virtualMachines).toHaveLength(3);
    expect(set!.sku?.name).toBe('Aligned');
    expect(await all(compute.availabilitySets.listBySubscription())).toEqual([set]);
  });

  test('lists scale sets and their machines, with their instance views when asked', async () => {
    expect(await all(compute.virtualMachineScaleSets.listAll())).toHaveLength(1);
    const list = compute.virtualMachineScaleSetVMs;
    const plain = await all(list.list('cluster', scaleSet));
    expect(plain.map(({ instanceId }) => instanceId)).toEqual(['0', '1']);
    expect(plain.map(({ instanceView }) => instanceView)).toEqual([undefined, undefined]);
    const expanded = await all(list.list('cluster', scaleSet, { expand: 'instanceView' }));
    for (const { instanceView } of expanded)
      expect(instanceView?.statuses?.map(({ code }) => code)).toEqual(running);
    const one = await list.get('cluster', scaleSet, '1', { expand: 'instanceView' });
    expect(one.instanceView).toEqual(await list.getInstanceView('cluster', scaleSet, '1'));
  });
});

const addresses = (nics: { ipConfigurations?: { privateIPAddress?: string }[] }[]) =>
  nics.flatMap(({ ipConfigurations = [] }) => ipConfigurations.map((item) => item.privateIPAddress));

describe("Microsoft's network client", () => {
  test('lists the interfaces of a whole scale set and of one of its machines', async () => {
    const { networkInterfaces } = network;
    const everyOne = await all(
      networkInterfaces.listVirtualMachineScaleSetNetworkInterfaces('cluster', scaleSet),
    );
    expect(addresses(everyOne)).toEqual(['10.0.0.4', '10.0.0.5']);
    const second = await all(
      networkInterfaces.listVirtualMachineScaleSetVMNetworkInterfaces('cluster', scaleSet, '1'),
    );
    expect(second).toEqual([everyOne[1]]);
    expect(second[0]!.virtualMachine?.id).toMatch(/\/virtualMachineScaleSets\/[^/]+\/virtualMachines\/1$/);
    expect(
      await networkInterfaces.getVirtualMachineScaleSetNetworkInterface(
        'cluster',
        scaleSet,
        '1',
        second[0]!.name!,
      ),
    ).toEqual(second[0]);
    const configurations = await all(
      networkInterfaces.listVirtualMachineScaleSetIpConfigurations(
        'cluster',
        scaleSet,
        '1',
        second[0]!.name!,
      ),
    );
    expect(configurations.map((item) => item.privateIPAddress)).toEqual(['10.0.0.5']);
  });

  test('lists only the interfaces of machines where it does not name a scale set', async () => {
    const masters = await all(network.networkInterfaces.list('cluster'));
    expect(masters).toHaveLength(3);
    expect(await all(network.networkInterfaces.listAll())).toEqual(masters);
  });

  test('gets 404 for the interfaces of a scale set that is not there', async () => {
    const missing = await rejection(
      all(network.networkInterfaces.listVirtualMachineScaleSetNetworkInterfaces('cluster', 'other')),
    );
    expect([missing.statusCode, missing.code]).toEqual([404, 'ResourceNotFound']);
  });
});

test('Microsoft’s SDK accepts the answer to a new availability set', async () => {
  const set = await compute.availabilitySets.createOrUpdate('cluster', 'fresh', {
    location: 'eastus',
    sku: { name: 'Aligned' },
    platformFaultDomainCount: 2,
    platformUpdateDomainCount: 5,
  });
  expect(set.name).toBe('fresh');
});
