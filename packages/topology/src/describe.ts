import { numberAt, textAt, type TopologyResource } from './arm-resource.ts';
import { ruleTitle } from './balancer-words.ts';
import { factsOf, type Fact } from './facts.ts';
import { serviceId } from './frame.ts';
import type { NodeKind, TopologyNode } from './graph.ts';
import { purposeOf } from './purposes.ts';
import { placeOfKind, rankOfKind } from './resource-kind.ts';
import { routeText } from './route-words.ts';
import { securityRuleText } from './security-rule-words.ts';
import type { Surroundings } from './surroundings.ts';
import { titleOf, type PieceRole } from './titles.ts';

/** The nodes of all pieces, ordered from the internet inwards: by rank, masters before agents, by number, by id. */
export function describePieces(surroundings: Surroundings): TopologyNode[] {
  const described = [...surroundings.pieces.all].map(([id, resource]) => {
    const node = describePiece(id, resource, surroundings);
    return { node, place: placeOf(node, resource, surroundings) };
  });
  return described
    .toSorted((a, b) => compare(a.place, b.place) || (a.node.id < b.node.id ? -1 : 1))
    .map(({ node }) => node);
}

/** What nodes are ordered by before their ids. */
type Place = readonly [kind: number, role: number, index: number, turn: number];

function compare(one: Place, other: Place): number {
  for (const [at, value] of one.entries()) {
    const difference = value - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const weight = { master: 0, agent: 1, none: 2 };
const last = Number.MAX_SAFE_INTEGER;

function placeOf(node: TopologyNode, resource: TopologyResource, surroundings: Surroundings): Place {
  return [
    placeOfKind(node.kind),
    weight[node.role ?? 'none'],
    indexOf(node.id, surroundings) ?? last,
    turnOf(node, resource, surroundings),
  ];
}

/** Rules stand in the order of their ports, the ways out after them; security rules in the order of their priority. */
function turnOf(
  { id, kind }: TopologyNode,
  { properties }: TopologyResource,
  { rules }: Surroundings,
): number {
  if (kind === 'securityRule') return numberAt(properties, 'priority') ?? last;
  const rule = rules.byId.get(id);
  return rule === undefined || rule.kind === 'outbound' ? last : rule.frontendPort.from;
}

/** The node of one piece. */
export function describePiece(
  id: string,
  resource: TopologyResource,
  surroundings: Surroundings,
): TopologyNode {
  const { pieces, kinds, parents, roles } = surroundings;
  const kind = kinds.get(id) ?? 'other';
  const parent = parents.get(id) ?? serviceId;
  const role = roles.roleOf.get(id) ?? (sharesRole(kind) ? roles.roleOf.get(parent) : undefined);
  const piece: PieceRole = {
    kind,
    type: resource.type,
    role,
    index: indexOf(id, surroundings),
    disk: surroundings.diskUses.get(id),
    keepsDiagnostics: surroundings.diagnosticsAt.has(id),
    says: sayingOf(id, kind, resource, surroundings),
  };
  const provisioningState = textAt(resource.properties, 'provisioningState');
  const count = kind === 'scaleSet' ? numberAt(resource, 'sku.capacity') : undefined;
  const cell = kinds.get(parent) === 'availabilitySet' ? cellOf(resource) : undefined;
  const facts = factsOf(id, resource, surroundings);
  const detail = detailOf(kind, facts);
  return {
    id,
    kind,
    ...(isPartKind(kind) || pieces.keptInside.has(id) ? { isPart: true } : {}),
    ...(pieces.planned.has(id) ? { isPlanned: true } : {}),
    ...(cell === undefined ? {} : { cell }),
    name: resource.name.split('/').at(-1) ?? resource.name,
    title: titleOf(piece),
    type: resource.type,
    parent,
    rank: rankOfKind[kind],
    ...(role === undefined ? {} : { role }),
    ...(count === undefined ? {} : { count }),
    ...(detail === undefined ? {} : { detail }),
    ...(provisioningState === undefined ? {} : { provisioningState }),
    purpose: purposeOf(piece),
    facts,
  };
}

/** Kinds that ARM keeps in the properties of another resource; in a template they may stand for themselves. */
const isPartKind = (kind: NodeKind): boolean =>
  kind === 'subnet' || kind === 'loadBalancerRule' || kind === 'securityRule' || kind === 'route';

/** Pieces of one machine take the machine's role from what contains them. */
const sharesRole = (kind: NodeKind): boolean =>
  kind === 'disk' || kind === 'extension' || kind === 'networkInterface' || kind === 'scaleSetInstance';

function sayingOf(
  id: string,
  kind: NodeKind,
  { properties }: TopologyResource,
  surroundings: Surroundings,
): string | undefined {
  if (kind === 'securityRule') return securityRuleText(properties);
  if (kind === 'route') return routeText(properties);
  const rule = kind === 'loadBalancerRule' ? surroundings.rules.byId.get(id) : undefined;
  return rule === undefined ? undefined : ruleTitle(rule, surroundings);
}

function cellOf({ properties }: TopologyResource): TopologyNode['cell'] {
  const faultDomain = numberAt(properties, 'instanceView.platformFaultDomain');
  const updateDomain = numberAt(properties, 'instanceView.platformUpdateDomain');
  if (!Number.isInteger(faultDomain) || !Number.isInteger(updateDomain)) return undefined;
  return faultDomain === undefined || updateDomain === undefined ? undefined : { faultDomain, updateDomain };
}

/** The number of the machine that a piece is, or belongs to: a master's, or the one that a scale set gave. */
function indexOf(id: string, surroundings: Surroundings): number | undefined {
  return (
    surroundings.roles.indexOf.get(id) ??
    instanceIndex(id, surroundings) ??
    instanceIndex(surroundings.parents.get(id), surroundings)
  );
}

function instanceIndex(id: string | undefined, { pieces, kinds }: Surroundings): number | undefined {
  if (id === undefined || kinds.get(id) !== 'scaleSetInstance') return undefined;
  const text = textAt(pieces.all.get(id), 'instanceId');
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Which fact of a kind tells its pieces apart at a glance. */
const detailLabels: Partial<Record<NodeKind, string>> = {
  publicIp: 'IP address',
  loadBalancerRule: 'Entrance',
  securityRule: 'Priority',
  virtualNetwork: 'Address space',
  subnet: 'Address range',
  networkInterface: 'Private address',
  virtualMachine: 'Size',
  scaleSet: 'Machine size',
  disk: 'Capacity',
  storageAccount: 'Holds',
};

const detailOf = (kind: NodeKind, facts: readonly Fact[]): string | undefined =>
  facts.find(({ label }) => label === detailLabels[kind])?.value;
