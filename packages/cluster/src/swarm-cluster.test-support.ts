import type { JsonValue } from '@slipway/arm-template';
import { readSwarmFiles, specOf } from './cluster.test-support.ts';
import { at, expandedCluster, type ExpandedResource } from './expansion.test-support.ts';
import { swarmDeployment, type DeploymentParameters } from './swarm.ts';

export const files = readSwarmFiles();
export const { parameters } = swarmDeployment(specOf(), files);
export const cluster = expandedCluster(3);

export const ofType = (type: string, resources = cluster): ExpandedResource[] =>
  resources.filter((resource) => resource.type === type);
export const balancers = (resources = cluster): ExpandedResource[] =>
  ofType('Microsoft.Network/loadBalancers', resources);
export const balancerWith = (rules: string, resources = cluster): ExpandedResource =>
  balancers(resources).find((balancer) => Object.hasOwn(at(balancer, 'properties') as object, rules))!;
export const masterBalancer = (resources = cluster): ExpandedResource =>
  balancerWith('inboundNatRules', resources);
export const agentBalancer = (resources = cluster): ExpandedResource =>
  balancerWith('loadBalancingRules', resources);
export const scaleSet = (resources = cluster): ExpandedResource =>
  ofType('Microsoft.Compute/virtualMachineScaleSets', resources)[0]!;
export const machines = (resources = cluster): ExpandedResource[] =>
  ofType('Microsoft.Compute/virtualMachines', resources);
export const extensions = (resources = cluster): ExpandedResource[] =>
  ofType('Microsoft.Compute/virtualMachines/extensions', resources);
export const scaleSetExtension = (resources = cluster): JsonValue =>
  at(scaleSet(resources), 'properties', 'virtualMachineProfile', 'extensionProfile', 'extensions', 0);

export const decoded = (value: JsonValue): string => Buffer.from(value as string, 'base64').toString('utf8');
export const masterCloudInit = (resources = cluster): string =>
  decoded(at(machines(resources)[0], 'properties', 'osProfile', 'customData'));
export const agentCloudInit = (resources = cluster): string =>
  decoded(at(scaleSet(resources), 'properties', 'virtualMachineProfile', 'osProfile', 'customData'));
export const scripts = (resources = cluster): string[] =>
  [...extensions(resources), scaleSetExtension(resources)].map((extension) =>
    decoded(at(extension, 'properties', 'protectedSettings', 'script')),
  );

/** The stack's parameters as ARM returns them. */
export const stored = (given: DeploymentParameters): Record<string, { type: string; value: unknown }> =>
  Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, { type: 'String', value }]));
