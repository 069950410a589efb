import { ComputeManagementClient } from '@azure/arm-compute';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  plainRequest,
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { swarmStack } from '../swarm-stack.test-support.ts';
import { HandClock } from '../test-provider.test-support.ts';

const group = 'cluster';
const minuteMs = 60_000;
const clock = new HandClock();
let cloud: TestCloud;
let compute: ComputeManagementClient;
let masters: string[];
let scaleSet: string;

beforeAll(async () => {
  cloud = await startTestCloud({ clock });
  const { credential, options } = cloud.access;
  compute = new ComputeManagementClient(credential, subscription, options);
  await cloud.resources.resourceGroups.createOrUpdate(group, { location: 'eastus' });
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    group,
    'demo',
    swarmStack(),
    polling,
  );
  masters = [];
  for await (const { name } of compute.virtualMachines.list(group)) masters.push(name!);
  for await (const { name } of compute.virtualMachineScaleSets.list(group)) scaleSet = name!;
});
afterAll(() => cloud.close());

/** A request without a token, as a browser sends it. */
const open = (address: URL | string, method = 'GET') =>
  plainRequest(new URL(address), cloud.cloud.certificatePem, method, {});

async function addressOf(name = masters[0]!, minutes?: number): Promise<URL> {
  const { serialConsoleLogBlobUri } = await compute.virtualMachines.retrieveBootDiagnosticsData(
    group,
    name,
    minutes === undefined ? {} : { sasUriExpirationTimeInMinutes: minutes },
  );
  return new URL(serialConsoleLogBlobUri!);
}

const expectRefused = async (address: URL): Promise<void> => {
  const answer = await open(address);
  expect(answer.status).toBe(403);
  expect(answer.headers['x-ms-error-code']).toBe('AuthenticationFailed');
  expect(answer.text).toContain('<Code>AuthenticationFailed</Code>');
  expect(answer.text).not.toContain('simulated');
};

describe('the boot log', () => {
  test('of a machine and of a scale-set instance is read at the address that the SDK gets, without a token', async () => {
    const ofInstance = await compute.virtualMachineScaleSetVMs.retrieveBootDiagnosticsData(
      group,
      scaleSet,
      '0',
    );
    for (const address of [await addressOf(), new URL(ofInstance.serialConsoleLogBlobUri!)]) {
      expect(address.origin).toBe(cloud.cloud.endpoint);
      const answer = await open(address);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.text).toContain('This machine is simulated');
    }
    expect(ofInstance.consoleScreenshotBlobUri).toBeUndefined();
  });

  test('is only read, and by nothing but a GET', async () => {
    const address = await addressOf();
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE'])
      expect([method, (await open(address, method)).status]).toEqual([method, 401]);
  });

  test('is not given for a signature that is changed, missing or of another machine', async () => {
    const [own, other] = [await addressOf(masters[0]), await addressOf(masters[1])];
    const changed = (change: (address: URL) => void): URL => {
      const address = new URL(own);
      change(address);
      return address;
    };
    const first = own.searchParams.get('sig')!.startsWith('A') ? 'B' : 'A';
    await expectRefused(
      changed(({ searchParams }) => searchParams.set('sig', first + own.searchParams.get('sig')!.slice(1))),
    );
    await expectRefused(changed(({ searchParams }) => searchParams.delete('sig')));
    await expectRefused(changed(({ searchParams }) => searchParams.set('se', '2100-01-01T00:00:00Z')));
    await expectRefused(changed((address) => (address.search = '')));
    await expectRefused(changed((address) => (address.pathname = other.pathname)));
    await expectRefused(changed((address) => (address.pathname = `${own.pathname}/more`)));
    await expectRefused(changed((address) => (address.pathname = '/bootdiagnostics/')));
  });
});

test.each(['0', '1441', '-5', '1e2', 'soon'])('an address cannot be good for %s minutes', async (minutes) => {
  const machine = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${masters[0]}`;
  const { status, json } = await cloud.send(
    'POST',
    `${machine}/retrieveBootDiagnosticsData?api-version=2026-04-01&sasUriExpirationTimeInMinutes=${minutes}`,
  );
  expect([status, json.error.code]).toEqual([400, 'InvalidParameter']);
});

test('a machine without boot diagnostics has no boot log; one made anew is not opened by an address of the old one', async () => {
  const name = masters[0]!;
  const address = await addressOf(name);
  const model = await compute.virtualMachines.get(group, name);
  const { diagnosticsProfile: _none, ...silent } = model;
  await compute.virtualMachines.createOrUpdate(group, name, silent, polling);
  const refused = await rejection(compute.virtualMachines.retrieveBootDiagnosticsData(group, name));
  expect([refused.statusCode, refused.code]).toEqual([409, 'OperationNotAllowed']);

  await compute.virtualMachines.delete(group, name, polling);
  await expectRefused(address);
  const { osDisk, ...storage } = model.storageProfile!;
  await compute.virtualMachines.createOrUpdate(
    group,
    name,
    {
      ...model,
      storageProfile: { ...storage, osDisk: { createOption: 'FromImage', name: `${osDisk!.name}-new` } },
    },
    polling,
  );
  await expectRefused(address);
  expect((await open(await addressOf(name))).status).toBe(200);
});

test('what is not there has no boot log', async () => {
  const refused = await rejection(compute.virtualMachines.retrieveBootDiagnosticsData(group, 'nobody'));
  expect([refused.statusCode, refused.code]).toEqual([404, 'ResourceNotFound']);
});

// The last one: it lets the time of this cloud's access tokens run out, too.
test('a boot log is not given any more when the time of its address is over', async () => {
  const [short, usual] = [await addressOf(masters[1], 1), await addressOf(masters[1])];
  clock.advance(2 * minuteMs);
  await expectRefused(short);
  expect((await open(usual)).status).toBe(200);
  clock.advance(120 * minuteMs);
  await expectRefused(usual);
});
