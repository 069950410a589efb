import { CLUSTER_TAG } from '@slipway/cluster';
import type { Cluster } from '@slipway/contract';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { listResourceGroups } from '../arm/resource-groups.ts';
import { listTaggedResources } from '../arm/resources.ts';
import { listStacks } from '../arm/stacks.ts';
import { listSubscriptions } from '../arm/subscriptions.ts';
import { mapLimited } from '../concurrency.ts';
import { toCluster } from './cluster-of-stack.ts';

const requestsAtOnce = 6;

/**
 * All clusters of all subscriptions, newest first. No call lists the stacks of a whole subscription: so the groups
 * that carry Slipway's tag, or that hold a resource which does, are asked for theirs.
 */
export async function listClusters(arm: Arm): Promise<Cluster[]> {
  const subscriptions = await listSubscriptions(arm);
  const lists = await mapLimited(subscriptions, requestsAtOnce, ({ subscriptionId }) =>
    listClustersOf(arm, subscriptionId),
  );
  return lists
    .flat()
    .toSorted(
      (one, other) =>
        (other.createdAt ?? '').localeCompare(one.createdAt ?? '') ||
        one.name.localeCompare(other.name, 'en'),
    );
}

async function listClustersOf(arm: Arm, subscriptionId: string): Promise<Cluster[]> {
  try {
    const [groups, tagged] = await Promise.all([
      listResourceGroups(arm, subscriptionId),
      listTaggedResources(arm, subscriptionId, CLUSTER_TAG),
    ]);
    const holding = new Set(
      tagged.map(({ id }) => /\/resourceGroups\/([^/]+)\//i.exec(id)?.[1]?.toLowerCase()),
    );
    const candidates = groups.filter(
      (group) => CLUSTER_TAG in group.tags || holding.has(group.name.toLowerCase()),
    );
    const lists = await mapLimited(candidates, requestsAtOnce, async (group) => {
      const stacks = await listStacks(arm, subscriptionId, group.name);
      return stacks.flatMap((stack) => toCluster(stack, group, subscriptionId) ?? []);
    });
    return lists.flat();
  } catch (thrown) {
    // A subscription that one may see but not read holds no clusters of one's own.
    if (armFailureOf(thrown)?.status === 403) return [];
    throw thrown;
  }
}
