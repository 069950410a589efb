import type { ArmResource } from '@slipway/contract';
import type { Arm } from '../arm/arm.ts';
import { namedResource } from '../arm/deployments.ts';
import {
  type ListedResource,
  asListed,
  listGroupResources,
  listGroupResourcesOfType,
} from '../arm/resources.ts';
import { mapLimited } from '../concurrency.ts';
import { readEach, readPieces, withBelongings } from './read-pieces.ts';

/**
 * So many resources are read one by one. ARM lets one client read 250 at once and 25 more each second of a subscription
 * (request-limits-and-throttling), and who looks at a group is not the only one who reads there.
 */
const mostSingleReads = 200;
/** From this many of one type on, a list of the type costs less than its resources one by one. */
const fewestForList = 4;
const listsAtOnce = 4;

/**
 * The resources of a group and what belongs to them; `undefined` when there is no such group. In a group of more than 200
 * the types that have many are read by ARM's list of the type, which has everything but the machines' instance views; of
 * parts (such as extensions) beyond 200 no more is known than what the group's list says of them.
 */
export async function readGroup(
  arm: Arm,
  subscriptionId: string,
  resourceGroup: string,
): Promise<ArmResource[] | undefined> {
  const listed = await listGroupResources(arm, subscriptionId, resourceGroup);
  if (!listed) return undefined;
  if (listed.length <= mostSingleReads)
    return readPieces(
      arm,
      listed.map(({ id }) => id),
    );

  const many = typesWithMany(listed);
  const lists = await mapLimited(many, listsAtOnce, (type) =>
    listGroupResourcesOfType(arm, subscriptionId, resourceGroup, type),
  );
  const known = new Map(lists.flat().map((resource) => [resource.id.toLowerCase(), resource]));
  const unread = listed.filter(({ id }) => !known.has(id.toLowerCase()));
  const single = await readEach(
    arm,
    unread.slice(0, mostSingleReads).map(({ id }) => id),
  );
  const rest = unread.slice(mostSingleReads).map(asListed);
  return withBelongings(arm, [...known.values(), ...single, ...rest]);
}

/** The types of whole resources of which there are many; a list of parts there is only for each owner. */
function typesWithMany(listed: readonly ListedResource[]): string[] {
  const counts = new Map<string, { type: string; count: number }>();
  for (const { id } of listed) {
    const { type } = namedResource(id);
    const known = counts.get(type.toLowerCase());
    counts.set(type.toLowerCase(), { type: known?.type ?? type, count: (known?.count ?? 0) + 1 });
  }
  return [...counts.values()]
    .filter(({ type, count }) => count >= fewestForList && type.split('/').length === 2)
    .map(({ type }) => type);
}
