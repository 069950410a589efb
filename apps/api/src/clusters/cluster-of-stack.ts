import { CHANGE_TAG, CLUSTER_TAG, agentPortSchema, faultDomainCountSchema } from '@slipway/cluster';
import {
  type Cluster,
  type ClusterPath,
  type ClusterState,
  type ResourceGroup,
  isBeingDeleted,
} from '@slipway/contract';
import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';
import { type Stack, findStack } from '../arm/stacks.ts';
import { readChangeTag } from './change-tag.ts';

const parametersSchema = z.object({
  location: z.string().optional(),
  dnsPrefix: z.string().default(''),
  adminUsername: z.string().default(''),
  masterCount: z.number().int().default(0),
  agentCount: z.number().int().default(0),
  agentMachineSize: z.string().default(''),
  agentPorts: z.array(agentPortSchema).optional().catch(undefined),
  addressSpace: z.array(z.string()).optional().catch(undefined),
  masterSubnet: z.string().optional().catch(undefined),
  agentSubnet: z.string().optional().catch(undefined),
  userTags: z.record(z.string(), z.string()).optional().catch(undefined),
  faultDomainCount: faultDomainCountSchema.optional().catch(undefined),
});
const outputsSchema = z.object({ masterFQDN: z.string().optional(), agentFQDN: z.string().optional() });

/** What a cluster is doing, from its stack's state and its group's. */
export function clusterState(stackState: string, groupState: string | undefined): ClusterState {
  if (isBeingDeleted(groupState)) return 'deleting';
  switch (stackState.toLowerCase()) {
    case 'succeeded':
      return 'succeeded';
    case 'failed':
      return 'failed';
    case 'canceled':
      return 'canceled';
    case 'deleting':
    case 'deletingresources':
      return 'deleting';
    default:
      return 'deploying';
  }
}

/** Whether a stack is one of Slipway's clusters. */
export const isCluster = (stack: Stack): boolean => CLUSTER_TAG in stack.tags;

/** A cluster as its stack and group tell it; `undefined` for a stack whose parameters are not a cluster's. */
export function toCluster(stack: Stack, group: ResourceGroup, subscriptionId: string): Cluster | undefined {
  const parameters = parametersSchema.safeParse(stack.parameters);
  const outputs = outputsSchema.safeParse(stack.outputs);
  if (!isCluster(stack) || !parameters.success) return undefined;
  const {
    location,
    dnsPrefix,
    adminUsername,
    masterCount,
    agentCount,
    agentMachineSize,
    agentPorts,
    addressSpace,
    masterSubnet,
    agentSubnet,
    userTags,
    faultDomainCount,
  } = parameters.data;
  const { masterFQDN, agentFQDN } = outputs.success ? outputs.data : {};
  const state = clusterState(stack.state, group.provisioningState);
  const change = readChangeTag(stack.tags[CHANGE_TAG]);
  return {
    subscriptionId,
    resourceGroup: group.name,
    name: stack.name,
    id: stack.id,
    state,
    stackState: stack.state,
    region: location ?? group.location,
    orchestrator: 'swarm',
    dnsPrefix,
    adminUsername,
    masterCount,
    agentCount,
    machineSize: agentMachineSize,
    ...(agentPorts === undefined ? {} : { agentPorts }),
    ...(addressSpace && masterSubnet !== undefined && agentSubnet !== undefined
      ? { network: { addressSpace, masterSubnet, agentSubnet } }
      : {}),
    ...(userTags === undefined
      ? {}
      : { tags: Object.entries(userTags).map(([name, value]) => ({ name, value })) }),
    ...(stack.deploymentId === undefined ? {} : { deploymentId: stack.deploymentId }),
    ...(change === undefined ? {} : { change }),
    ...(faultDomainCount === undefined ? {} : { faultDomainCount }),
    ...(masterFQDN === undefined ? {} : { masterFqdn: masterFQDN }),
    ...(agentFQDN === undefined ? {} : { agentFqdn: agentFQDN }),
    ...(stack.createdAt === undefined ? {} : { createdAt: stack.createdAt }),
    ...(stack.error && (state === 'failed' || state === 'canceled') ? { error: stack.error } : {}),
  };
}

/** A cluster with the stack behind it. Throws `ClusterNotFound` where there is none. */
export async function readCluster(arm: Arm, path: ClusterPath): Promise<{ cluster: Cluster; stack: Stack }> {
  const [stack, group] = await Promise.all([
    findStack(arm, path),
    findResourceGroup(arm, path.subscriptionId, path.resourceGroup),
  ]);
  const cluster = stack && group ? toCluster(stack, group, path.subscriptionId) : undefined;
  if (!stack || !cluster) throw clusterNotFound(path);
  return { cluster, stack };
}

/** The same text for every way to write a cluster's path: ARM's names have no case. */
export const clusterKey = ({ subscriptionId, resourceGroup, name }: ClusterPath): string =>
  `${subscriptionId}/${resourceGroup}/${name}`.toLowerCase();

/** The error for a path that leads to no cluster. */
export const clusterNotFound = (path: ClusterPath): ApiError =>
  new ApiError(
    'ClusterNotFound',
    `There is no container service ${path.name} in the resource group ${path.resourceGroup}.`,
  );
