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

/** A load balancer on a public address of its own, with what a test adds to it. */
async function putLoadBalancer(name: string, rules: (frontend: object, pool: object) => object) {
  await put('Microsoft.Network/publicIPAddresses', `${name}-ip`, {
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static' },
  });
  const id = `${group}/providers/Microsoft.Network/loadBalancers/${name}`;
  const frontend = { id: `${id}/frontendIPConfigurations/front` };
  const pool = { id: `${id}/backendAddressPools/pool` };
  const publicIPAddress = { id: `${group}/providers/Microsoft.Network/publicIPAddresses/${name}-ip` };
  return put('Microsoft.Network/loadBalancers', name, {
    sku: { name: 'Standard' },
    properties: {
      frontendIPConfigurations: [{ name: 'front', properties: { publicIPAddress } }],
      backendAddressPools: [{ name: 'pool' }],
      ...rules(frontend, pool),
    },
  });
}

test('a rule that shares its frontend with an outbound rule must not translate addresses itself', async () => {
  const answer = await putLoadBalancer('snat', (frontend, pool) => ({
    loadBalancingRules: [
      {
        name: 'http',
        properties: {
          frontendIPConfiguration: frontend,
          backendAddressPool: pool,
          protocol: 'Tcp',
          frontendPort: 80,
          backendPort: 80,
        },
      },
    ],
    outboundRules: [
      {
        name: 'out',
        properties: { frontendIPConfigurations: [frontend], backendAddressPool: pool, protocol: 'All' },
      },
    ],
  }));
  expect([answer.status, answer.json.error.code]).toEqual([
    400,
    'LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule',
  ]);
});

const natRule = (name: string, frontendPort: number, frontend: object) => ({
  name,
  properties: { frontendIPConfiguration: frontend, protocol: 'Tcp', frontendPort, backendPort: 22 },
});

test('two NAT rules to the same port of one interface are refused', async () => {
  await putLoadBalancer('nat', (frontend) => ({
    inboundNatRules: [natRule('one', 2200, frontend), natRule('two', 22, frontend)],
  }));
  const rules = `${group}/providers/Microsoft.Network/loadBalancers/nat/inboundNatRules`;
  const networks = await cloud.send('GET', `${group}/providers/Microsoft.Network/virtualNetworks?${api}`);
  const answer = await put('Microsoft.Network/networkInterfaces', 'both', {
    properties: {
      ipConfigurations: [
        {
          name: 'ip',
          properties: {
            subnet: { id: networks.json.value[0].properties.subnets[0].id },
            loadBalancerInboundNatRules: [{ id: `${rules}/one` }, { id: `${rules}/two` }],
          },
        },
      ],
    },
  });
  expect([answer.status, answer.json.error.code]).toEqual([
    400,
    'RulesUseSameBackendPortProtocolAndIPConfig',
  ]);
});

test('more cores than the quota has are refused, with the numbers', async () => {
  const scaleSets = `${group}/providers/Microsoft.Compute/virtualMachineScaleSets`;
  const listed = await cloud.send('GET', `${scaleSets}?${api}`);
  const [scaleSet] = listed.json.value;
  const answer = await put('Microsoft.Compute/virtualMachineScaleSets', scaleSet.name, {
    sku: { ...scaleSet.sku, name: 'Standard_D16s_v5', capacity: 100 },
    properties: scaleSet.properties,
  });
  expect([answer.status, answer.json.error.code]).toEqual([409, 'OperationNotAllowed']);
  expect(answer.json.error.message).toMatch(
    /Current Limit: \d+, Current Usage: \d+, Additional Required: \d+/,
  );
});

test('a number where text belongs is taken as text, as Azure does', async () => {
  const answer = await put('Microsoft.Network/networkSecurityGroups', 'numbers', {
    properties: {
      securityRules: [
        {
          name: 'ssh',
          properties: {
            priority: 100,
            direction: 'Inbound',
            access: 'Allow',
            protocol: 'Tcp',
            sourceAddressPrefix: '*',
            sourcePortRange: '*',
            destinationAddressPrefix: '*',
            destinationPortRange: 22,
          },
        },
      ],
    },
  });
  expect(answer.status).toBe(201);
  expect(answer.json.properties.securityRules[0].properties.destinationPortRange).toBe('22');
});
