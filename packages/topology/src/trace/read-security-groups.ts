import { idsAt, numberAt, textAt, type TopologyResource } from '../arm-resource.ts';
import { partsAt, textsOf } from './arm-parts.ts';
import { rangeOf, type AddressRange } from './addresses.ts';

/** What a security rule compares an address with. */
export type AddressTerm =
  /** Every address of both families. */
  | { readonly kind: 'anything' }
  | { readonly kind: 'range'; readonly range: AddressRange }
  /** A service tag, in lower case and as it is written. */
  | { readonly kind: 'tag'; readonly tag: string; readonly written: string }
  | { readonly kind: 'applicationGroup'; readonly id: string };

/** Ports from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export interface SecurityRule {
  /** Lower case; nothing for Azure's default rules. */
  readonly id: string | undefined;
  readonly name: string;
  readonly priority: number;
  readonly isInbound: boolean;
  readonly allows: boolean;
  /** `tcp`, `udp`, `icmp`, `esp`, `ah` or `*`. */
  readonly protocol: string;
  readonly sources: readonly AddressTerm[];
  readonly sourcePorts: readonly PortRange[];
  readonly destinations: readonly AddressTerm[];
  readonly destinationPorts: readonly PortRange[];
  /** Source and destination as they are written. */
  readonly sourceText: string;
  readonly destinationText: string;
}

/** The rules of a security group in the order in which they are asked, Azure's default rules included. */
export interface SecurityGroup {
  readonly id: string;
  readonly inbound: readonly SecurityRule[];
  readonly outbound: readonly SecurityRule[];
}

export const everyPort: PortRange = { first: 0, last: 65_535 };

/**
 * A security group. Rules that state one address, port range or application group, and augmented rules that state
 * several, are read alike; a rule whose access, priority or direction cannot be read is left out.
 */
export function readSecurityGroup(
  resource: TopologyResource,
  children: readonly TopologyResource[],
): SecurityGroup {
  const id = resource.id.toLowerCase();
  const rules = new Map<string, SecurityRule>();
  for (const part of partsAt(resource, 'securityRules')) {
    const rule = readRule(part.id, part.name, part.value);
    if (rule) rules.set(part.id, rule);
  }
  for (const child of children) {
    const childId = child.id.toLowerCase();
    const rule = readRule(childId, child.name, child);
    if (rule) rules.set(childId, rule);
  }
  const inOrder = (isInbound: boolean): SecurityRule[] =>
    [...rules.values(), ...defaultRules]
      .filter((rule) => rule.isInbound === isInbound)
      .toSorted((left, right) => left.priority - right.priority);
  return { id, inbound: inOrder(true), outbound: inOrder(false) };
}

function readRule(id: string, name: string, value: unknown): SecurityRule | undefined {
  const direction = textAt(value, 'properties.direction')?.toLowerCase();
  const access = textAt(value, 'properties.access')?.toLowerCase();
  const priority = numberAt(value, 'properties.priority');
  if (direction !== 'inbound' && direction !== 'outbound') return undefined;
  if (access !== 'allow' && access !== 'deny') return undefined;
  if (priority === undefined) return undefined;
  const addresses = (side: string): string[] =>
    textsOf(value, `properties.${side}AddressPrefix`, `properties.${side}AddressPrefixes`);
  const groups = (side: string): string[] => idsAt(value, `properties.${side}ApplicationSecurityGroups`);
  const terms = (side: string): AddressTerm[] => [
    ...addresses(side).map((text) => addressTerm(text)),
    ...groups(side).map((group) => ({ kind: 'applicationGroup' as const, id: group })),
  ];
  const ports = (side: string): PortRange[] =>
    textsOf(value, `properties.${side}PortRange`, `properties.${side}PortRanges`).flatMap(
      (text) => portRange(text) ?? [],
    );
  const text = (side: string): string =>
    [...addresses(side), ...groups(side).map((group) => group.slice(group.lastIndexOf('/') + 1))].join(', ');
  return {
    id,
    name,
    priority,
    isInbound: direction === 'inbound',
    allows: access === 'allow',
    protocol: (textAt(value, 'properties.protocol') ?? '*').toLowerCase(),
    sources: terms('source'),
    sourcePorts: ports('source'),
    destinations: terms('destination'),
    destinationPorts: ports('destination'),
    sourceText: text('source'),
    destinationText: text('destination'),
  };
}

function addressTerm(text: string): AddressTerm {
  if (text === '*' || text.toLowerCase() === 'any') return { kind: 'anything' };
  const range = rangeOf(text);
  return range ? { kind: 'range', range } : { kind: 'tag', tag: text.toLowerCase(), written: text };
}

function portRange(text: string): PortRange | undefined {
  if (text === '*') return everyPort;
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (!match) return undefined;
  return { first: Number(match[1]), last: Number(match[2] ?? match[1]) };
}

/** Azure's default security rules, which every group ends with (network security groups overview). */
const defaultRules: readonly SecurityRule[] = [
  defaultRule('AllowVnetInBound', 65_000, true, true, 'VirtualNetwork', 'VirtualNetwork'),
  defaultRule('AllowAzureLoadBalancerInBound', 65_001, true, true, 'AzureLoadBalancer', '*'),
  defaultRule('DenyAllInBound', 65_500, true, false, '*', '*'),
  defaultRule('AllowVnetOutBound', 65_000, false, true, 'VirtualNetwork', 'VirtualNetwork'),
  defaultRule('AllowInternetOutBound', 65_001, false, true, '*', 'Internet'),
  defaultRule('DenyAllOutBound', 65_500, false, false, '*', '*'),
];

function defaultRule(
  name: string,
  priority: number,
  isInbound: boolean,
  allows: boolean,
  source: string,
  destination: string,
): SecurityRule {
  return {
    id: undefined,
    name,
    priority,
    isInbound,
    allows,
    protocol: '*',
    sources: [addressTerm(source)],
    sourcePorts: [everyPort],
    destinations: [addressTerm(destination)],
    destinationPorts: [everyPort],
    sourceText: source,
    destinationText: destination,
  };
}
