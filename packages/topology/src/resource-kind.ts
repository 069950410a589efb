import type { NodeKind } from './graph.ts';

interface TypeDescription {
  kind: NodeKind;
  displayName: string;
}

/** Resource types by their lower-case ARM name. */
const types: Readonly<Record<string, TypeDescription>> = {
  'microsoft.network/publicipaddresses': { kind: 'publicIp', displayName: 'Public IP address' },
  'microsoft.network/loadbalancers': { kind: 'loadBalancer', displayName: 'Load balancer' },
  'microsoft.network/networkinterfaces': { kind: 'networkInterface', displayName: 'Network interface' },
  'microsoft.network/virtualnetworks': { kind: 'virtualNetwork', displayName: 'Virtual network' },
  'microsoft.network/virtualnetworks/subnets': { kind: 'subnet', displayName: 'Subnet' },
  'microsoft.network/networksecuritygroups': {
    kind: 'networkSecurityGroup',
    displayName: 'Network security group',
  },
  'microsoft.compute/virtualmachines': { kind: 'virtualMachine', displayName: 'Virtual machine' },
  'microsoft.compute/virtualmachines/extensions': { kind: 'extension', displayName: 'Machine extension' },
  'microsoft.compute/availabilitysets': { kind: 'availabilitySet', displayName: 'Availability set' },
  'microsoft.compute/virtualmachinescalesets': { kind: 'scaleSet', displayName: 'Scale set' },
  'microsoft.compute/virtualmachinescalesets/extensions': {
    kind: 'extension',
    displayName: 'Scale set extension',
  },
  'microsoft.compute/virtualmachinescalesets/virtualmachines': {
    kind: 'scaleSetInstance',
    displayName: 'Scale set instance',
  },
  'microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces': {
    kind: 'networkInterface',
    displayName: 'Network interface',
  },
  'microsoft.compute/virtualmachinescalesets/virtualmachines/extensions': {
    kind: 'extension',
    displayName: 'Machine extension',
  },
  'microsoft.compute/disks': { kind: 'disk', displayName: 'Managed disk' },
  'microsoft.storage/storageaccounts': { kind: 'storageAccount', displayName: 'Storage account' },
  'microsoft.resources/deployments': { kind: 'other', displayName: 'Deployment' },
  'microsoft.resources/deploymentstacks': { kind: 'containerService', displayName: 'Container service' },
  'microsoft.resources/resourcegroups': { kind: 'other', displayName: 'Resource group' },
};

/** What a resource of this ARM type is drawn as; `other` for types that nobody here knows. */
export function kindOfType(type: string): NodeKind {
  const known = types[type.toLowerCase()];
  return known === undefined || known.kind === 'containerService' ? 'other' : known.kind;
}

/**
 * An ARM type in plain words, for example `Load balancer`. A type that is not known is named by its last
 * segment, split into words: `Microsoft.Network/natGateways` becomes `Nat gateways`.
 */
export function displayNameOfType(type: string): string {
  const known = types[type.toLowerCase()];
  if (known) return known.displayName;
  const last = type.split('/').at(-1) ?? type;
  const words = last
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return words === '' ? type : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Distance from the internet of each kind; what is further away from the internet's traffic stands further in. */
export const rankOfKind: Readonly<Record<NodeKind, number>> = {
  internet: 0,
  containerService: 1,
  publicIp: 1,
  loadBalancer: 2,
  loadBalancerRule: 2,
  gateway: 2,
  networkSecurityGroup: 2,
  securityRule: 2,
  routeTable: 2,
  route: 2,
  virtualNetwork: 3,
  subnet: 3,
  networkInterface: 3,
  availabilitySet: 4,
  virtualMachine: 4,
  scaleSet: 4,
  scaleSetInstance: 4,
  extension: 5,
  disk: 5,
  storageAccount: 5,
  other: 6,
  outside: 6,
};
