/** A property that says nothing about what someone built, and why. */
interface Noise {
  /** The ARM type in lower case that it belongs to; any type unless given. */
  type?: string;
  /** Property names from the resource inwards, without `properties` and without places in arrays; `*` stands for any beginning. */
  path: string;
  reason: string;
  /** Whether it is left out only where two clusters are compared by their structure. */
  betweenClusters?: true;
}

const madeUp = 'an identifier that Azure makes up';
const time = 'says when something happened, not what is there';
const reverse = 'written by Azure from the other end, which says it itself';
const name = 'follows from a name, and names of two clusters always differ';

/** What is not compared. Provisioning and power states are, where they say something: see `comparable-properties.ts`. */
const noise: readonly Noise[] = [
  { path: '*.etag', reason: 'changes with every write, whatever was written' },
  { path: 'id', reason: 'the identity by which pieces are matched' },
  { path: 'name', reason: 'the identity by which pieces are matched' },
  { path: 'type', reason: 'pieces of different types are never matched' },
  { path: 'apiVersion', reason: 'says how it was asked for' },
  { path: 'dependsOn', reason: 'says in which order a template creates things' },
  { path: 'instanceId', reason: 'the number in its identity' },
  { path: '*.resourceGuid', reason: madeUp },
  { path: '*.uniqueId', reason: madeUp },
  { path: '*.vmId', reason: madeUp },
  { path: '*.macAddress', reason: madeUp },
  { path: '*.systemData', reason: time },
  { path: '*.timeCreated', reason: time },
  { path: '*.creationTime', reason: time },
  { path: '*.createdTime', reason: time },
  { path: '*.changedTime', reason: time },
  { path: '*.lastModifiedTime', reason: time },
  { path: '*.LastOwnershipUpdateTime', reason: time },
  { path: 'keyCreationTime', reason: time },
  { path: 'defaultSecurityRules', reason: 'the same in every security group' },
  { path: 'diskState', reason: 'follows from the machine that uses it and from its power' },
  { path: 'managedBy', reason: reverse },
  { path: 'managedByExtended', reason: reverse },
  { type: 'microsoft.network/publicipaddresses', path: 'ipConfiguration', reason: reverse },
  { type: 'microsoft.network/virtualnetworks/subnets', path: 'ipConfigurations', reason: reverse },
  { type: 'microsoft.network/networksecuritygroups', path: 'subnets', reason: reverse },
  { type: 'microsoft.network/networksecuritygroups', path: 'networkInterfaces', reason: reverse },
  { type: 'microsoft.network/routetables', path: 'subnets', reason: reverse },
  { type: 'microsoft.network/natgateways', path: 'subnets', reason: reverse },
  { type: 'microsoft.network/networkinterfaces', path: 'virtualMachine', reason: reverse },
  {
    type: 'microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces',
    path: 'virtualMachine',
    reason: reverse,
  },
  { type: 'microsoft.compute/availabilitysets', path: 'virtualMachines', reason: reverse },
  { path: 'backendAddressPools.backendIPConfigurations', reason: reverse },
  { path: 'backendAddressPools.loadBalancerBackendAddresses', reason: reverse },
  { path: 'backendAddressPools.loadBalancingRules', reason: reverse },
  { path: 'backendAddressPools.outboundRules', reason: reverse },
  { path: 'frontendIPConfigurations.loadBalancingRules', reason: reverse },
  { path: 'frontendIPConfigurations.inboundNatRules', reason: reverse },
  { path: 'frontendIPConfigurations.outboundRules', reason: reverse },
  { path: 'probes.loadBalancingRules', reason: reverse },
  {
    type: 'microsoft.network/loadbalancers/inboundnatrules',
    path: 'backendIPConfiguration',
    reason: reverse,
  },
  {
    type: 'microsoft.compute/virtualmachines',
    path: 'resources',
    reason: 'its extensions, pieces themselves',
  },
  { path: '*.osDisk.name', reason: name, betweenClusters: true },
  { path: '*.dataDisks.name', reason: name, betweenClusters: true },
  { path: '*.computerName', reason: name, betweenClusters: true },
  { path: '*.computerNamePrefix', reason: name, betweenClusters: true },
  { path: 'primaryEndpoints', reason: name, betweenClusters: true },
  { path: 'secondaryEndpoints', reason: name, betweenClusters: true },
  { path: '*.bootDiagnostics.storageUri', reason: name, betweenClusters: true },
  {
    path: '*.domainNameLabel',
    reason: 'the beginning of the DNS name, which is compared',
    betweenClusters: true,
  },
  { path: 'ipAddress', reason: 'given out by Azure, to each cluster another one', betweenClusters: true },
];

const everywhere = { always: new Set<string>(), betweenClusters: new Set<string>() };
const anyDepth = { always: new Map<string, string[]>(), betweenClusters: new Map<string, string[]>() };
for (const { type, path, betweenClusters } of noise) {
  const when = betweenClusters ? 'betweenClusters' : 'always';
  if (path.startsWith('*.')) {
    const ending = path.slice(2);
    const last = ending.slice(ending.lastIndexOf('.') + 1);
    anyDepth[when].set(last, [...(anyDepth[when].get(last) ?? []), ending]);
  } else everywhere[when].add(`${type ?? ''} ${path}`);
}

/** Whether a property of a type is left out, by its path as names joined by dots. */
export function isNoise(type: string, path: string, isBetweenClusters: boolean): boolean {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const isIn = (when: 'always' | 'betweenClusters'): boolean =>
    everywhere[when].has(` ${path}`) ||
    everywhere[when].has(`${type} ${path}`) ||
    (anyDepth[when].get(last) ?? []).some((ending) => path === ending || path.endsWith(`.${ending}`));
  return isIn('always') || (isBetweenClusters && isIn('betweenClusters'));
}
