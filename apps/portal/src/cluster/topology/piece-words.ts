import type { TopologyNode } from '@slipway/topology';

/** The hexadecimal tail that ARM gives to the names of disks that it makes itself. */
const madeUpTail = /_[0-9a-f]{32}$/i;

/** A name as a card has room for it: without the tail that tells nobody anything. Panel and list show it in full. */
export const nameOnCard = (name: string): string => name.replace(madeUpTail, '_…');

/** What is written on a piece: inside the machine, or among the machines, that it serves it need not say whose it is. */
export function titleOnCard(node: TopologyNode, parent: TopologyNode | undefined): string {
  const machines = /^\S+s' /.exec(parent?.title ?? '')?.[0];
  const owner = [parent && `${parent.title}'s `, machines].find(
    (each) => each !== undefined && node.title.startsWith(each),
  );
  if (owner === undefined) return node.title;
  const rest = node.title.slice(owner.length);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
