import { numberAt, textAt, type TopologyResource } from './arm-resource.ts';
import { serviceId } from './containment.ts';
import { factsOf, type Fact } from './facts.ts';
import type { NodeKind, TopologyNode } from './graph.ts';
import { purposeOf } from './purposes.ts';
import type { Reference } from './references.ts';
import { rankOfKind } from './resource-kind.ts';
import type { Roles } from './roles.ts';
import { titleOf, type PieceRole } from './titles.ts';
import type { TrafficRule } from './traffic.ts';

/** The id of the node that stands for everything outside. */
export const internetId = 'internet';

interface DescribeMaterial {
  pieces: ReadonlyMap<string, TopologyResource>;
  kinds: ReadonlyMap<string, NodeKind>;
  parents: ReadonlyMap<string, string>;
  roles: Roles;
  references: readonly Reference[];
  rules: readonly TrafficRule[];
}

export function internetNode(): TopologyNode {
  const role: PieceRole = { kind: 'internet', type: '', role: undefined, index: undefined };
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

export function serviceNode(serviceName: string, nodes: readonly TopologyNode[]): TopologyNode {
  const role: PieceRole = { kind: 'containerService', type: '', role: undefined, index: undefined };
  const masters = nodes.filter((node) => node.kind === 'virtualMachine' && node.role === 'master').length;
  const agents = nodes
    .filter((node) => node.kind === 'scaleSet' && node.role === 'agent')
    .reduce((sum, node) => sum + (node.count ?? 0), 0);
  const resources = nodes.filter((node) => node.kind !== 'subnet').length;
  return {
    id: serviceId,
    kind: 'containerService',
    name: serviceName,
    title: titleOf(role),
    rank: rankOfKind.containerService,
    purpose: purposeOf(role),
    facts: [
      ...(masters > 0 ? [{ label: 'Masters', value: String(masters) }] : []),
      ...(agents > 0 ? [{ label: 'Agents', value: String(agents) }] : []),
      { label: 'Resources', value: String(resources) },
    ],
  };
}

/** The nodes of all pieces, ordered from the internet inwards: by rank, masters before agents, by number, by id. */
export function describePieces(material: DescribeMaterial): TopologyNode[] {
  const described = [...material.pieces].map(([id, resource]) => describePiece(id, resource, material));
  const weight = { master: 0, agent: 1, none: 2 };
  return described
    .toSorted(
      (a, b) =>
        a.node.rank - b.node.rank ||
        kindOrder.indexOf(a.node.kind) - kindOrder.indexOf(b.node.kind) ||
        weight[a.node.role ?? 'none'] - weight[b.node.role ?? 'none'] ||
        (a.index ?? Number.MAX_SAFE_INTEGER) - (b.index ?? Number.MAX_SAFE_INTEGER) ||
        (a.node.id < b.node.id ? -1 : 1),
    )
    .map(({ node }) => node);
}

/** Which kind comes first among those of one rank. */
const kindOrder: readonly NodeKind[] = [
  'publicIp',
  'loadBalancer',
  'loadBalancerRule',
  'gateway',
  'networkSecurityGroup',
  'securityRule',
  'routeTable',
  'route',
  'virtualNetwork',
  'subnet',
  'networkInterface',
  'availabilitySet',
  'virtualMachine',
  'scaleSet',
  'scaleSetInstance',
  'extension',
  'disk',
  'storageAccount',
  'other',
  'outside',
];

function describePiece(
  id: string,
  resource: TopologyResource,
  { pieces, kinds, parents, roles, rules }: DescribeMaterial,
): { node: TopologyNode; index: number | undefined } {
  const kind = kinds.get(id) ?? 'other';
  const role = roles.roleOf.get(id) ?? roles.roleOf.get(parents.get(id) ?? '');
  const index =
    roles.indexOf.get(id) ??
    instanceIndex(id, pieces, kinds) ??
    instanceIndex(parents.get(id), pieces, kinds);
  const pieceRole: PieceRole = {
    kind,
    type: resource.type,
    role: sharesRole(kind) ? role : roles.roleOf.get(id),
    index,
  };
  const provisioningState = textAt(resource.properties, 'provisioningState');
  const count = kind === 'scaleSet' ? numberAt(resource, 'sku.capacity') : undefined;
  const facts = factsOf({ id, resource, kind, pieces, rules });
  const detail = detailOf(kind, facts);
  const node: TopologyNode = {
    id,
    kind,
    name: resource.name.split('/').at(-1) ?? resource.name,
    title: titleOf(pieceRole),
    type: resource.type,
    parent: parents.get(id) ?? serviceId,
    rank: rankOfKind[kind],
    ...(pieceRole.role === undefined ? {} : { role: pieceRole.role }),
    ...(count === undefined ? {} : { count }),
    ...(detail === undefined ? {} : { detail }),
    ...(provisioningState === undefined ? {} : { provisioningState }),
    purpose: purposeOf(pieceRole),
    facts,
  };
  return { node, index };
}

/** Pieces of one machine take the machine's role from what contains them. */
const sharesRole = (kind: NodeKind): boolean =>
  kind === 'disk' || kind === 'extension' || kind === 'networkInterface' || kind === 'scaleSetInstance';

/** The number that a scale set gave to one of its machines. */
function instanceIndex(
  id: string | undefined,
  pieces: ReadonlyMap<string, TopologyResource>,
  kinds: ReadonlyMap<string, NodeKind>,
): number | undefined {
  if (id === undefined || kinds.get(id) !== 'scaleSetInstance') return undefined;
  const text = textAt(pieces.get(id), 'instanceId');
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Which fact of a kind tells its pieces apart at a glance. */
const detailLabels: Partial<Record<NodeKind, string>> = {
  publicIp: 'IP address',
  virtualNetwork: 'Address space',
  subnet: 'Address range',
  networkInterface: 'Private address',
  virtualMachine: 'Size',
  scaleSet: 'Machine size',
  disk: 'Capacity',
};

const detailOf = (kind: NodeKind, facts: readonly Fact[]): string | undefined =>
  facts.find(({ label }) => label === detailLabels[kind])?.value;
