import type { UnreadPlace } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { type Deployment, listDeployments } from '../arm/deployments.ts';
import { mapLimited } from '../concurrency.ts';

const requestsAtOnce = 6;

/** A resource group, by its name. */
export interface NamedGroup {
  subscriptionId: string;
  name: string;
}

/** The deployments of several groups, and the groups whose deployments could not be read. */
export interface GroupDeployments {
  found: { group: NamedGroup; deployment: Deployment }[];
  unread: UnreadPlace[];
}

/** Reads the deployments of each of several groups; one in trouble does not hide the others'. */
export async function readGroupDeployments(
  arm: Arm,
  groups: readonly NamedGroup[],
): Promise<GroupDeployments> {
  const lists = await mapLimited(groups, requestsAtOnce, async (group) => {
    try {
      return { group, deployments: await listDeployments(arm, group.subscriptionId, group.name) };
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      return { group, deployments: [], failure: thrown.message };
    }
  });
  return {
    found: lists.flatMap(({ group, deployments }) =>
      deployments.map((deployment) => ({ group, deployment })),
    ),
    unread: lists.flatMap(({ group: { subscriptionId, name: resourceGroup }, failure }) =>
      failure === undefined ? [] : [{ subscriptionId, resourceGroup, message: failure }],
    ),
  };
}
