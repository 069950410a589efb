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
const jointsFrom = new Map<NodeKind, Map<NodeKind, EdgeKind>>();
for (const [from, to, kind] of joints) {
  jointsFrom.set(from, (jointsFrom.get(from) ?? new Map<NodeKind, EdgeKind>()).set(to, kind));
}

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
  const edges: TopologyEdge[] = [];
  const byEnds = new Pairs<TopologyEdge[]>();
  const add = (from: string, to: string, kind: EdgeKind): TopologyEdge => {
    const between = byEnds.get(from, to);
    const known = between?.find((edge) => edge.kind === kind);
    if (known !== undefined) return known;
    const edge: TopologyEdge = { id: `${from} ${kind} ${to}`, from, to, kind, labels: [] };
    edges.push(edge);
    if (between === undefined) byEnds.set(from, to, [edge]);
    else between.push(edge);
    return edge;
  };

  // What a rule joins is not joined with its load balancer once more.
  const balanced = new Pairs<true>();
  for (const rule of rules.all) {
    for (const target of rule.targets) {
      balanced.set(rule.loadBalancer, target, true);
      balanced.set(target, rule.loadBalancer, true);
      if (rule.kind === 'outbound') add(target, rule.id, 'outbound');
      else add(rule.id, target, 'traffic').labels.push(ruleText(rule));
    }
  }

  const addresses: AddressUses = { inwards: new Set(), outwards: new Set() };
  const plain = new Pairs<true>();
  const plainly: Reference[] = [];
  for (const reference of references.list) {
    const { from, to } = reference;
    noteAddress(addresses, from, to, material);
    noteAddress(addresses, to, from, material);
    if (containsPiece(from, to, parents) || containsPiece(to, from, parents)) continue;
    if (balanced.get(from, to)) continue;
    const joint = jointAt(from, to, material) ?? jointAt(to, from, material);
    if (joint !== undefined) {
      add(joint.from, joint.to, joint.kind);
    } else {
      plain.set(from, to, true);
      plainly.push(reference);
    }
  }
  for (const { from, to } of plainly) {
    if (!plain.get(to, from) || isFirst(from, to, material)) add(from, to, 'reference');
  }
  for (const { from, to } of diagnostics) add(from, to, 'diagnostics');
  for (const [id, kind] of kinds) {
    if (kind !== 'publicIp') continue;
    if (addresses.outwards.has(id) && !addresses.inwards.has(id)) add(id, internetId, 'outbound');
    else add(internetId, id, 'traffic');
  }
  return edges.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Something known of pairs of ids; ids are too long to be joined to keys for it. */
class Pairs<Value> {
  readonly #values = new Map<string, Map<string, Value>>();

  get(one: string, other: string): Value | undefined {
    return this.#values.get(one)?.get(other);
  }

  set(one: string, other: string, value: Value): void {
    const known = this.#values.get(one);
    if (known === undefined) this.#values.set(one, new Map([[other, value]]));
    else known.set(other, value);
  }
}

interface Joint {
  from: string;
  to: string;
  kind: EdgeKind;
}

/** How two pieces are joined if the first comes first; undefined where it does not, or where nothing special is known. */
function jointAt(from: string, to: string, material: EdgeMaterial): Joint | undefined {
  const kindOfFrom = kindAt(from, material);
  const kindOfTo = kindAt(to, material);
  // The two ways out: traffic comes from inside here.
  if (kindOfTo === 'gateway' && isNatGateway(to, material)) {
    return isInnerNetwork(kindOfFrom) ? { from, to, kind: 'outbound' } : undefined;
  }
  if (kindOfFrom === 'gateway' && isNatGateway(from, material)) {
    return kindOfTo === 'publicIp' ? { from, to, kind: 'outbound' } : undefined;
  }
  const kind = jointsFrom.get(kindOfFrom)?.get(kindOfTo);
  if (kind === undefined) return undefined;
  return kindOfFrom === 'loadBalancerRule' && isOutboundRule(from, material)
    ? { from: to, to: from, kind: 'outbound' }
    : { from, to, kind };
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
