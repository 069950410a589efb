import type { TopologyInput } from './build-topology.ts';
import type { TopologyNode } from './graph.ts';
import { purposeOf } from './purposes.ts';
import { rankOfKind } from './resource-kind.ts';
import { titleOf, type PieceRole } from './titles.ts';

/** The id of the node that stands for everyone and everything outside. */
export const internetId = 'internet';
/** The id of the frame around everything that belongs to the service or group. */
export const serviceId = 'service';

/** The node that stands for everyone and everything outside. */
export function internetNode(): TopologyNode {
  const role: PieceRole = { kind: 'internet', type: '' };
  return {
    id: internetId,
    kind: 'internet',
    name: 'Internet',
    title: titleOf(role),
    rank: rankOfKind.internet,
    purpose: purposeOf(role),
    facts: [],
  };
}

const isResource = ({ kind, isPart }: TopologyNode): boolean =>
  isPart !== true && kind !== 'outside' && kind !== 'internet' && kind !== 'containerService';

const purposeOfGroup =
  'Everything inside this frame is in one resource group. Whoever deletes the group deletes all of it.';

/** The frame around the service's pieces, with how many there are; where nothing in it is a cluster's, around a group's. */
export function serviceNode(
  { serviceName, isCluster = false }: Pick<TopologyInput, 'serviceName' | 'isCluster'>,
  nodes: readonly TopologyNode[],
): TopologyNode {
  const role: PieceRole = { kind: 'containerService', type: '' };
  let masters = 0;
  let agents = 0;
  let resources = 0;
  for (const node of nodes) {
    if (node.kind === 'virtualMachine' && node.role === 'master') masters += 1;
    if (node.kind === 'scaleSet' && node.role === 'agent') agents += node.count ?? 0;
    if (isResource(node)) resources += 1;
  }
  const isService = isCluster || masters + agents > 0;
  return {
    id: serviceId,
    kind: 'containerService',
    name: serviceName,
    title: isService ? titleOf(role) : 'Resource group',
    rank: rankOfKind.containerService,
    purpose: isService ? purposeOf(role) : purposeOfGroup,
    facts: [
      ...(masters > 0 ? [{ label: 'Masters', value: String(masters) }] : []),
      ...(agents > 0 ? [{ label: 'Agents', value: String(agents) }] : []),
      { label: 'Resources', value: String(resources) },
    ],
  };
}
