import type { JsonObject } from '@slipway/arm-template';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textAt } from './json-reading.ts';
import { polling, startTestCloud, subscription } from '../local-cloud.test-support.ts';
import type { TestCloud } from '../local-cloud.test-support.ts';
import { swarmStack } from '../swarm-stack.test-support.ts';

const group = `/subscriptions/${subscription}/resourceGroups/cluster`;
const network = `${group}/providers/Microsoft.Network`;

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('cluster', { location: 'eastus' });
});
afterAll(() => cloud.close());

async function read(path: string): Promise<JsonObject> {
  const answer = await cloud.send('GET', `${path}${path.includes('?') ? '&' : '?'}api-version=2025-05-01`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as JsonObject;
}

test('a cluster of three masters comes up through the engine, grows, and goes as one thing', async () => {
  const { deploymentStacks } = cloud.stacks;
  const made = await deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'cluster',
    'demo',
    swarmStack({ agentCount: 2 }),
    polling,
  );
  expect(made.properties?.provisioningState, JSON.stringify(made.properties?.error)).toBe('succeeded');

  const balancers = (await read(`${network}/loadBalancers`)).value as JsonObject[];
  expect(balancers).toHaveLength(2);
  const masters = balancers.find((balancer) => textAt(balancer, 'name')?.includes('master'))!;
  const pool = ((masters.properties as JsonObject).backendAddressPools as JsonObject[])[0]!;
  expect((pool.properties as JsonObject).backendIPConfigurations).toHaveLength(3);
  const rules = (await read(`${textAt(masters, 'id')}/inboundNatRules`)).value as JsonObject[];
  expect(rules.map((rule) => (rule.properties as JsonObject).frontendPort)).toEqual(
    expect.arrayContaining([22, 2200, 2201, 2202]),
  );

  const [scaleSet] = (await read(`${group}/providers/Microsoft.Compute/virtualMachineScaleSets`))
    .value as JsonObject[];
  const instances = async () =>
    ((await read(`${textAt(scaleSet, 'id')}/virtualMachines`)).value as JsonObject[]).map(
      ({ instanceId }) => instanceId,
    );
  expect(await instances()).toEqual(['0', '1']);
  expect(await read(`${textAt(scaleSet, 'id')}/virtualMachines/0/networkInterfaces`)).toMatchObject({
    value: [{ properties: { ipConfigurations: [{ properties: { privateIPAddress: '10.0.0.4' } }] } }],
  });
  expect(await read(`${textAt(scaleSet, 'id')}/instanceView`)).toMatchObject({
    virtualMachine: { statusesSummary: [{ code: 'ProvisioningState/succeeded', count: 2 }] },
  });
  const label = `/subscriptions/${subscription}/providers/Microsoft.Network/locations/eastus/CheckDnsNameAvailability`;
  expect(await read(`${label}?domainNameLabel=demomgmt`)).toEqual({ available: false });

  await deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'cluster',
    'demo',
    swarmStack({ agentCount: 3 }),
    polling,
  );
  expect(await instances()).toEqual(['0', '1', '2']);

  await deploymentStacks.beginDeleteAtResourceGroupAndWait('cluster', 'demo', {
    ...polling,
    unmanageActionResources: 'delete',
  });
  expect((await read(`${group}/resources`)).value).toEqual([]);
  expect(await read(`${label}?domainNameLabel=demomgmt`)).toEqual({ available: true });
});
