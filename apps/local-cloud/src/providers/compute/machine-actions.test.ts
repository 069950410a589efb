import { ComputeManagementClient, type VirtualMachine } from '@azure/arm-compute';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../../local-cloud.test-support.ts';
import { swarmStack } from '../../swarm-stack.test-support.ts';

const group = 'cluster';
const apiVersion = '2026-04-01';
let cloud: TestCloud;
let compute: ComputeManagementClient;
let master: VirtualMachine;
let scaleSet: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  const { credential, options } = cloud.access;
  compute = new ComputeManagementClient(credential, subscription, options);
  await cloud.resources.resourceGroups.createOrUpdate(group, { location: 'eastus' });
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    group,
    'demo',
    swarmStack(),
    polling,
  );
  for await (const machine of compute.virtualMachines.list(group)) master ??= machine;
  for await (const set of compute.virtualMachineScaleSets.list(group)) scaleSet = set.name!;
});
afterAll(() => cloud.close());
afterEach(async () => {
  await setMoods();
  await compute.virtualMachines.start(group, master.name!, polling);
});

const setMoods = (...work: object[]) => cloud.send('PUT', '/slipway/moods', { body: { work } });

const powerOfMaster = async () =>
  (await compute.virtualMachines.instanceView(group, master.name!)).statuses?.at(-1)?.code;
const powerOfAgent = async (id = '0') =>
  (await compute.virtualMachineScaleSetVMs.getInstanceView(group, scaleSet, id)).statuses?.at(-1)?.code;

/** The path of an action on a machine. */
const at = (id: string, action: string) => `${id}/${action}?api-version=${apiVersion}`;
const agentId = () =>
  `${master.id!.split('/').slice(0, -2).join('/')}/virtualMachineScaleSets/${scaleSet}/virtualMachines/0`;

describe('a machine', () => {
  test('is stopped, deallocated, started and restarted by the SDK', async () => {
    const { virtualMachines: machines } = compute;
    const name = master.name!;
    await machines.powerOff(group, name, polling);
    expect(await powerOfMaster()).toBe('PowerState/stopped');
    await machines.deallocate(group, name, polling);
    expect(await powerOfMaster()).toBe('PowerState/deallocated');
    await machines.start(group, name, polling);
    expect(await powerOfMaster()).toBe('PowerState/running');
    await machines.restart(group, name, polling);
    expect(await powerOfMaster()).toBe('PowerState/running');
    expect((await machines.get(group, name)).provisioningState).toBe('Succeeded');
  });

  test('of a scale set is stopped, deallocated, started and restarted by the SDK, and no other one', async () => {
    const { virtualMachineScaleSetVMs: machines } = compute;
    await machines.powerOff(group, scaleSet, '0', polling);
    expect(await powerOfAgent()).toBe('PowerState/stopped');
    expect(await powerOfAgent('1')).toBe('PowerState/running');
    await machines.deallocate(group, scaleSet, '0', polling);
    expect(await powerOfAgent()).toBe('PowerState/deallocated');
    await machines.start(group, scaleSet, '0', polling);
    expect(await powerOfAgent()).toBe('PowerState/running');
    await machines.restart(group, scaleSet, '0', polling);
    expect(await powerOfAgent()).toBe('PowerState/running');
  });

  test('that is deallocated stays so when it is stopped', async () => {
    await compute.virtualMachines.deallocate(group, master.name!, polling);
    await compute.virtualMachines.powerOff(group, master.name!, polling);
    expect(await powerOfMaster()).toBe('PowerState/deallocated');
  });

  test.each([
    ['start', 'PowerState/starting'],
    ['powerOff', 'PowerState/stopping'],
    ['POWEROFF', 'PowerState/stopping'],
    ['deallocate', 'PowerState/deallocating'],
    ['restart', 'PowerState/starting'],
  ])('says so while %s is under way, and takes nothing else meanwhile', async (action, power) => {
    await setMoods({ mood: 'never-ends', action: 'action' });
    const accepted = await cloud.send('POST', at(master.id!, action));
    expect([accepted.status, accepted.text]).toEqual([202, '']);
    expect(accepted.headers['azure-asyncoperation']).toContain('/operations/');
    expect(accepted.headers['location']).toContain('/operationResults/');
    expect(await powerOfMaster()).toBe(power);
    const busy = await cloud.send('POST', at(master.id!, 'start'));
    expect([busy.status, busy.json.error.code]).toEqual([409, 'AnotherOperationInProgress']);
    const result = new URL(String(accepted.headers['location']));
    expect((await cloud.send('GET', `${result.pathname}${result.search}`)).status).toBe(202);
  });

  test('keeps the power that it had when an action on it fails, and says why', async () => {
    await setMoods({
      mood: 'fails',
      action: 'action',
      error: { code: 'AllocationFailed', message: 'Full.' },
    });
    const failed = await rejection(
      Promise.resolve(compute.virtualMachines.powerOff(group, master.name!, polling)),
    );
    expect(failed.message).toContain('Full.');
    expect(await powerOfMaster()).toBe('PowerState/running');
    expect((await compute.virtualMachines.get(group, master.name!)).provisioningState).toBe('Failed');
    const provisioning = async () =>
      (await compute.virtualMachines.instanceView(group, master.name!)).statuses?.[0];
    expect(await provisioning()).toMatchObject({
      code: 'ProvisioningState/failed/AllocationFailed',
      level: 'Error',
      message: 'Full.',
    });
    await setMoods();
    await compute.virtualMachines.start(group, master.name!, polling);
    expect(await provisioning()).toMatchObject({ code: 'ProvisioningState/succeeded' });
  });

  test('that does not run cannot be restarted', async () => {
    await compute.virtualMachines.powerOff(group, master.name!, polling);
    const refused = await rejection(
      Promise.resolve(compute.virtualMachines.restart(group, master.name!, polling)),
    );
    expect([refused.statusCode, refused.code]).toEqual([409, 'OperationNotAllowed']);
  });

  test('that is not there cannot be started; nor does a machine know other actions', async () => {
    const missing = await cloud.send('POST', at(`${master.id!}-not`, 'start'));
    expect([missing.status, missing.json.error.code]).toEqual([404, 'ResourceNotFound']);
    const noGroup = await cloud.send('POST', at(master.id!.replace(`/${group}/`, '/nowhere/'), 'start'));
    expect([noGroup.status, noGroup.json.error.code]).toEqual([404, 'ResourceGroupNotFound']);
    for (const action of ['reimage', 'redeploy', 'generalize'])
      expect((await cloud.send('POST', at(master.id!, action))).status).toBe(404);
    expect((await cloud.send('PUT', at(master.id!, 'start'), { body: {} })).status).toBe(405);
  });

  test('stays stopped when it is put again, and after a delete of it that failed', async () => {
    await compute.virtualMachines.powerOff(group, master.name!, polling);
    const { tags: _tags, ...model } = await compute.virtualMachines.get(group, master.name!);
    await compute.virtualMachines.createOrUpdate(
      group,
      master.name!,
      { ...model, tags: { put: 'again' } },
      polling,
    );
    expect(await powerOfMaster()).toBe('PowerState/stopped');
    await setMoods({ mood: 'fails', action: 'delete', times: 1 });
    await rejection(Promise.resolve(compute.virtualMachines.delete(group, master.name!, polling)));
    expect(await powerOfMaster()).toBe('PowerState/stopped');
  });

  test('of a scale set stays stopped when the scale set is put again', async () => {
    await compute.virtualMachineScaleSetVMs.powerOff(group, scaleSet, '0', polling);
    const model = await compute.virtualMachineScaleSets.get(group, scaleSet);
    await compute.virtualMachineScaleSets.createOrUpdate(
      group,
      scaleSet,
      { ...model, tags: { put: 'again' }, sku: { ...model.sku!, capacity: 3 } },
      polling,
    );
    expect([await powerOfAgent('0'), await powerOfAgent('2')]).toEqual([
      'PowerState/stopped',
      'PowerState/running',
    ]);
    await compute.virtualMachineScaleSetVMs.start(group, scaleSet, '0', polling);
  });

  test('of a scale set that is being changed takes no action', async () => {
    await setMoods({ mood: 'never-ends', type: '*/virtualMachineScaleSets', action: 'write' });
    const path = `${agentId().split('/').slice(0, -2).join('/')}?api-version=${apiVersion}`;
    const { json: model } = await cloud.send('GET', path);
    await cloud.send('PUT', path, { body: { ...model, tags: { put: 'slowly' } } });
    const busy = await cloud.send('POST', at(agentId(), 'poweroff'));
    expect([busy.status, busy.json.error.code]).toEqual([409, 'AnotherOperationInProgress']);
  });

  test('takes extensions only while it runs', async () => {
    const extensions = compute.virtualMachineExtensions;
    const extension = {
      location: 'eastus',
      publisher: 'Contoso',
      typePropertiesType: 'Greeting',
      typeHandlerVersion: '1.0',
    };
    const put = () =>
      Promise.resolve(extensions.createOrUpdate(group, master.name!, 'greet', extension, polling));
    await compute.virtualMachines.powerOff(group, master.name!, polling);
    const refused = await rejection(put());
    expect([refused.statusCode, refused.code, refused.message]).toEqual([
      409,
      'OperationNotAllowed',
      'Cannot modify extensions in the VM when the VM is not running.',
    ]);
    await compute.virtualMachines.start(group, master.name!, polling);
    expect((await put()).provisioningState).toBe('Succeeded');
  });
});
