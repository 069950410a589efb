import { addressText } from '../../providers/network/address-range.ts';
import { prefixRange } from '../network/ipv4-prefix.ts';
import type {
  AddressMatch,
  PortRange,
  SecurityProtocol,
  SecurityRulePlan,
} from '../network/security-plan.ts';
import { safeName } from './config-names.ts';
import { platformAddress } from './platform-addresses.ts';
import { mergedRanges } from './value-ranges.ts';

/** Name of the set that holds the network's own addresses. */
export const virtualNetworkSet = 'virtual_network';
/** Name of the set of the addresses that the service tag Internet does not mean. */
export const notInternetSet = 'not_internet';

/**
 * The nftables statements of a security group in one direction. A packet that is allowed returns to where the chain was
 * called from, so that the next group can have its say; any other is dropped without an answer, as Azure does.
 */
export function securityChain(rules: readonly SecurityRulePlan[]): string[] {
  return [...rules.flatMap((rule) => ruleStatements(rule)), 'drop'];
}

/** The elements of an nftables set of addresses. */
export function addressElements(prefixes: readonly string[]): string {
  const ranges = prefixes.map((prefix) => {
    const { first, last } = prefixRange(prefix);
    return { first: Number(first), last: Number(last) };
  });
  return mergedRanges(ranges)
    .map(({ first, last }) => (first === last ? ipv4Text(first) : `${ipv4Text(first)}-${ipv4Text(last)}`))
    .join(', ');
}

function ipv4Text(value: number): string {
  return addressText('ipv4', BigInt(value));
}

/** One statement for each pair of kinds of addresses, because nftables has no “or” between a set and a prefix. */
function ruleStatements(rule: SecurityRulePlan): string[] {
  const protocol = protocolMatch(rule.protocol, rule.sourcePorts, rule.destinationPorts);
  if (protocol === undefined) return [];
  const verdict = rule.access === 'Allow' ? 'return' : 'drop';
  return addressMatches('saddr', rule.sources).flatMap((source) =>
    addressMatches('daddr', rule.destinations).map((destination) =>
      [source, destination, protocol, verdict, `comment "${rule.priority} ${safeName(rule.name)}"`]
        .filter((part) => part !== '')
        .join(' '),
    ),
  );
}

function addressMatches(side: 'saddr' | 'daddr', addresses: readonly AddressMatch[]): string[] {
  if (addresses.some(({ kind }) => kind === 'any')) return [''];
  const tags = new Set(addresses.flatMap((address) => (address.kind === 'tag' ? [address.tag] : [])));
  const prefixes = addresses.flatMap((address) => (address.kind === 'prefix' ? [address.prefix] : []));
  return [
    ...(tags.has('VirtualNetwork') ? [`ip ${side} @${virtualNetworkSet}`] : []),
    ...(tags.has('AzureLoadBalancer') ? [`ip ${side} ${platformAddress}`] : []),
    ...(tags.has('Internet') ? [`ip ${side} != @${notInternetSet}`] : []),
    ...(prefixes.length > 0 ? [`ip ${side} { ${addressElements(prefixes)} }`] : []),
  ];
}

/** Nothing when no packet can match. Ports only mean something to TCP and UDP; a rule for any protocol that names ports is about these two. */
function protocolMatch(
  protocol: SecurityProtocol,
  sourcePorts: readonly PortRange[],
  destinationPorts: readonly PortRange[],
): string | undefined {
  if (sourcePorts.length === 0 || destinationPorts.length === 0) return undefined;
  const isPortless = protocol === 'icmp' || protocol === 'esp' || protocol === 'ah';
  const ports = isPortless ? '' : `${portMatch('sport', sourcePorts)}${portMatch('dport', destinationPorts)}`;
  if (protocol !== 'any') return `meta l4proto ${protocol}${ports}`;
  return ports === '' ? '' : `meta l4proto { tcp, udp }${ports}`;
}

function portMatch(side: 'sport' | 'dport', ports: readonly PortRange[]): string {
  const ranges = mergedRanges(ports);
  if (ranges.some(({ first, last }) => first === 0 && last === 65_535)) return '';
  const elements = ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  return ` th ${side} { ${elements.join(', ')} }`;
}
