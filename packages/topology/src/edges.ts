import { containsPiece } from './containment.ts';
import { internetId } from './frame.ts';
import type { EdgeKind, NodeKind, TopologyEdge } from './graph.ts';
import type { Reference, References } from './references.ts';
import { kindOfType, placeOfKind } from './resource-kind.ts';
import { ruleKindOfType, ruleText, type TrafficRules } from './traffic.ts';

/** Which way round two kinds of pieces are joined, and as what; anything else is a plain reference. */
const joints: readonly [from: NodeKind, to: NodeKind, kind: EdgeKind][] = [
  ['publicIp', 'loadBalancer', 'traffic'],
  ['publicIp', 'networkInterface', 'traffic'],
  ['publicIp', 'gateway', 'traffic'],
  ['loadBalancerRule', 'networkInterface', 'traffic'],
  ['loadBalancerRule', 'scaleSet', 'traffic'],
  ['loadBalancerRule', 'scaleSetInstance', 'traffic'],
  ['gateway', 'networkInterface', 'traffic'],
  ['gateway', 'scaleSet', 'traffic'],
  ['networkInterface', 'virtualMachine', 'traffic'],
  ['networkSecurityGroup', 'subnet', 'guards'],
  ['networkSecurityGroup', 'networkInterface', 'guards'],
  ['networkSecurityGroup', 'scaleSet', 'guards'],
  ['virtualMachine', 'disk', 'disk'],
  ['scaleSet', 'disk', 'disk'],
  ['scaleSetInstance', 'disk', 'disk'],
  ['availabilitySet', 'virtualMachine', 'spreads'],
];
const jointOf = new Map(joints.map(([from, to, kind]) => [`${from} ${to}`, kind]));

export interface EdgeMaterial {
  /** The types of the pieces, and of what lies outside. */
  types: ReadonlyMap<string, string>;
  kinds: ReadonlyMap<string, NodeKind>;
  parents: ReadonlyMap<string, string>;
  references: References;
  diagnostics: readonly Reference[];
  rules: TrafficRules;
}

/** Every line of the drawing; what lies in one another is not joined by a line too. In order of their ids. */
export function drawEdges(material: EdgeMaterial): TopologyEdge[] {
  const { kinds, parents, references, diagnostics, rules } = material;
  const edges = new Map<string, TopologyEdge>();
  const add = (from: string, to: string, kind: EdgeKind): TopologyEdge => {
    const id = `${from} ${kind} ${to}`;
    const known = edges.get(id);
    if (known !== undefined) return known;
    const edge: TopologyEdge = { id, from, to, kind, labels: [] };
    edges.set(id, edge);
    return edge;
  };

  // What a rule joins is not joined with its load balancer once more.
  const balanced = new Set<string>();
  for (const rule of rules.all) {
    for (const target of rule.targets) {
      balanced.add(`${rule.loadBalancer} ${target}`).add(`${target} ${rule.loadBalancer}`);
      if (rule.kind === 'outbound') add(target, rule.id, 'outbound');
      else add(rule.id, target, 'traffic').labels.push(ruleText(rule));
    }
  }

  const addresses: AddressUses = { inwards: new Set(), outwards: new Set() };
  const plain = new Map<string, Reference>();
  for (const reference of references.list) {
    const { from, to } = reference;
    noteAddress(addresses, from, to, material);
    noteAddress(addresses, to, from, material);
    if (containsPiece(from, to, parents) || containsPiece(to, from, parents)) continue;
    if (balanced.has(`${from} ${to}`)) continue;
    const joint = jointAt(from, to, material) ?? jointAt(to, from, material);
    if (joint === undefined) plain.set(`${from} ${to}`, reference);
    else add(joint.from, joint.to, joint.kind);
  }
  for (const { from, to } of plain.values()) {
    if (!plain.has(`${to} ${from}`) || isFirst(from, to, material)) add(from, to, 'reference');
  }
  for (const { from, to } of diagnostics) add(from, to, 'diagnostics');
  for (const [id, kind] of kinds) {
    if (kind !== 'publicIp') continue;
    if (addresses.outwards.has(id) && !addresses.inwards.has(id)) add(id, internetId, 'outbound');
    else add(internetId, id, 'traffic');
  }
  return [...edges.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

interface Joint {
  from: string;
  to: string;
  kind: EdgeKind;
}

/** How two pieces are joined if the first comes first; undefined where it does not, or where nothing special is known. */
function jointAt(from: string, to: string, material: EdgeMaterial): Joint | undefined {
  const kindOfTo = kindAt(to, material);
  // The two ways out: traffic comes from inside here.
  if (isNatGateway(to, material)) {
    return isInnerNetwork(kindAt(from, material)) ? { from, to, kind: 'outbound' } : undefined;
  }
  if (isNatGateway(from, material)) {
    return kindOfTo === 'publicIp' ? { from, to, kind: 'outbound' } : undefined;
  }
  const kind = jointOf.get(`${kindAt(from, material)} ${kindOfTo}`);
  if (kind === undefined) return undefined;
  return isOutboundRule(from, material) ? { from: to, to: from, kind: 'outbound' } : { from, to, kind };
}

const isInnerNetwork = (kind: NodeKind): boolean => kind === 'subnet' || kind === 'virtualNetwork';

const isNatGateway = (id: string, { types }: EdgeMaterial): boolean =>
  types.get(id)?.toLowerCase() === 'microsoft.network/natgateways';

const isOutboundRule = (id: string, { types }: EdgeMaterial): boolean =>
  ruleKindOfType(types.get(id) ?? '') === 'outbound';

/** Public addresses by what they are used for; one that only a NAT gateway has lets nothing in. */
interface AddressUses {
  inwards: Set<string>;
  outwards: Set<string>;
}

function noteAddress(uses: AddressUses, id: string, other: string, material: EdgeMaterial): void {
  if (material.kinds.get(id) !== 'publicIp') return;
  (isNatGateway(other, material) ? uses.outwards : uses.inwards).add(id);
}

/**
 * Whether the line between two pieces that name each other starts at the first: at what is nearer to the internet. Between
 * two of a kind neither is first, and both lines are drawn.
 */
function isFirst(one: string, other: string, material: EdgeMaterial): boolean {
  const [kind, otherKind] = [kindAt(one, material), kindAt(other, material)];
  if (kind !== otherKind) return placeOfKind(kind) < placeOfKind(otherKind);
  const typeOf = (id: string): string => material.types.get(id)?.toLowerCase() ?? '';
  return typeOf(one) <= typeOf(other);
}

/** The kind of a piece, and of what lies outside the kind that it would have inside. */
function kindAt(id: string, { kinds, types }: EdgeMaterial): NodeKind {
  const kind = kinds.get(id) ?? 'other';
  return kind === 'outside' ? kindOfType(types.get(id) ?? '') : kind;
}
