import { CLUSTER_TAG } from '@slipway/cluster';
import type { RecentDeployments } from '@slipway/contract';
import { z } from 'zod';
import type { Arm } from '../arm/arm.ts';
import { kustoText, queryGraph } from '../arm/resource-graph.ts';
import { type NamedGroup, readGroupDeployments } from '../deployments/group-deployments.ts';

/** No call lists the deployments of many groups: they are read group by group, of so many groups. */
const mostGroups = 30;
/** So many deployments are told. */
const mostDeployments = 10;

const clusterTag = `tostring(tags[${kustoText(CLUSTER_TAG)}])`;
const placeSchema = z.object({ id: z.string(), subscriptionId: z.string() });

/**
 * The newest deployments of the groups that have clusters. Which groups have one comes from Resource Graph, by the tag of
 * the group or of what is in it: a new group may be missing for some seconds.
 */
export async function readRecentDeployments(arm: Arm): Promise<RecentDeployments> {
  const all = await clusterGroups(arm);
  const groups = all.slice(0, mostGroups);
  const { found, unread } = await readGroupDeployments(arm, groups);
  return {
    deployments: found
      .map(({ group, deployment: { id, name, state, changedAt, durationMs, error } }) => ({
        id,
        subscriptionId: group.subscriptionId,
        resourceGroup: group.name,
        name,
        state,
        ...(changedAt === undefined ? {} : { changedAt }),
        ...(durationMs === undefined ? {} : { durationMs }),
        ...(error === undefined ? {} : { error }),
      }))
      .toSorted(
        (one, other) =>
          (other.changedAt ?? '').localeCompare(one.changedAt ?? '') ||
          one.name.localeCompare(other.name, 'en'),
      )
      .slice(0, mostDeployments),
    groups: { searched: groups.length, all: all.length },
    unread,
  };
}

async function clusterGroups(arm: Arm): Promise<NamedGroup[]> {
  const [tagged, holding] = await Promise.all([
    queryGraph(
      arm,
      [
        'ResourceContainers',
        `where type == ${kustoText('microsoft.resources/subscriptions/resourcegroups')}`,
        `where isnotempty(${clusterTag})`,
        'project id, subscriptionId',
        'order by id asc',
      ].join(' | '),
      placeSchema,
    ),
    queryGraph(
      arm,
      [
        'Resources',
        `where isnotempty(${clusterTag})`,
        'summarize id = take_any(id) by subscriptionId, resourceGroup',
        'order by id asc',
      ].join(' | '),
      placeSchema,
    ),
  ]);
  const groups = new Map<string, NamedGroup>();
  for (const { id, subscriptionId } of [...tagged.rows, ...holding.rows]) {
    const [, name] = /\/resourceGroups\/([^/]+)/i.exec(id) ?? [];
    const key = `${subscriptionId}/${name}`.toLowerCase();
    if (name !== undefined && !groups.has(key)) groups.set(key, { subscriptionId, name });
  }
  return [...groups.values()];
}
