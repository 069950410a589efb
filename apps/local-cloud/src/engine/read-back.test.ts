import { afterAll, beforeAll, expect, test } from 'vitest';
import { polling, startTestCloud, type TestCloud } from '../local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'westeurope' });
});
afterAll(() => cloud.close());

/** Deploys resources, which get a location, and returns the values of the outputs whose expressions are given. */
async function outputsOf(
  name: string,
  resources: readonly object[],
  outputs: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: resources.map((resource) => ({
      apiVersion: '2021-01-01',
      location: '[resourceGroup().location]',
      properties: {},
      ...resource,
    })),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([output, value]) => [output, { type: 'string', value: `[${value}]` }]),
    ),
  };
  const body = { properties: { mode: 'Incremental', template } } as never;
  const made = await cloud.deployments.deployments.createOrUpdate('rg', name, body, polling);
  const values = (made.properties?.outputs ?? {}) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(values).map(([output, { value }]) => [output, value]));
}

const network = (name: string, subnet: string) => ({
  type: 'Microsoft.Network/virtualNetworks',
  name,
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [{ name: subnet, properties: { addressPrefix: '10.0.1.0/24' } }],
  },
});

const keyOf = (end: string) =>
  `listKeys(concat(resourceId('Microsoft.Web/sites', 'site'), '/host/default${end}'), '2018-11-01').masterKey`;

test('keys are told of a site by an id that ends in a slash', async () => {
  const site = { type: 'Microsoft.Web/sites', name: 'site' };
  const { plain, slashed } = await outputsOf('slash', [site], { plain: keyOf(''), slashed: keyOf('/') });
  expect(slashed).toMatch(/^[\w+/]{40,}=*$/);
  expect(slashed).toBe(plain);
});

test('parts that are there without being made are read, and have settings put on them', async () => {
  const account = {
    type: 'Microsoft.Storage/storageAccounts',
    name: 'readback',
    sku: { name: 'Standard_LRS' },
    kind: 'StorageV2',
  };
  const settings = {
    type: 'Microsoft.Storage/storageAccounts/blobServices/providers/diagnosticsettings',
    name: 'readback/default/Microsoft.Insights/logs',
    dependsOn: ['readback'],
    properties: { logs: [] },
  };
  const values = await outputsOf('parts', [account, settings, network('net', 'inside')], {
    service:
      "reference(resourceId('Microsoft.Storage/storageAccounts/blobServices', 'readback', 'default'), '2019-06-01').provisioningState",
    prefix:
      "reference(resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'inside'), '2020-05-01').addressPrefix",
  });
  expect(values).toEqual({ service: 'Succeeded', prefix: '10.0.1.0/24' });
});

test('what is protected by a backup is put into containers that nobody makes', async () => {
  const vault = { type: 'Microsoft.RecoveryServices/vaults', name: 'vault', sku: { name: 'Standard' } };
  const item = {
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems',
    name: 'vault/Azure/iaasvmcontainer;iaasvmcontainerv2;rg;vm/vm;iaasvmcontainerv2;rg;vm',
    dependsOn: ['vault'],
    properties: { protectedItemType: 'Microsoft.Compute/virtualMachines' },
  };
  const values = await outputsOf('backup', [vault, item], {
    fabric:
      "reference(resourceId('Microsoft.RecoveryServices/vaults/backupFabrics', 'vault', 'Azure'), '2020-02-02', 'Full').resourceId",
  });
  expect(values).toEqual({ fabric: 'Microsoft.RecoveryServices/vaults/backupFabrics/vault/Azure' });
});

test('the secrets of a container app are known by name, and told by nobody', async () => {
  const app = {
    type: 'Microsoft.App/containerApps',
    name: 'app',
    properties: {
      configuration: { ingress: { external: true }, secrets: [{ name: 'word', value: 'hidden-4711' }] },
    },
  };
  const values = await outputsOf('app', [app], {
    shown: "string(reference('app'))",
    name: "listSecrets(resourceId('Microsoft.App/containerApps', 'app'), '2022-03-01').value[0].name",
  });
  expect(values['name']).toBe('word');
  expect(values['shown']).not.toContain('hidden-4711');
  expect(values['shown']).toContain('.azurecontainerapps.slipway.internal');
});

test('a setting of a store is told by its key and label', async () => {
  const store = { type: 'Microsoft.AppConfiguration/configurationStores', name: 'store' };
  const setting = {
    type: 'Microsoft.AppConfiguration/configurationStores/keyValues',
    name: 'store/colour$dark',
    dependsOn: ['store'],
    properties: { value: 'black' },
  };
  const values = await outputsOf('settings', [store, setting], {
    value:
      "listKeyValue(resourceId('Microsoft.AppConfiguration/configurationStores', 'store'), '2019-10-01', createObject('key', 'colour', 'label', 'dark')).value",
  });
  expect(values).toEqual({ value: 'black' });
});

test('a dynamic address is there once a gateway uses it', async () => {
  const address = {
    type: 'Microsoft.Network/publicIPAddresses',
    name: 'address',
    properties: { publicIPAllocationMethod: 'Dynamic' },
  };
  const subnet = {
    id: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'outer', 'GatewaySubnet')]",
  };
  const publicIPAddress = { id: "[resourceId('Microsoft.Network/publicIPAddresses', 'address')]" };
  const gateway = {
    type: 'Microsoft.Network/virtualNetworkGateways',
    name: 'gateway',
    dependsOn: ['address', 'outer'],
    properties: { ipConfigurations: [{ name: 'c', properties: { subnet, publicIPAddress } }] },
  };
  const values = await outputsOf('gateway', [address, network('outer', 'GatewaySubnet'), gateway], {
    address: "reference('address').ipAddress",
    peer: "reference('gateway').bgpSettings.bgpPeeringAddress",
  });
  expect(values).toEqual({
    address: expect.stringMatching(/^203\.0\.113\.\d+$/) as string,
    peer: '10.0.1.254',
  });
});

test('the interface of a private endpoint is read by a nested deployment', async () => {
  const server = { type: 'Microsoft.Sql/servers', name: 'server' };
  const endpoint = {
    type: 'Microsoft.Network/privateEndpoints',
    name: 'endpoint',
    dependsOn: ['server', 'private'],
    properties: {
      subnet: { id: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'private', 'inside')]" },
      privateLinkServiceConnections: [
        {
          name: 'c',
          properties: {
            privateLinkServiceId: "[resourceId('Microsoft.Sql/servers', 'server')]",
            groupIds: ['sqlServer'],
          },
        },
      ],
    },
  };
  const nested = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2020-06-01',
    name: 'nested',
    location: undefined,
    dependsOn: ['endpoint'],
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: { id: { value: "[reference('endpoint').networkInterfaces[0].id]" } },
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        parameters: { id: { type: 'string' } },
        resources: [],
        outputs: {
          address: {
            type: 'string',
            value:
              "[reference(parameters('id'), '2020-05-01').ipConfigurations[0].properties.privateIPAddress]",
          },
        },
      },
    },
  };
  const values = await outputsOf('private', [server, network('private', 'inside'), endpoint, nested], {
    address: "reference('nested').outputs.address.value",
  });
  expect(values).toEqual({ address: '10.0.1.4' });
});

test('the interface of a private endpoint stays with it in complete mode, and is not foreseen to go', async () => {
  await cloud.resources.resourceGroups.createOrUpdate('whole', { location: 'westeurope' });
  const resources = [
    { ...network('net', 'inside'), apiVersion: '2021-02-01', location: 'westeurope' },
    {
      type: 'Microsoft.Network/privateEndpoints',
      apiVersion: '2021-02-01',
      name: 'endpoint',
      location: 'westeurope',
      dependsOn: ['net'],
      properties: {
        subnet: { id: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'inside')]" },
        privateLinkServiceConnections: [],
      },
    },
  ];
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources,
  };
  const body = { properties: { mode: 'Complete', template } } as never;
  const typesNow = async () => {
    const types: string[] = [];
    for await (const { type } of cloud.resources.resources.listByResourceGroup('whole'))
      types.push(type ?? '');
    return types.toSorted((a, b) => (a < b ? -1 : 1));
  };
  for (let turn = 0; turn < 2; turn += 1) {
    await cloud.deployments.deployments.createOrUpdate('whole', 'd', body, polling);
    expect(await typesNow()).toEqual([
      'Microsoft.Network/networkInterfaces',
      'Microsoft.Network/privateEndpoints',
      'Microsoft.Network/virtualNetworks',
    ]);
  }
  const { changes = [] } = await cloud.deployments.deployments.whatIf('whole', 'w', body, polling);
  expect(changes.map(({ changeType }) => changeType).toSorted()).toEqual(['Ignore', 'NoChange', 'NoChange']);
});
