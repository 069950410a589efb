import { CLUSTER_TAG } from '@slipway/cluster';
import type { ResourcePage } from '@slipway/contract';
import { z } from 'zod';
import type { Arm } from '../arm/arm.ts';
import { namedResource } from '../arm/deployments.ts';
import { groupIn } from '../arm/group-in-id.ts';
import { looseTags, looseText } from '../arm/loose-reading.ts';
import { queryGraphPage } from '../arm/resource-graph.ts';

/** With its id last: only rows in a fixed order can be read page by page. */
const query = [
  'Resources',
  'project id, name, subscriptionId, location, tags, state = tostring(properties.provisioningState)',
  'order by name asc, id asc',
].join(' | ');

const rowSchema = z.object({
  id: z.string(),
  subscriptionId: z.string(),
  location: looseText,
  tags: looseTags,
  state: looseText,
});

/** A page of all resources of all subscriptions, by name. `from` is what the page before calls its next. */
export async function listResources(arm: Arm, from: string | undefined): Promise<ResourcePage> {
  const { rows, total, next } = await queryGraphPage(arm, query, rowSchema, from);
  return {
    resources: rows.map(({ id, subscriptionId, location, tags, state }) => {
      const cluster = tags[CLUSTER_TAG];
      return {
        subscriptionId,
        resourceGroup: groupIn(id),
        ...namedResource(id),
        location: location ?? '',
        tags,
        ...(state ? { state } : {}),
        ...(cluster ? { cluster } : {}),
      };
    }),
    total,
    ...(next === undefined ? {} : { next }),
  };
}
