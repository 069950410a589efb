import { afterAll, beforeAll, expect, test } from 'vitest';
import { polling, startTestCloud, subscription, type TestCloud } from '../local-cloud.test-support.ts';
import { swarmStack } from '../swarm-stack.test-support.ts';

const group = `/subscriptions/${subscription}/resourceGroups/cluster`;
const api = 'api-version=2025-05-01';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('cluster', { location: 'eastus' });
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'cluster',
    'demo',
    swarmStack(),
    polling,
  );
});
afterAll(() => cloud.close());

const put = (type: string, name: string, body: object) =>
  cloud.send('PUT', `${group}/providers/${type}/${name}?${api}`, { body: { location: 'eastus', ...body } });

const subnet = (name: string) => ({ name, properties: { addressPrefix: '10.0.0.0/24' } });

test('subnets that overlap are refused', async () => {
  const answer = await put('Microsoft.Network/virtualNetworks', 'overlap', {
    properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets: [subnet('a'), subnet('b')] },
  });
  expect([answer.status, answer.json.error.code]).toEqual([400, 'NetcfgSubnetRangesOverlap']);
});

test('a DNS label that is taken is refused', async () => {
  const answer = await put('Microsoft.Network/publicIPAddresses', 'second', {
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static', dnsSettings: { domainNameLabel: 'demomgmt' } },
  });
  expect([answer.status, answer.json.error.code]).toEqual([400, 'DnsRecordInUse']);
});

test('a change of customData is refused', async () => {
  const listed = await cloud.send('GET', `${group}/providers/Microsoft.Compute/virtualMachines?${api}`);
  const [machine] = listed.json.value;
  const { osProfile } = machine.properties;
  const answer = await put('Microsoft.Compute/virtualMachines', machine.name, {
    properties: { ...machine.properties, osProfile: { ...osProfile, customData: 'b3RoZXI=' } },
  });
  expect([answer.status, answer.json.error.code]).toEqual([409, 'PropertyChangeNotAllowed']);
});

test('a reference to what is not there is refused', async () => {
  const answer = await put('Microsoft.Network/networkInterfaces', 'lost', {
    properties: {
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: { id: `${group}/providers/Microsoft.Network/virtualNetworks/missing/subnets/s` },
          },
        },
      ],
    },
  });
  expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidResourceReference']);
});

test('a size that is not offered is refused', async () => {
  const listed = await cloud.send(
    'GET',
    `${group}/providers/Microsoft.Compute/virtualMachineScaleSets?${api}`,
  );
  const [scaleSet] = listed.json.value;
  const resized = (sku: object) =>
    put('Microsoft.Compute/virtualMachineScaleSets', scaleSet.name, {
      sku: { ...scaleSet.sku, ...sku },
      properties: scaleSet.properties,
    });
  const size = await resized({ name: 'Standard_Imaginary_v9' });
  expect([size.status, size.json.error.code]).toEqual([400, 'InvalidParameter']);
});
