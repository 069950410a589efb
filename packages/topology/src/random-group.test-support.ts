import * as fc from 'fast-check';
import type { TopologyResource } from './index.ts';

export const group = '/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/demo';

const types = [
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Network/virtualNetworks/subnets',
  'Microsoft.Network/networkInterfaces',
  'Microsoft.Network/loadBalancers',
  'Microsoft.Network/loadBalancers/inboundNatRules',
  'Microsoft.Network/networkSecurityGroups',
  'Microsoft.Network/networkSecurityGroups/securityRules',
  'Microsoft.Network/publicIPAddresses',
  'Microsoft.Network/natGateways',
  'Microsoft.Network/routeTables',
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Compute/virtualMachines/extensions',
  'Microsoft.Compute/virtualMachineScaleSets',
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines',
  'Microsoft.Compute/availabilitySets',
  'Microsoft.Compute/disks',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.KeyVault/vaults',
  'Contoso.Tea/pots',
  'Contoso.Tea/pots/cups',
] as const;
const names = ['a', 'b', 'c', 'main', '0'] as const;

const idOf = (type: string, own: readonly string[], scope = group): string => {
  const [provider, ...kinds] = type.split('/');
  return `${scope}/providers/${provider}/${kinds.map((kind, at) => `${kind}/${own[at] ?? 'a'}`).join('/')}`;
};

const anyNames = fc.array(fc.constantFrom(...names), { minLength: 3, maxLength: 3 });
const anyId = fc.tuple(fc.constantFrom(...types), anyNames).map(([type, own]) => idOf(type, own));

/** An id as it may be written: of a piece, of a part of one, of something elsewhere, in any case, or malformed. */
const anyWrittenId = fc.oneof(
  { weight: 8, arbitrary: anyId },
  { weight: 2, arbitrary: anyId.map((id) => id.toUpperCase()) },
  { weight: 1, arbitrary: anyId.map((id) => `${id}/`) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        anyId,
        fc.constantFrom('backendAddressPools/pool', 'frontendIPConfigurations/f', 'subnets/b', 'cups/c'),
      )
      .map(([id, part]) => `${id}/${part}`),
  },
  {
    weight: 1,
    arbitrary: anyId.map((id) => id.replace('/resourceGroups/demo', '/resourceGroups/elsewhere')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      group,
      `${group}/providers/Microsoft.Network`,
      '/subscriptions/22222222-2222-4222-8222-222222222222',
      '/providers/Microsoft.Authorization/roleDefinitions/a',
      '/subscriptions/',
      '/subscriptions//resourceGroups//providers///',
      '/providers/x',
    ),
  },
);

const reference = anyWrittenId.map((id) => ({ id }));
const configurations = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    properties: fc.record(
      {
        subnet: reference,
        publicIPAddress: reference,
        privateIPAddress: fc.constantFrom('10.0.0.4', '10.0.0.5'),
        loadBalancerBackendAddressPools: fc.array(reference, { maxLength: 2 }),
        loadBalancerInboundNatRules: fc.array(reference, { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
  }),
  { maxLength: 2 },
);
const parts = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    properties: fc.record(
      {
        protocol: fc.constantFrom('Tcp', 'Udp', 'All', '*'),
        frontendPort: fc.integer({ min: 0, max: 3 }),
        backendPort: fc.integer({ min: 0, max: 3 }),
        priority: fc.integer({ min: 100, max: 103 }),
        networkSecurityGroup: reference,
        natGateway: reference,
        backendAddressPool: reference,
        frontendIPConfiguration: reference,
      },
      { requiredKeys: [] },
    ),
  }),
  { maxLength: 2 },
);

const anyProperties = fc.record(
  {
    provisioningState: fc.constantFrom('Succeeded', 'Updating', 'Failed'),
    ipAddress: fc.constantFrom('203.0.113.1', '203.0.113.2'),
    ipConfigurations: configurations,
    frontendIPConfigurations: configurations,
    subnets: parts,
    inboundNatRules: parts,
    loadBalancingRules: parts,
    outboundRules: parts,
    securityRules: parts,
    routes: parts,
    availabilitySet: reference,
    virtualMachine: reference,
    virtualMachineScaleSet: reference,
    networkProfile: fc.record({ networkInterfaces: fc.array(reference, { maxLength: 2 }) }),
    storageProfile: fc.record({ osDisk: fc.record({ managedDisk: reference }) }),
    diagnosticsProfile: fc.constant({ bootDiagnostics: { storageUri: 'https://a.blob.localhost/' } }),
    primaryEndpoints: fc.constantFrom(
      { blob: 'https://a.blob.localhost/' },
      { blob: 'https://b.blob.localhost' },
    ),
    instanceView: fc.record({
      platformFaultDomain: fc.integer({ min: 0, max: 2 }),
      platformUpdateDomain: fc.integer({ min: 0, max: 2 }),
    }),
    anything: fc.oneof(
      fc.array(anyWrittenId, { maxLength: 2 }),
      fc.dictionary(anyWrittenId, fc.constant({}), { maxKeys: 2 }),
      fc.record({ deeper: fc.record({ still: anyWrittenId }) }),
    ),
  },
  { requiredKeys: [] },
);

/** One resource of any type, known or not, with properties that name others. */
export const anyResource: fc.Arbitrary<TopologyResource> = fc
  .record({
    type: fc.constantFrom(...types),
    own: anyNames,
    properties: anyProperties,
    managedBy: fc.option(anyWrittenId, { nil: undefined }),
    sku: fc.option(fc.record({ name: fc.constant('S'), capacity: fc.integer({ min: 0, max: 3 }) }), {
      nil: undefined,
    }),
  })
  .map(({ type, own, ...rest }) => {
    const depth = type.split('/').length - 1;
    return { ...rest, id: idOf(type, own), name: own.slice(0, depth).join('/'), type };
  });

/** Resources of one group, each there once, that name each other, themselves and others in any way. */
export const anyGroup: fc.Arbitrary<TopologyResource[]> = fc.uniqueArray(anyResource, {
  maxLength: 14,
  selector: ({ id }) => id.toLowerCase(),
});
