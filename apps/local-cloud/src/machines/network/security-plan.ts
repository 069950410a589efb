import type { JsonValue } from '@slipway/arm-template';
import { arrayAt, numberAt, objectsAt, sameText, textAt } from '../../providers/json-reading.ts';
import type { ResourceRecord } from '../../providers/provider.ts';
import { defaultSecurityRules } from '../../providers/network/security-rules.ts';
import { keptSubResources } from '../../providers/sub-resources.ts';
import type { SubResource } from '../../providers/sub-resources.ts';
import { canonicalPrefix } from './ipv4-prefix.ts';
import type { PlannedConfiguration } from './planned-configurations.ts';

/** The rules of a network security group in the order in which they are tried; the first that matches decides. */
export interface SecurityGroupPlan {
  readonly id: string;
  readonly inbound: readonly SecurityRulePlan[];
  readonly outbound: readonly SecurityRulePlan[];
}

/** One rule. It matches when the protocol and one entry of each list match; an empty list matches nothing. */
export interface SecurityRulePlan {
  readonly name: string;
  readonly priority: number;
  readonly access: 'Allow' | 'Deny';
  readonly protocol: SecurityProtocol;
  readonly sources: readonly AddressMatch[];
  readonly sourcePorts: readonly PortRange[];
  readonly destinations: readonly AddressMatch[];
  readonly destinationPorts: readonly PortRange[];
}

/** Protocols that security rules know; `any` is Azure's `*`. */
export type SecurityProtocol = 'tcp' | 'udp' | 'icmp' | 'esp' | 'ah' | 'any';

/** The service tags that mean something without the rest of Azure. */
export type ServiceTag = 'VirtualNetwork' | 'Internet' | 'AzureLoadBalancer';

/** What an address is compared with; prefixes are IPv4, start at their first address and are never `/0`. */
export type AddressMatch =
  | { readonly kind: 'any' }
  | { readonly kind: 'tag'; readonly tag: ServiceTag }
  | { readonly kind: 'prefix'; readonly prefix: string };

/** Ports from `first` to `last`, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** Addresses of the members of application security groups, by lower-case id of the group. */
export type ApplicationGroupMembers = ReadonlyMap<string, readonly string[]>;

const protocols: Readonly<Record<string, SecurityProtocol>> = {
  '*': 'any',
  tcp: 'tcp',
  udp: 'udp',
  icmp: 'icmp',
  esp: 'esp',
  ah: 'ah',
};
const serviceTags: readonly ServiceTag[] = ['VirtualNetwork', 'Internet', 'AzureLoadBalancer'];

/** The addresses of each application security group: of all IPv4 configurations that name it and have a machine. */
export function applicationGroupMembers(
  configurations: readonly PlannedConfiguration[],
): ApplicationGroupMembers {
  const members = new Map<string, string[]>();
  for (const { address, machine, properties } of configurations) {
    if (!machine) continue;
    for (const reference of objectsAt(properties, 'applicationSecurityGroups')) {
      const id = (textAt(reference, 'id') ?? '').toLowerCase();
      members.set(id, [...(members.get(id) ?? []), address]);
    }
  }
  return members;
}

/**
 * A group with Azure's default rules, by priority. Service tags other than the three of `ServiceTag` name addresses of
 * Azure's services, which the local cloud does not have: they match nothing. So do IPv6 prefixes and application
 * security groups without members. A rule whose access, priority or protocol cannot be read is left out.
 */
export function securityGroupPlan(
  group: ResourceRecord,
  members: ApplicationGroupMembers,
): SecurityGroupPlan {
  const rules = [...keptSubResources(group, 'securityRules'), ...defaultSecurityRules];
  const of = (direction: string): SecurityRulePlan[] =>
    rules
      .filter((rule) => sameText(textAt(rule.properties, 'direction'), direction))
      .flatMap((rule) => rulePlan(rule, members) ?? [])
      .toSorted((left, right) => left.priority - right.priority);
  return { id: group.id, inbound: of('Inbound'), outbound: of('Outbound') };
}

function rulePlan(rule: SubResource, members: ApplicationGroupMembers): SecurityRulePlan | undefined {
  const { name, properties } = rule;
  const priority = numberAt(properties, 'priority');
  const protocol = protocols[textAt(properties, 'protocol')?.toLowerCase() ?? ''];
  const stated = textAt(properties, 'access');
  const access = sameText(stated, 'Allow') ? 'Allow' : sameText(stated, 'Deny') ? 'Deny' : undefined;
  if (priority === undefined || protocol === undefined || access === undefined) return undefined;
  const addresses = (side: 'source' | 'destination'): AddressMatch[] => [
    ...texts(properties, `${side}AddressPrefix`, `${side}AddressPrefixes`).flatMap(
      (text) => addressMatch(text) ?? [],
    ),
    ...objectsAt(properties, `${side}ApplicationSecurityGroups`)
      .flatMap((reference) => members.get((textAt(reference, 'id') ?? '').toLowerCase()) ?? [])
      .map((address): AddressMatch => ({ kind: 'prefix', prefix: `${address}/32` })),
  ];
  const ports = (side: 'source' | 'destination'): PortRange[] =>
    texts(properties, `${side}PortRange`, `${side}PortRanges`).flatMap((text) => portRange(text) ?? []);
  return {
    name,
    priority,
    access,
    protocol,
    sources: addresses('source'),
    sourcePorts: ports('source'),
    destinations: addresses('destination'),
    destinationPorts: ports('destination'),
  };
}

/** The texts of a member that is stated alone or as a list. */
function texts(properties: JsonValue, single: string, several: string): string[] {
  return [textAt(properties, single), ...arrayAt(properties, several)].filter(
    (value) => typeof value === 'string',
  );
}

function addressMatch(text: string): AddressMatch | undefined {
  const tag = serviceTags.find((candidate) => sameText(candidate, text));
  if (tag) return { kind: 'tag', tag };
  const prefix = canonicalPrefix(text);
  if (text === '*' || prefix?.endsWith('/0') === true) return { kind: 'any' };
  return prefix === undefined ? undefined : { kind: 'prefix', prefix };
}

function portRange(text: string): PortRange | undefined {
  if (text === '*') return { first: 0, last: 65_535 };
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!match) return undefined;
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  return first <= last && last <= 65_535 ? { first, last } : undefined;
}
