import { CLUSTER_TAG, type ClusterSpec, REQUEST_ID_TAG, RESOURCE_GROUP_TAG } from '@slipway/cluster';
import type { Cluster, CreateClusterRequest, ResourceGroup } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { addGroupTags, deleteGroup, findResourceGroup, putResourceGroup } from '../arm/resource-groups.ts';
import { listGroupResources } from '../arm/resources.ts';
import { type Stack, type StackPath, findStack, listStacks, submitStack } from '../arm/stacks.ts';
import { fieldsOfArmError } from './arm-error-fields.ts';
import { type CheckedSpec, checkSpec, nameTaken, pathOfSpec, problemOfGroup } from './check-spec.ts';
import { readCluster } from './cluster-of-stack.ts';

const groupDeleteLimitMs = 30_000;

/** The cluster of a submission; `created` is false when an earlier one with the same request id had made it. */
export interface CreatedCluster {
  cluster: Cluster;
  created: boolean;
}

/**
 * Creates a cluster: checks the spec, makes the resource group if it is to be new, submits the stack and returns
 * without waiting for its deployment. The same request id again, also at the same time and also through another
 * process, names the same cluster: what tells is the tag on the stack, which ARM keeps. Where ARM refuses the stack
 * at once, a group made for it goes again.
 *
 * @throws ApiError `ClusterNameTaken`, `ValidationFailed`, or what ARM answered
 */
export async function createCluster(
  arm: Arm,
  { requestId, spec }: CreateClusterRequest,
): Promise<CreatedCluster> {
  const path = pathOfSpec(spec);
  if (await isOwn(arm, path, requestId)) return { ...(await readCreated(arm, path)), created: false };

  let checked: CheckedSpec;
  try {
    checked = await checkSpec(arm, spec, requestId);
  } catch (thrown) {
    // Another process may have been quicker with this very submission: then its own pieces are in the way.
    if (await isOwn(arm, path, requestId).catch(() => false))
      return { ...(await readCreated(arm, path)), created: false };
    throw thrown;
  }

  // The checks took their time: what came in between must not be overwritten.
  if (await isOwn(arm, path, requestId)) return { ...(await readCreated(arm, path)), created: false };
  const madeGroup = await prepareGroup(arm, spec, checked, requestId);
  if (madeGroup && (await isOwn(arm, path, requestId)))
    return { ...(await readCreated(arm, path)), created: false };
  try {
    await submitStack(arm, path, checked.request);
  } catch (thrown) {
    const stack = await findStack(arm, path).catch(() => undefined);
    if (stack && belongsTo(stack, requestId)) return { ...(await readCreated(arm, path)), created: false };
    if (stack) throw nameTaken(path);
    if (madeGroup) await removeEmptyGroup(arm, path, requestId).catch(() => undefined);
    throw refusal(thrown);
  }
  return { ...(await readCreated(arm, path)), created: true };
}

const belongsTo = (stack: Stack, requestId: string): boolean => stack.tags[REQUEST_ID_TAG] === requestId;

/** Whether this submission's stack exists. Throws `ClusterNameTaken` for somebody else's. */
async function isOwn(arm: Arm, path: StackPath, requestId: string): Promise<boolean> {
  const stack = await findStack(arm, path);
  if (!stack) return false;
  if (!belongsTo(stack, requestId)) throw nameTaken(path);
  return true;
}

async function readCreated(arm: Arm, path: StackPath): Promise<{ cluster: Cluster }> {
  const { cluster } = await readCluster(arm, path);
  return { cluster };
}

/** Makes the group, or marks the existing one; answers whether it was made here. */
async function prepareGroup(
  arm: Arm,
  spec: ClusterSpec,
  { path }: CheckedSpec,
  requestId: string,
): Promise<boolean> {
  const group = await findResourceGroup(arm, path.subscriptionId, path.resourceGroup);
  refuseGroup(spec, group, requestId);
  const marks = { [CLUSTER_TAG]: spec.basics.serviceName };
  if (group) {
    if (!(CLUSTER_TAG in group.tags)) await addGroupTags(arm, path.subscriptionId, group, marks);
    return false;
  }
  await putResourceGroup(arm, path.subscriptionId, {
    name: path.resourceGroup,
    location: spec.basics.region,
    tags: { ...marks, [RESOURCE_GROUP_TAG]: spec.basics.serviceName, [REQUEST_ID_TAG]: requestId },
  });
  // Two submissions may have made the group at the same moment: the tags say whose it is.
  const made = await findResourceGroup(arm, path.subscriptionId, path.resourceGroup);
  refuseGroup(spec, made, requestId);
  return true;
}

/** Removes the group that a submission made, unless somebody has begun to use it since. */
async function removeEmptyGroup(arm: Arm, path: StackPath, requestId: string): Promise<void> {
  const { subscriptionId, resourceGroup } = path;
  const [group, stacks, resources] = await Promise.all([
    findResourceGroup(arm, subscriptionId, resourceGroup),
    listStacks(arm, subscriptionId, resourceGroup),
    listGroupResources(arm, subscriptionId, resourceGroup),
  ]);
  if (group?.tags[REQUEST_ID_TAG] !== requestId || stacks.length > 0 || (resources ?? []).length > 0) return;
  await deleteGroup(arm, subscriptionId, resourceGroup, groupDeleteLimitMs);
}

function refuseGroup(spec: ClusterSpec, group: ResourceGroup | undefined, requestId: string): void {
  const problem = problemOfGroup(spec.basics.resourceGroup, group, requestId);
  if (problem !== undefined)
    throw new ApiError('ValidationFailed', problem, {
      fields: [{ path: 'basics.resourceGroup.name', message: problem }],
    });
}

/** ARM's refusal of the stack, with the fields that it names. */
function refusal(thrown: unknown): unknown {
  const failure = armFailureOf(thrown);
  if (!failure || !(thrown instanceof ApiError)) return thrown;
  return new ApiError('ArmError', thrown.message, {
    status: thrown.status,
    arm: failure.body,
    fields: fieldsOfArmError(failure.body),
    cause: thrown,
  });
}
