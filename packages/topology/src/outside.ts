import { readArmId, type ArmId } from './arm-id.ts';
import type { TopologyNode } from './graph.ts';
import { purposeOf } from './purposes.ts';
import type { References } from './references.ts';
import { displayNameOfType, rankOfKind } from './resource-kind.ts';

/** The nodes for everything outside that the pieces' ids lead to. */
export function outsideNodes({ list, outside }: References): TopologyNode[] {
  const homes = new Map<string, Set<string>>();
  for (const { from, to } of list) {
    if (outside.has(to)) homes.set(to, (homes.get(to) ?? new Set()).add(from));
  }
  return [...outside].map(([id, armId]) => outsideNode(armId, [...(homes.get(id) ?? [])]));
}

function outsideNode(armId: ArmId, namedBy: readonly string[]): TopologyNode {
  const { id, written, type, name } = armId;
  const title = `${displayNameOfType(type)} ${name}`;
  const where = whereText(armId, namedBy);
  return {
    id,
    kind: 'outside',
    leadsTo: written,
    name,
    title,
    type,
    rank: rankOfKind.outside,
    ...(where === undefined ? {} : { detail: where }),
    purpose: purposeOf({ kind: 'outside', type }),
    facts: [
      ...(where === undefined ? [] : [{ label: 'Where', value: where }]),
      { label: 'Id', value: written },
    ],
  };
}

/** The group and subscription that it is in, as far as those that name it are in others. */
function whereText(armId: ArmId, namedBy: readonly string[]): string | undefined {
  const { subscription, resourceGroup, type } = armId;
  if (subscription === undefined) return 'Outside of all subscriptions';
  const homes = namedBy.map(readArmId);
  const isSame = (part: 'subscription' | 'resourceGroup'): boolean =>
    homes.every((home) => home?.[part]?.toLowerCase() === armId[part]?.toLowerCase());
  const level = type.split('/').at(1)?.toLowerCase();
  const isItself = type.toLowerCase().startsWith('microsoft.resources/');
  const isSubscription = isItself && level === 'subscriptions';
  const isGroup = isItself && level === 'resourcegroups';
  const isElsewhere = !isSame('subscription');
  const parts = [
    resourceGroup === undefined || isGroup || (!isElsewhere && isSame('resourceGroup'))
      ? undefined
      : `resource group ${resourceGroup}`,
    isSubscription || !isElsewhere ? undefined : `subscription ${subscription}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : `In ${parts.join(' of ')}`;
}
