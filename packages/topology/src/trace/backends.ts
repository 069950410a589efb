import type { NetworkIndex } from './network-index.ts';
import type { Attachment, Balancer, Frontend, InboundRule } from './network-parts.ts';
import type { Packet } from './packet.ts';

/** The rule that takes a port at a frontend; of several the one for the fewest ports. */
export function ruleAt(
  balancer: Balancer,
  frontend: Frontend,
  protocol: Packet['protocol'],
  port: number,
): InboundRule | undefined {
  let best: InboundRule | undefined;
  for (const rule of balancer.inbound) {
    const fits =
      rule.frontendId === frontend.id &&
      (rule.protocol === 'all' || rule.protocol === protocol.toLowerCase()) &&
      rule.firstPort <= port &&
      port <= rule.lastPort;
    if (fits && (!best || width(rule) < width(best))) best = rule;
  }
  return protocol === 'Icmp' ? undefined : best;
}

const width = ({ firstPort, lastPort }: InboundRule): number => lastPort - firstPort;

/**
 * Where a rule's connections may end, with the port there; configurations of the frontend's family only, for load
 * balancers translate between families nowhere (what is IPv6 for Azure Virtual Network). A rule for a range gives each
 * member one port of it.
 */
export function backendsOf(
  index: NetworkIndex,
  balancer: Balancer,
  rule: InboundRule,
  port: number,
): { attachment: Attachment; port: number }[] {
  const isAlike = ({ family }: Attachment): boolean =>
    family === index.frontends.get(rule.frontendId ?? '')?.family;
  if (rule.kind === 'natRange') {
    const members = rule.poolIds.flatMap((id) => index.members.get(id) ?? []).filter((item) => isAlike(item));
    return members.flatMap((attachment, place) => {
      const own = natPort(index, balancer, rule, attachment, place);
      const isOne = attachment.count > 1 ? own <= port && port < own + attachment.count : own === port;
      return isOne ? [{ attachment, port: rule.backendPort }] : [];
    });
  }
  const ids = rule.kind === 'nat' ? [rule.id] : rule.poolIds;
  const members = new Set(ids.flatMap((id) => index.members.get(id) ?? []));
  return [...members]
    .filter((item) => isAlike(item))
    .map((attachment) => ({
      attachment,
      port: rule.backendPort === 0 ? port : rule.backendPort,
    }));
}

/** The frontend port that a member of a pool has: as the load balancer states it, else counted in the members' order. */
export function natPort(
  { natPorts }: NetworkIndex,
  balancer: Balancer,
  rule: InboundRule,
  attachment: Attachment,
  place: number,
): number {
  const stated = natPorts.get(`${balancer.id}/inboundnatrules/${rule.name.toLowerCase()} ${attachment.id}`);
  return stated ?? rule.firstPort + place;
}

/** Whether a rule leads to backends that the load balancer names, but that are not among the resources. */
export function hasMembersElsewhere(index: NetworkIndex, { pools }: Balancer, rule: InboundRule): boolean {
  const isUnknown = (id: string): boolean => !index.members.has(id);
  if (rule.kind === 'nat') return rule.targetIds.length > 0 && isUnknown(rule.id);
  return rule.poolIds.some((id) => (pools.get(id)?.length ?? 0) > 0 && isUnknown(id));
}
