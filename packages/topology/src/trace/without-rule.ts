import { guardsBehind } from './guard.ts';
import type { Balancer, Frontend, InboundRule } from './network-parts.ts';
import { attachmentParty, type Packet } from './packet.ts';
import { stop, type Walk } from './walk.ts';
import { called, Called, listed, portText, type TraceContext } from './words.ts';

/** Stops a packet at a load balancer that has no rule for it: which it has, and what would happen behind one. */
export function withoutRule(context: TraceContext, walk: Walk, balancer: Balancer, frontend: Frontend): Walk {
  const { protocol, port } = walk.packet;
  const name = called(context, balancer.id);
  const ports = publishedPorts(balancer, frontend);
  const has = ports === '' ? 'it has none for this address' : `it has ${ports}`;
  const why =
    protocol === 'Icmp'
      ? 'it passes on TCP and UDP only'
      : `it has no rule for ${portText(protocol, port)} (${has})`;
  return stop(
    walk,
    {
      piece: balancer.id,
      says:
        protocol === 'Icmp'
          ? `${Called(context, balancer.id)} passes on TCP and UDP only, no ICMP.`
          : `${Called(context, balancer.id)} has no rule for ${portText(protocol, port)}; ${has}.`,
      facts: [
        ['Ports', ports || undefined],
        ['Behind it', behind(context, walk.packet, balancer, frontend)],
      ],
    },
    `Stopped at ${name}: ${why}.`,
  );
}

/** What the security groups of a frontend's machines would make of a packet that no rule takes. */
function behind(
  context: TraceContext,
  packet: Packet,
  { inbound }: Balancer,
  { id }: Frontend,
): string | undefined {
  const attachment = inbound
    .filter(({ frontendId }) => frontendId === id)
    .flatMap((rule) => [rule.id, ...rule.poolIds])
    .flatMap((from) => context.index.members.get(from) ?? [])[0];
  return (
    attachment && guardsBehind(context, { ...packet, destination: attachmentParty(attachment) }, attachment)
  );
}

/** The ports that a load balancer takes at a frontend: `TCP 80, 443 and 8080`. */
function publishedPorts(balancer: Balancer, frontend: Frontend): string {
  const own = balancer.inbound.filter(({ frontendId }) => frontendId === frontend.id);
  const byProtocol = Map.groupBy(
    own.toSorted((left, right) => left.firstPort - right.firstPort),
    ({ protocol }) => (protocol === 'all' ? 'TCP and UDP' : protocol.toUpperCase()),
  );
  return [...byProtocol]
    .map(
      ([protocol, rules]) =>
        `${protocol} ${listed(
          rules.map((rule) => rangeText(rule)),
          12,
        )}`,
    )
    .join('; ');
}

function rangeText({ firstPort, lastPort }: InboundRule): string {
  if (firstPort === 0) return 'every port';
  return firstPort === lastPort ? String(firstPort) : `${firstPort}–${lastPort}`;
}
