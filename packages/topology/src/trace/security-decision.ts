import { matchTerms, type Match, type Party, type TagScope } from './service-tags.ts';
import type { PortRange, SecurityGroup, SecurityRule } from './read-security-groups.ts';

/** A packet as a security group sees it: after translation when it comes in, before it when it goes out. */
export interface GuardedPacket {
  readonly source: Party;
  readonly destination: Party;
  readonly protocol: 'Tcp' | 'Udp' | 'Icmp';
  /** Of the destination. */
  readonly port: number;
  /** Any port where it is not stated: clients choose theirs. */
  readonly sourcePort?: number | undefined;
}

export interface Decision {
  readonly allows: boolean;
  readonly rule: SecurityRule;
  /** Rules asked before it that would decide otherwise for some of the addresses or client ports that are asked about. */
  readonly exceptions: readonly SecurityRule[];
  /** Rules asked before it that would decide otherwise if a tag in them stood for an address, which is not known here. */
  readonly doubtful: readonly SecurityRule[];
}

/**
 * What a group makes of a packet that begins a connection: rules are asked in order of their priority and the first
 * that fits decides; answers to it are not asked about (network security groups overview). Nothing where no rule fits,
 * which Azure's default rules rule out.
 */
export function decide(
  group: SecurityGroup,
  direction: 'inbound' | 'outbound',
  packet: GuardedPacket,
  scope: TagScope,
): Decision | undefined {
  const before: { rule: SecurityRule; match: Match }[] = [];
  for (const rule of group[direction]) {
    const match = matchRule(rule, packet, scope);
    if (match === 'partly' || match === 'unknown') before.push({ rule, match });
    if (match !== 'yes') continue;
    const otherwise = (wanted: Match): SecurityRule[] =>
      before.flatMap((asked) =>
        asked.match === wanted && asked.rule.allows !== rule.allows ? [asked.rule] : [],
      );
    return {
      allows: rule.allows,
      rule,
      exceptions: otherwise('partly'),
      doubtful: otherwise('unknown'),
    };
  }
  return undefined;
}

function matchRule(rule: SecurityRule, packet: GuardedPacket, scope: TagScope): Match {
  if (rule.protocol !== '*' && rule.protocol !== packet.protocol.toLowerCase()) return 'no';
  if (!matchesPort(rule.destinationPorts, packet)) return 'no';
  const parts: Match[] = [
    matchSourcePort(rule.sourcePorts, packet),
    matchTerms(rule.sources, packet.source, scope),
    matchTerms(rule.destinations, packet.destination, scope),
  ];
  return (['no', 'partly', 'unknown'] as const).find((match) => parts.includes(match)) ?? 'yes';
}

const isEveryPort = ({ first, last }: PortRange): boolean => first <= 1 && last >= 65_535;
const holds = (ranges: readonly PortRange[], port: number): boolean =>
  ranges.some(({ first, last }) => first <= port && port <= last);

/** ICMP has no ports, so only rules for every port fit it. */
function matchesPort(ranges: readonly PortRange[], { protocol, port }: GuardedPacket): boolean {
  return protocol === 'Icmp' ? ranges.some((range) => isEveryPort(range)) : holds(ranges, port);
}

function matchSourcePort(ranges: readonly PortRange[], { sourcePort }: GuardedPacket): Match {
  if (ranges.some((range) => isEveryPort(range))) return 'yes';
  if (sourcePort === undefined) return ranges.length > 0 ? 'partly' : 'no';
  return holds(ranges, sourcePort) ? 'yes' : 'no';
}
