import { type ClusterSpec, REQUEST_ID_TAG } from '@slipway/cluster';
import type { Cluster, CreateClusterRequest, ResourceGroup } from '@slipway/contract';
import { ApiError, asError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { withoutCorrelation } from '../arm/correlation.ts';
import { pauseBefore } from '../arm/retries.ts';
import { type Stack, type StackPath, findStack, submitStack } from '../arm/stacks.ts';
import { withTimeLimit } from '../concurrency.ts';
import { fieldsOfArmError } from './arm-error-fields.ts';
import { type CheckedSpec, checkSpec, nameTaken, pathOfSpec } from './check-spec.ts';
import { readCluster, toCluster } from './cluster-of-stack.ts';
import { groupStays, prepareGroup, removeEmptyGroup } from './submission-group.ts';

/** So long a person waits for it, measured by what one answer of ARM may take; the work goes on. */
const clearAwayShare = 2 / 3;
const removals = 4;
/** More often than that nobody takes away the group that a submission has just made. */
const submissions = 3;

/** The cluster of a submission; `created` is false when an earlier one with the same request id had made it. */
export interface CreatedCluster {
  cluster: Cluster;
  created: boolean;
}

/**
 * Creates a cluster: checks the spec, makes the resource group if it is to be new, submits the stack and returns
 * without waiting for its deployment. The same request id again, also at the same time and also through another
 * process, names the same cluster: what tells is the tag on the stack, which ARM keeps. Where it comes to nothing, a
 * group made for it goes again, also one that an earlier process made before it was killed.
 *
 * @throws ApiError `ClusterNameTaken`, `ValidationFailed`, or what ARM answered
 */
export async function createCluster(
  arm: Arm,
  { requestId, spec }: CreateClusterRequest,
): Promise<CreatedCluster> {
  const path = pathOfSpec(spec);
  if (await isOwn(arm, path, requestId)) return found(arm, path);
  try {
    const checked = await checkSpec(arm, spec, requestId);
    // The checks took their time: what came in between must not be overwritten.
    if (await isOwn(arm, path, requestId)) return await found(arm, path);
    return await submitChecked(arm, spec, checked, requestId);
  } catch (thrown) {
    const cleared = withoutCorrelation(() => clearAway(arm, path, requestId));
    const own = await withTimeLimit(cleared, clearAwayShare * arm.timeLimitMs, () => asError(thrown));
    if (own) return found(arm, path);
    throw thrown;
  }
}

async function submitChecked(
  arm: Arm,
  spec: ClusterSpec,
  checked: CheckedSpec,
  requestId: string,
): Promise<CreatedCluster> {
  const { path, request } = checked;
  for (let attempt = 1; ; attempt += 1) {
    const { group, isNew } = await prepareGroup(arm, spec, path, requestId);
    if (isNew && (await isOwn(arm, path, requestId))) return found(arm, path);
    // Another process with this very submission may have failed, and may clear the group away under our hands.
    const mayRepeat = spec.basics.resourceGroup.kind === 'new' && attempt < submissions;
    try {
      const stack = await submitStack(arm, path, request, REQUEST_ID_TAG, undefined);
      if (!mayRepeat || (await groupStays(arm, path)))
        return { cluster: await readSubmitted(arm, path, stack, group), created: true };
    } catch (thrown) {
      if (!mayRepeat || !isGroupGone(thrown)) throw refusal(thrown);
    }
  }
}

const isGroupGone = (thrown: unknown): boolean =>
  /^ResourceGroup(?:NotFound|BeingDeleted)$/.test(armFailureOf(thrown)?.body.code ?? '');

/** ARM has accepted the stack: that it cannot be read just now does not undo it. */
async function readSubmitted(
  arm: Arm,
  path: StackPath,
  accepted: Stack | undefined,
  group: ResourceGroup,
): Promise<Cluster> {
  try {
    return (await readCluster(arm, path)).cluster;
  } catch (thrown) {
    const cluster = accepted && toCluster(accepted, group, path.subscriptionId);
    if (!cluster) throw thrown;
    return cluster;
  }
}

/**
 * Leaves nothing of a submission that failed: answers whether its stack is there after all, and removes the group that
 * was made for it otherwise. Throws `ClusterNameTaken` when another submission's stack has the name.
 */
async function clearAway(arm: Arm, path: StackPath, requestId: string): Promise<boolean> {
  for (let attempt = 1; attempt <= removals; attempt += 1) {
    try {
      if (await isOwn(arm, path, requestId)) return true;
      await removeEmptyGroup(arm, path, requestId);
      return await isOwn(arm, path, requestId);
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.code === 'ClusterNameTaken') throw thrown;
      if (attempt < removals) await pauseBefore(attempt);
    }
  }
  return false;
}

const found = async (arm: Arm, path: StackPath): Promise<CreatedCluster> => ({
  cluster: (await readCluster(arm, path)).cluster,
  created: false,
});

const belongsTo = (stack: Stack, requestId: string): boolean => stack.tags[REQUEST_ID_TAG] === requestId;

/** Whether this submission's stack exists. Throws `ClusterNameTaken` for somebody else's. */
async function isOwn(arm: Arm, path: StackPath, requestId: string): Promise<boolean> {
  const stack = await findStack(arm, path);
  if (!stack) return false;
  if (!belongsTo(stack, requestId)) throw nameTaken(path);
  return true;
}

/** ARM's refusal of the stack, with the fields that it names. */
function refusal(thrown: unknown): unknown {
  const failure = armFailureOf(thrown);
  if (!failure || !(thrown instanceof ApiError) || thrown.code !== 'ArmError') return thrown;
  return new ApiError('ArmError', thrown.message, {
    status: thrown.status,
    arm: failure.body,
    fields: fieldsOfArmError(failure.body),
    cause: thrown,
  });
}
