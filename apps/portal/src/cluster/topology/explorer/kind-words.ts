import type { NodeKind } from '@slipway/topology';

/** What the pieces of a kind are called, in the plural. */
export const kindWords: Readonly<Record<NodeKind, string>> = {
  containerService: 'Container service',
  internet: 'Internet',
  publicIp: 'Public IP addresses',
  loadBalancer: 'Load balancers',
  loadBalancerRule: 'Load balancer rules',
  gateway: 'Gateways',
  networkInterface: 'Network interfaces',
  virtualMachine: 'Virtual machines',
  extension: 'Set-up scripts',
  scaleSet: 'Scale sets',
  scaleSetInstance: 'Scale set instances',
  availabilitySet: 'Availability sets',
  virtualNetwork: 'Virtual networks',
  subnet: 'Subnets',
  networkSecurityGroup: 'Security groups',
  securityRule: 'Security rules',
  routeTable: 'Route tables',
  route: 'Routes',
  disk: 'Disks',
  storageAccount: 'Storage accounts',
  other: 'Other resources',
  outside: 'Outside these resources',
};

/** What the layers are called, from the internet inwards; their number is a node's rank. */
export const layerWords: readonly string[] = [
  'The internet',
  'Public addresses',
  'Load balancers and security groups',
  'Networks and interfaces',
  'Machines',
  'What machines use',
  'The rest',
];

/** The name of a layer. */
export const layerName = (rank: number): string => layerWords[rank] ?? `Layer ${rank}`;
