import type { ClusterPath, DeploymentHead, DeploymentRow, RowState } from '@slipway/contract';
import type { Arm } from '../arm/arm.ts';
import { unlessMissing } from '../arm/arm-failure.ts';
import {
  type Deployment,
  type DeploymentOperation,
  findDeployment,
  listOperations,
} from '../arm/deployments.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';
import { type Stack, findStack } from '../arm/stacks.ts';
import { clusterState, isCluster } from '../clusters/cluster-of-stack.ts';

/** How far a cluster's deployment is, as ARM tells it at one moment. */
export interface Progress {
  head: DeploymentHead;
  /** In the order of the plan; what is not in the plan comes after it. */
  rows: readonly DeploymentRow[];
  /** Whether nothing more will happen. */
  ended: boolean;
}

/** Reads the progress of a cluster's deployment (or delete) from ARM; `undefined` when there is no such cluster. */
export async function readProgress(arm: Arm, path: ClusterPath): Promise<Progress | undefined> {
  const stack = await findStack(arm, path);
  if (!stack || !isCluster(stack)) return undefined;
  // A group that is being deleted does not change its stacks' states.
  const atRest = /^(?:succeeded|failed|canceled)$/i.test(stack.state);
  const group = atRest ? await findResourceGroup(arm, path.subscriptionId, path.resourceGroup) : undefined;
  if (atRest && !group) return undefined;

  const [deployment, operations] =
    stack.deploymentId === undefined ? [undefined, []] : await readDeployment(arm, stack.deploymentId);
  const head = headOf(stack, group?.provisioningState, deployment);
  return { head, rows: rowsOf(deployment, operations), ended: atRest && head.state !== 'Deleting' };
}

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

function headOf(
  stack: Stack,
  groupState: string | undefined,
  deployment: Deployment | undefined,
): DeploymentHead {
  const state = headState(stack, groupState, deployment);
  const error = deployment?.error ?? stack.error;
  const failed = state === 'Failed' || state === 'Canceled';
  const startedAt =
    deployment?.changedAt === undefined
      ? undefined
      : new Date(Date.parse(deployment.changedAt) - (deployment.durationMs ?? 0)).toISOString();
  return {
    state,
    ...(deployment ? { id: deployment.id, name: deployment.name } : {}),
    ...(deployment?.correlationId === undefined ? {} : { correlationId: deployment.correlationId }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(deployment?.durationMs === undefined ? {} : { durationMs: deployment.durationMs }),
    ...(failed && error ? { error } : {}),
    ...(deployment && Object.keys(deployment.outputs).length > 0
      ? { outputs: { ...deployment.outputs } }
      : {}),
  };
}

function headState(
  stack: Stack,
  groupState: string | undefined,
  deployment: Deployment | undefined,
): DeploymentHead['state'] {
  switch (clusterState(stack.state, groupState)) {
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

function rowsOf(
  deployment: Deployment | undefined,
  operations: readonly DeploymentOperation[],
): DeploymentRow[] {
  const rows = new Map<string, DeploymentRow>();
  for (const resource of deployment?.resources ?? [])
    rows.set(resource.id.toLowerCase(), { ...resource, state: 'Waiting' });
  // Oldest first: the newest operation of a resource has the last word.
  for (const operation of operations) {
    const { resource, changedAt, operationId, durationMs, statusCode, error } = operation;
    rows.set(resource.id.toLowerCase(), {
      ...resource,
      state: rowState(operation.state),
      operationId,
      changedAt,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(statusCode === undefined ? {} : { statusCode }),
      ...(error ? { error } : {}),
    });
  }
  return [...rows.values()];
}

function rowState(state: string): RowState {
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
