import { CLUSTER_TAG } from '@slipway/cluster';
import type { Cluster, ResourceGroup, UnreadPlace } from '@slipway/contract';
import { ApiError, asError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { armFailureOf } from '../arm/arm-failure.ts';
import { listResourceGroups } from '../arm/resource-groups.ts';
import { listTaggedResources } from '../arm/resources.ts';
import { listStacks } from '../arm/stacks.ts';
import { listSubscriptions } from '../arm/subscriptions.ts';
import { mapLimited } from '../concurrency.ts';
import { toCluster } from './cluster-of-stack.ts';

const requestsAtOnce = 6;

/** What could be read of all clusters, and where nothing could be read. */
export interface ListedClusters {
  clusters: Cluster[];
  unread: UnreadPlace[];
}

/**
 * All clusters of all subscriptions, newest first. No call lists the stacks of a whole subscription: so the groups
 * that carry Slipway's tag, or that hold a resource which does, are asked for theirs. A subscription or group in
 * trouble does not hide the others. Throws when there is nothing but trouble.
 */
export async function listClusters(arm: Arm): Promise<ListedClusters> {
  const subscriptions = await listSubscriptions(arm);
  const lists = await mapLimited(subscriptions, requestsAtOnce, async ({ subscriptionId }) => {
    try {
      return { ...(await listClustersOf(arm, subscriptionId)), failure: undefined };
    } catch (thrown) {
      return { ...nothingFrom({ subscriptionId }, thrown), failure: asError(thrown) };
    }
  });
  const failures = lists.flatMap(({ failure }) => failure ?? []);
  const [first] = failures;
  if (first && failures.length === lists.length) throw first;
  return {
    clusters: lists
      .flatMap(({ clusters }) => clusters)
      .toSorted(
        (one, other) =>
          (other.createdAt ?? '').localeCompare(one.createdAt ?? '') ||
          one.name.localeCompare(other.name, 'en'),
      ),
    unread: lists.flatMap(({ unread }) => unread),
  };
}

async function listClustersOf(arm: Arm, subscriptionId: string): Promise<ListedClusters> {
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
    const lists = await mapLimited(candidates, requestsAtOnce, (group) =>
      listClustersIn(arm, subscriptionId, group),
    );
    return {
      clusters: lists.flatMap(({ clusters }) => clusters),
      unread: lists.flatMap(({ unread }) => unread),
    };
  } catch (thrown) {
    if (isForbidden(thrown)) return { clusters: [], unread: [] };
    throw thrown;
  }
}

async function listClustersIn(
  arm: Arm,
  subscriptionId: string,
  group: ResourceGroup,
): Promise<ListedClusters> {
  try {
    const stacks = await listStacks(arm, subscriptionId, group.name);
    return { clusters: stacks.flatMap((stack) => toCluster(stack, group, subscriptionId) ?? []), unread: [] };
  } catch (thrown) {
    if (isForbidden(thrown)) return { clusters: [], unread: [] };
    return nothingFrom({ subscriptionId, resourceGroup: group.name }, thrown);
  }
}

/** A place that one may see but not read holds no clusters of one's own. */
const isForbidden = (thrown: unknown): boolean => armFailureOf(thrown)?.status === 403;

function nothingFrom(place: Omit<UnreadPlace, 'message'>, thrown: unknown): ListedClusters {
  if (!(thrown instanceof ApiError)) throw thrown;
  return { clusters: [], unread: [{ ...place, message: thrown.message }] };
}
