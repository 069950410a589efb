import type { ArmResource, ResourceRelations } from '@slipway/contract';
import { relationsOf } from '@slipway/topology';
import type { Arm } from '../arm/arm.ts';
import { type Stack, listStacks } from '../arm/stacks.ts';
import { isCluster } from '../clusters/cluster-of-stack.ts';
import { readGroup } from './read-group.ts';

const nothing: ResourceRelations = { uses: [], usedBy: [], contains: [], inTheWay: [] };

/** What a resource has to do with those of its group; nothing where it is in no group. */
export async function readRelations(
  id: string,
  arm: Arm,
  groups: { read: (key: string, read: () => ReturnType<typeof readGroup>) => ReturnType<typeof readGroup> },
): Promise<ResourceRelations> {
  const [, subscriptionId, resourceGroup] =
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\//i.exec(id) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined) return nothing;
  const key = `${subscriptionId}/${resourceGroup}`.toLowerCase();
  const [resources, stacks] = await Promise.all([
    groups.read(key, () => readGroup(arm, subscriptionId, resourceGroup)),
    listStacks(arm, subscriptionId, resourceGroup),
  ]);
  if (!resources) return nothing;
  const owner = clusterOf(id, resources, stacks.filter(isCluster));
  return {
    ...relationsOf(id, resources),
    ...(owner
      ? {
          cluster: {
            subscriptionId,
            resourceGroup,
            name: owner.stack.name,
            isManaged: owner.isManaged,
            denies: owner.stack.governance.denySettings.mode,
          },
        }
      : {}),
  };
}

/** The cluster that a resource belongs to: by itself, or because what it is a part of, or is kept by, does. */
function clusterOf(
  id: string,
  resources: readonly ArmResource[],
  stacks: readonly Stack[],
): { stack: Stack; isManaged: boolean } | undefined {
  const keeper = resources.find((each) => each.id.toLowerCase() === id.toLowerCase())?.['managedBy'];
  for (const candidate of [id, ...(typeof keeper === 'string' ? [keeper] : [])]) {
    for (const stack of stacks) {
      const managed = stack.resourceIds.find((each) => isAtOrIn(candidate, each));
      if (managed !== undefined) return { stack, isManaged: managed.toLowerCase() === id.toLowerCase() };
    }
  }
  return undefined;
}

const isAtOrIn = (id: string, whole: string): boolean =>
  `${id}/`.toLowerCase().startsWith(`${whole}/`.toLowerCase());
