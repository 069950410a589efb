import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { polling, startTestCloud, subscription, type TestCloud } from '../local-cloud.test-support.ts';

let lenient: TestCloud;
let strict: TestCloud;
beforeAll(async () => {
  [lenient, strict] = await Promise.all([startTestCloud(), startTestCloud({ settings: { isStrict: true } })]);
  for (const cloud of [lenient, strict])
    await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => Promise.all([lenient.close(), strict.close()]));

const path = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/deployments/d?api-version=2021-04-01`;

const machine = (storageProfile: object) => ({
  type: 'Microsoft.Compute/virtualMachineScaleSets',
  apiVersion: '2017-12-01',
  name: 'set',
  location: 'eastus',
  sku: { name: 'Standard_D2_v2', capacity: 0 },
  properties: {
    upgradePolicy: { mode: 'Manual' },
    virtualMachineProfile: {
      storageProfile,
      osProfile: { computerNamePrefix: 'm', adminUsername: 'sailor', adminPassword: 'Not-a-word-0' },
      networkProfile: { networkInterfaceConfigurations: [] },
    },
  },
});
const retired: [name: string, code: string, resource: object][] = [
  [
    'a Basic address',
    'IPv4BasicSkuPublicIpCountLimitReached',
    {
      type: 'Microsoft.Network/publicIPAddresses',
      apiVersion: '2017-03-01',
      name: 'ip',
      location: 'eastus',
      properties: { publicIPAllocationMethod: 'Dynamic' },
    },
  ],
  [
    'the Azure Container Service',
    'NoRegisteredProviderFound',
    {
      type: 'Microsoft.ContainerService/containerServices',
      apiVersion: '2017-01-31',
      name: 'swarm',
      location: 'eastus',
      properties: {
        orchestratorProfile: { orchestratorType: 'Swarm' },
        masterProfile: { count: 1, dnsPrefix: 'oursmgmt' },
        agentPoolProfiles: [{ name: 'pool', count: 1, dnsPrefix: 'oursagents' }],
      },
    },
  ],
  [
    'an image of long ago',
    'PlatformImageNotFound',
    machine({
      imageReference: {
        publisher: 'Canonical',
        offer: 'UbuntuServer',
        sku: '14.04.5-LTS',
        version: 'latest',
      },
      osDisk: { createOption: 'FromImage' },
    }),
  ],
];
const deploy = (cloud: TestCloud, resource: object, outputs: object = {}) =>
  cloud.deployments.deployments.createOrUpdate(
    'rg',
    'd',
    {
      properties: {
        mode: 'Incremental',
        template: { $schema: 's#', contentVersion: '1.0.0.0', resources: [resource], outputs },
      },
    } as never,
    polling,
  );

describe.each(retired)('%s', (_name, code, resource) => {
  test('is made, and the deployment says that Azure would refuse it', async () => {
    const validated = await lenient.deployments.deployments.validate(
      'rg',
      'd',
      {
        properties: {
          mode: 'Incremental',
          template: { $schema: 's#', contentVersion: '1.0.0.0', resources: [resource] },
        },
      } as never,
      polling,
    );
    expect(validated.properties?.diagnostics).toMatchObject([{ level: 'Warning', code }]);
  });

  test('is refused by a strict cloud, with the words of Azure', async () => {
    const template = { $schema: 's#', contentVersion: '1.0.0.0', resources: [resource] };
    const refused = await strict.send('PUT', path, {
      body: { properties: { mode: 'Incremental', template } },
    });
    expect(refused.json.error).toMatchObject({
      code: 'InvalidTemplateDeployment',
      details: [{ code }],
    });
  });
});

test('the container service of 2017 tells the names of its two addresses', async () => {
  const [, , service = {}] = retired[1] ?? [];
  const reference = "reference(resourceId('Microsoft.ContainerService/containerServices', 'swarm'))";
  const made = await deploy(lenient, service, {
    masters: { type: 'string', value: `[${reference}.masterProfile.fqdn]` },
    agents: { type: 'string', value: `[${reference}.agentPoolProfiles[0].fqdn]` },
  });
  expect(made.properties?.outputs).toEqual({
    masters: { type: 'String', value: 'oursmgmt.eastus.cloudapp.slipway.internal' },
    agents: { type: 'String', value: 'oursagents.eastus.cloudapp.slipway.internal' },
  });
  expect(made.properties?.diagnostics).toHaveLength(1);
});
