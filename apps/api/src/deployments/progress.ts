import {
  type ClusterPath,
  type DeploymentHead,
  type DeploymentRow,
  type ResourceGroup,
  type RowState,
  isBeingDeleted,
} from '@slipway/contract';
import { CLUSTER_TAG } from '@slipway/cluster';
import type { Arm } from '../arm/arm.ts';
import { unlessMissing } from '../arm/arm-failure.ts';
import {
  type Deployment,
  type DeploymentOperation,
  type PlannedResource,
  findDeployment,
  listOperations,
} from '../arm/deployments.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';
import { type Stack, findStack } from '../arm/stacks.ts';
import { clusterState, isCluster } from '../clusters/cluster-of-stack.ts';
import { deletionHasFailed, isGroupDeletion, readDeletion, withDeletionOutcome } from './deletion.ts';

/** How far ARM is with a cluster at one moment. */
export interface Progress {
  /** Whether the rows come from a deployment's operations or from what a deletion has left. */
  phase: 'deployment' | 'deletion';
  head: DeploymentHead;
  /** In the order of the plan; what is not in the plan comes after it. */
  rows: readonly DeploymentRow[];
  /** Whether nothing more will happen. */
  ended: boolean;
}

/**
 * Reads from ARM how far a cluster's deployment or deletion is; `undefined` when there is no such cluster (any more).
 * `before` is what was read last, by whom who reads again and again: it tells of a deletion what ARM no longer shows.
 */
export async function readProgress(
  arm: Arm,
  path: ClusterPath,
  before?: Progress,
): Promise<Progress | undefined> {
  const stack = await findStack(arm, path);
  if (stack && !isCluster(stack)) return undefined;
  const state = stack && clusterState(stack.state, undefined);
  const [deployment, operations] =
    stack?.deploymentId === undefined || state === 'deleting'
      ? [undefined, []]
      : await readDeployment(arm, stack.deploymentId);
  if (stack && state === 'deploying' && deployment && isUnderWay(deployment))
    return deploymentProgress(stack, deployment, operations);

  // A group that is being deleted does not change its stacks' states, and may lose them before it goes itself.
  const group = await findResourceGroup(arm, path.subscriptionId, path.resourceGroup);
  if (!group) return undefined;
  const groupGoes = isBeingDeleted(group.provisioningState);
  if (!stack && !(groupGoes && belongsTo(group, path, before))) return undefined;
  const groupStays = !groupGoes && state !== 'deleting' && before !== undefined && isGroupDeletion(before);
  if (!stack || state === 'deleting' || groupGoes || groupStays)
    return readDeletion(arm, { group, groupGoes, groupStays, stack, before });
  return deploymentProgress(stack, deployment, operations);
}

/** Whether a group without the cluster's stack is what the cluster's deletion has left. */
const belongsTo = (group: ResourceGroup, path: ClusterPath, before: Progress | undefined): boolean =>
  before !== undefined || group.tags[CLUSTER_TAG]?.toLowerCase() === path.name.toLowerCase();

const isUnderWay = ({ state }: Deployment): boolean => !/^(?:succeeded|failed|canceled)$/i.test(state);

/** A deployment and its operations; nothing of one that ARM does not show. */
async function readDeployment(
  arm: Arm,
  id: string,
): Promise<[Deployment | undefined, readonly DeploymentOperation[]]> {
  const [known, operations] = await Promise.all([
    findDeployment(arm, id),
    unlessMissing(() => listOperations(arm, id)),
  ]);
  return [known, operations ?? []];
}

function deploymentProgress(
  stack: Stack,
  deployment: Deployment | undefined,
  operations: readonly DeploymentOperation[],
): Progress {
  const deletionFailed = deletionHasFailed(stack);
  const rows = rowsOf(deployment, operations);
  return {
    phase: deletionFailed ? 'deletion' : 'deployment',
    head: headOf(stack, deployment),
    rows: deletionFailed ? withDeletionOutcome(stack, rows) : rows,
    ended: clusterState(stack.state, undefined) !== 'deploying',
  };
}

function headOf(stack: Stack, deployment: Deployment | undefined): DeploymentHead {
  const state = headState(stack, deployment);
  const error = deletionHasFailed(stack) ? stack.error : (deployment?.error ?? stack.error);
  const failed = state === 'Failed' || state === 'Canceled';
  return { state, ...(deployment ? factsOf(deployment) : {}), ...(failed && error ? { error } : {}) };
}

/** What a deployment's head says of it beside its state and its error. */
export function factsOf(deployment: Deployment): Omit<DeploymentHead, 'state' | 'error'> {
  const { id, name, correlationId, changedAt, durationMs, outputs } = deployment;
  const startedAt =
    changedAt === undefined ? undefined : new Date(Date.parse(changedAt) - (durationMs ?? 0)).toISOString();
  return {
    id,
    name,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(Object.keys(outputs).length > 0 ? { outputs: { ...outputs } } : {}),
  };
}

function headState(stack: Stack, deployment: Deployment | undefined): DeploymentHead['state'] {
  switch (clusterState(stack.state, undefined)) {
    case 'deleting':
      return 'Deleting';
    case 'succeeded':
      return 'Succeeded';
    case 'failed':
      return 'Failed';
    case 'canceled':
      return 'Canceled';
    case 'deploying':
      // The stack itself has still to take over what its deployment has finished.
      return deployment === undefined || deployment.state === 'Accepted' ? 'Accepted' : 'Running';
  }
}

/** A row for each resource of a deployment, in the order of its plan. */
export function rowsOf(
  deployment: Deployment | undefined,
  operations: readonly DeploymentOperation[],
): DeploymentRow[] {
  const rows = new Map<string, DeploymentRow>();
  const waitsFor = (resource: PlannedResource): Pick<DeploymentRow, 'waitsFor'> => {
    const ids = deployment?.waits.get(resource.id.toLowerCase()) ?? [];
    return ids.length === 0 ? {} : { waitsFor: [...ids] };
  };
  for (const resource of deployment?.resources ?? [])
    rows.set(resource.id.toLowerCase(), { ...resource, state: 'Waiting', ...waitsFor(resource) });
  // Oldest first: the newest operation of a resource has the last word.
  for (const operation of operations) {
    const { resource, changedAt, operationId, durationMs, statusCode, serviceRequestId, error } = operation;
    rows.set(resource.id.toLowerCase(), {
      ...resource,
      state: rowState(operation.state),
      ...waitsFor(resource),
      operationId,
      ...(serviceRequestId === undefined ? {} : { serviceRequestId }),
      changedAt,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(statusCode === undefined ? {} : { statusCode }),
      ...(error ? { error } : {}),
    });
  }
  const all = [...rows.values()];
  if (!all.some(({ type }) => nestedType.test(type))) return all;
  // ARM names what nested deployments write among the plan of the whole, and never begins with it itself: they have rows of
  // their own. What is left waits for something.
  return all.filter(({ state, waitsFor: awaited }) => state !== 'Waiting' || awaited !== undefined);
}

const nestedType = /^Microsoft\.Resources\/deployments$/i;

/** How far ARM is with something that it has begun, by its word for it: what is none of the ends is under way. */
export function rowState(state: string): Extract<RowState, 'Succeeded' | 'Failed' | 'Canceled' | 'Running'> {
  switch (state.toLowerCase()) {
    case 'succeeded':
      return 'Succeeded';
    case 'failed':
      return 'Failed';
    case 'canceled':
      return 'Canceled';
    default:
      return 'Running';
  }
}
