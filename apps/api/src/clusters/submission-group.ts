import { setTimeout as delay } from 'node:timers/promises';
import { CLUSTER_TAG, type ClusterSpec, REQUEST_ID_TAG, RESOURCE_GROUP_TAG } from '@slipway/cluster';
import { type ResourceGroup, isBeingDeleted } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { addGroupTags, deleteGroup, findResourceGroup, putResourceGroup } from '../arm/resource-groups.ts';
import { listGroupResources } from '../arm/resources.ts';
import { type StackPath, listStacks } from '../arm/stacks.ts';
import { problemOfGroup } from './check-spec.ts';

/**
 * Tag on a group that a failed submission is about to remove. It comes before the last look at what is in the group:
 * so whoever puts something in after that look, and looks for the tag after that, sees it. The same submission may be
 * under way through two processes, of which one fails.
 */
const removalTag = 'slipway-removal';
const removalLookMs = 250;
/** A removal takes no longer; a tag that stays is one of a process that was killed. */
const removalLimitMs = 20_000;
const groupDeleteLimitMs = 120_000;

/** Makes the group of a submission, or marks the one that exists. Throws `ValidationFailed` when it cannot be used. */
export async function prepareGroup(
  arm: Arm,
  spec: ClusterSpec,
  path: StackPath,
  requestId: string,
): Promise<{ group: ResourceGroup; isNew: boolean }> {
  const { subscriptionId, resourceGroup: name } = path;
  const group = await afterRemoval(arm, path, requestId);
  refuseGroup(spec, group, requestId);
  const marks = { [CLUSTER_TAG]: spec.basics.serviceName };
  if (group) {
    if (!(CLUSTER_TAG in group.tags)) await addGroupTags(arm, subscriptionId, group, marks);
    return { group, isNew: false };
  }
  const put = await putResourceGroup(arm, subscriptionId, {
    name,
    location: spec.basics.region,
    tags: { ...marks, [RESOURCE_GROUP_TAG]: spec.basics.serviceName, [REQUEST_ID_TAG]: requestId },
  });
  // Two submissions may have made the group at the same moment: the tags say whose it is.
  const made = await findResourceGroup(arm, subscriptionId, name);
  refuseGroup(spec, made, requestId);
  return { group: made ?? put, isNew: true };
}

/** Whether a group into which a stack was put is there to stay; waits for the end of a removal that had begun before. */
export async function groupStays(arm: Arm, path: StackPath): Promise<boolean> {
  try {
    return (await afterRemoval(arm, path, undefined)) !== undefined;
  } catch {
    // Nothing is known of a removal: that it cannot be asked for just now does not undo the stack.
    return true;
  }
}

/** Removes the group that a submission made, unless somebody has begun to use it since. */
export async function removeEmptyGroup(arm: Arm, path: StackPath, requestId: string): Promise<void> {
  const { subscriptionId, resourceGroup } = path;
  const group = await findResourceGroup(arm, subscriptionId, resourceGroup);
  if (group?.tags[REQUEST_ID_TAG] !== requestId || isBeingDeleted(group.provisioningState)) return;
  await addGroupTags(arm, subscriptionId, group, { [removalTag]: requestId });
  const [stacks, resources] = await Promise.all([
    listStacks(arm, subscriptionId, resourceGroup),
    listGroupResources(arm, subscriptionId, resourceGroup),
  ]);
  if (stacks.length > 0 || (resources ?? []).length > 0) await unmark(arm, subscriptionId, group);
  else await deleteGroup(arm, subscriptionId, resourceGroup, groupDeleteLimitMs);
}

/**
 * The group once no removal is under way any more; `undefined` where there is none.
 *
 * @param requestId the submission to which the group must belong for its removal to be waited for; any when absent
 */
async function afterRemoval(
  arm: Arm,
  { subscriptionId, resourceGroup }: StackPath,
  requestId: string | undefined,
): Promise<ResourceGroup | undefined> {
  const until = performance.now() + removalLimitMs;
  for (;;) {
    const group = await findResourceGroup(arm, subscriptionId, resourceGroup);
    if (!group || (requestId !== undefined && group.tags[REQUEST_ID_TAG] !== requestId)) return group;
    if (!(removalTag in group.tags) && !isBeingDeleted(group.provisioningState)) return group;
    if (performance.now() > until) {
      if (!isBeingDeleted(group.provisioningState)) await unmark(arm, subscriptionId, group);
      return group;
    }
    await delay(removalLookMs);
  }
}

async function unmark(arm: Arm, subscriptionId: string, group: ResourceGroup): Promise<void> {
  const { [removalTag]: _removal, ...tags } = group.tags;
  await putResourceGroup(arm, subscriptionId, { name: group.name, location: group.location, tags });
}

function refuseGroup(spec: ClusterSpec, group: ResourceGroup | undefined, requestId: string): void {
  const problem = problemOfGroup(spec.basics.resourceGroup, group, requestId);
  if (problem !== undefined)
    throw new ApiError('ValidationFailed', problem, {
      fields: [{ path: 'basics.resourceGroup.name', message: problem }],
    });
}
