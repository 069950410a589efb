import { CLUSTER_TAG } from '@slipway/cluster';
import type { GroupContent } from '@slipway/contract';
import { z } from 'zod';
import type { Arm } from '../arm/arm.ts';
import { groupIn } from '../arm/group-in-id.ts';
import { kustoText, queryWholeGraph } from '../arm/resource-graph.ts';

/** A row for each group and cluster. The id is a resource's: it says the group's name in its own case. */
const query = [
  'Resources',
  `extend clusterName = tostring(tags[${kustoText(CLUSTER_TAG)}])`,
  'summarize resources = count(), id = min(id) by subscriptionId, resourceGroup, clusterName',
  'order by id asc',
].join(' | ');

const rowSchema = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  clusterName: z.string(),
  resources: z.number(),
});

/** How many resources, and which clusters, are in each group that is not empty. */
export async function countGroupContents(arm: Arm): Promise<GroupContent[]> {
  const rows = await queryWholeGraph(arm, query, rowSchema);
  const groups = new Map<string, GroupContent>();
  for (const { id, subscriptionId, clusterName, resources } of rows) {
    const resourceGroup = groupIn(id);
    const key = `${subscriptionId}/${resourceGroup}`.toLowerCase();
    const known = groups.get(key) ?? { subscriptionId, resourceGroup, resources: 0, clusters: [] };
    known.resources += resources;
    if (clusterName !== '') known.clusters.push(clusterName);
    groups.set(key, known);
  }
  return [...groups.values()];
}
