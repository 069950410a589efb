import { blockedBy } from './guard.ts';
import { ipv4Number, probeSource } from './ipv4.ts';
import type { Attachment, InboundRule, Probe } from './network-parts.ts';
import { addressParty, attachmentParty, type Packet } from './packet.ts';
import { called, portText, type TraceContext } from './words.ts';

/**
 * Why a backend counts as down: its probe does not get through. Probes come from 168.63.129.16 to the machine's own
 * address and must be admitted (Azure Load Balancer health probes).
 */
export function probeBlock(
  context: TraceContext,
  { probe }: InboundRule,
  packet: Packet,
  attachment: Attachment,
): string | undefined {
  if (!probe) return undefined;
  const from = ipv4Number(probeSource);
  if (from === undefined) return undefined;
  const probing: Packet = {
    ...packet,
    source: addressParty(from),
    sourcePort: undefined,
    destination: attachmentParty(attachment),
    protocol: 'Tcp',
    port: probe.port,
  };
  const found = blockedBy(context, probing, attachment, 'inbound');
  if (!found) return undefined;
  return `The probe would be blocked, so this backend gets nothing: rule ${found.rule.name} of ${called(context, found.groupId)} turns away ${portText('Tcp', probe.port)} from ${probeSource}.`;
}

/** What a probe asks, and how often: `alive: HTTP 8081/alive every 5 s`. */
export function probeText({ name, protocol, port, path, interval }: Probe): string {
  const every = interval === undefined ? '' : ` every ${interval} s`;
  return `${name}: ${protocol.toUpperCase()} ${port}${path ?? ''}${every}`;
}
