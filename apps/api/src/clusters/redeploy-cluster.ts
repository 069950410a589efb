import { CHANGE_TAG, UPDATE_ID_TAG } from '@slipway/cluster';
import type { ClusterPath, ClusterState, RedeployRequest } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf, mayHaveBeenDone } from '../arm/arm-failure.ts';
import { type Stack, type StackRequest, exportStackTemplate, submitStack } from '../arm/stacks.ts';
import { changeTagOf } from './change-tag.ts';
import { checkAgentsFit } from './check-agents.ts';
import { clusterNotFound, readCluster } from './cluster-of-stack.ts';
import { storedParameters } from './stored-parameters.ts';

/**
 * Deploys a cluster once more: with the template that its stack holds and the values that it was given, but for what is to
 * change, so that ARM makes what is missing and leaves the rest as it is. Nothing of this version of Slipway goes into it
 * (see decision 3). The same request id again, also through another process, starts nothing new: what tells is a tag on the stack.
 *
 * ARM has no conditional update of a stack. Whoever comes second while the first deployment runs is refused by ARM;
 * only two who submit within the same moment, through two processes, for a deployment that ends in that moment, would
 * both be let through.
 *
 * @throws ApiError `ClusterNotFound`, `DeploymentRunning`, `ClusterChanged`, `ValuesMissing`, `ValidationFailed` with the fields that
 *   cannot be changed so, or what ARM answered
 */
export async function redeployCluster(
  arm: Arm,
  path: ClusterPath,
  { requestId, afterDeploymentId, agentCount, agentPorts }: RedeployRequest,
): Promise<void> {
  const { cluster, stack } = await readCluster(arm, path);
  if (isSubmitted(stack, requestId)) return;
  refuseUnless(stack, cluster.state, afterDeploymentId);

  const stackPath = { ...path, resourceGroup: cluster.resourceGroup, name: cluster.name };
  const template = await exportStackTemplate(arm, stackPath);
  if (!template) throw clusterNotFound(path);
  const request: StackRequest = {
    template,
    parameters: storedParameters(stack, template, {
      ...(agentCount === undefined ? {} : { agentCount }),
      ...(agentPorts === undefined ? {} : { agentPorts }),
    }),
    tags: {
      ...stack.tags,
      [UPDATE_ID_TAG]: requestId,
      [CHANGE_TAG]: changeTagOf({ agentCount, agentPorts }, cluster.agentCount),
    },
    governance: stack.governance,
  };
  if (agentCount !== undefined) await checkAgentsFit(arm, { cluster, stack }, agentCount);
  try {
    await submitStack(arm, stackPath, request, UPDATE_ID_TAG, stack);
  } catch (thrown) {
    if (armFailureOf(thrown)?.status !== 409 && !mayHaveBeenDone(thrown)) throw thrown;
    // Between the look and the submission something else has begun: it is said in the words it would have been before.
    const now = await readCluster(arm, path);
    if (isSubmitted(now.stack, requestId)) return;
    refuseUnless(now.stack, now.cluster.state, afterDeploymentId);
    throw thrown;
  }
}

const isSubmitted = (stack: Stack, requestId: string): boolean => stack.tags[UPDATE_ID_TAG] === requestId;

const sameId = (one: string | undefined, other: string | undefined): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

function refuseUnless(stack: Stack, state: ClusterState, afterDeploymentId: string | undefined): void {
  if (state === 'deleting') throw new ApiError('ClusterChanged', `${stack.name} is being deleted.`);
  if (state === 'deploying')
    throw new ApiError('DeploymentRunning', `${stack.name} is being deployed at the moment.`);
  if (!sameId(stack.deploymentId, afterDeploymentId))
    throw new ApiError('ClusterChanged', `Somebody else has deployed ${stack.name} meanwhile.`);
}
