import { probeSources, textOf } from './addresses.ts';
import { blockedBy, isUnguarded } from './guard.ts';
import type { Attachment, InboundRule, Probe } from './network-parts.ts';
import { attachmentParty, internetParty, type Packet } from './packet.ts';
import { called, portText, type TraceContext } from './words.ts';

/**
 * Why a backend counts as down: its probe does not get through. Probes come from 168.63.129.16, for IPv6 from a link-local
 * address, to the machine's own address and must be admitted (Azure Load Balancer health probes); for IPv6 they work only
 * where a security group is active (what is IPv6 for Azure Virtual Network).
 */
export function probeBlock(
  context: TraceContext,
  { probe }: InboundRule,
  packet: Packet,
  attachment: Attachment,
): string | undefined {
  if (!probe) return undefined;
  const { family } = attachment;
  if (family === 'ipv6' && isUnguarded(attachment)) {
    return 'Probes by IPv6 work only where a security group is active, and none is, so this backend gets nothing.';
  }
  const from = probeSources[family];
  const probing: Packet = {
    ...packet,
    source: { ...internetParty(family), within: [from] },
    sourcePort: undefined,
    destination: attachmentParty(attachment),
    protocol: 'Tcp',
    port: probe.port,
  };
  const found = blockedBy(context, probing, attachment, 'inbound');
  if (!found) return undefined;
  return `The probe would be blocked, so this backend gets nothing: rule ${found.rule.name} of ${called(context, found.groupId)} turns away ${portText('Tcp', probe.port)} from ${family === 'ipv4' ? textOf(from.first) : 'its link-local address'}.`;
}

/** What a probe asks, and how often: `alive: HTTP 8081/alive every 5 s`. */
export function probeText({ name, protocol, port, path, interval }: Probe): string {
  const every = interval === undefined ? '' : ` every ${interval} s`;
  return `${name}: ${protocol.toUpperCase()} ${port}${path ?? ''}${every}`;
}
