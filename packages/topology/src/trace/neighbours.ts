import type { TraceEnd } from './connection.ts';
import type { Attachment } from './network-parts.ts';
import { nearNetworks } from './peerings.ts';
import { addressEnd, pieceEnd } from './reach-spans.ts';
import { anywhereIn } from './trace-ends.ts';
import type { TraceContext } from './words.ts';

/** With more machines than this, questions about «every other machine» are answered for their subnets. */
export const mostMachines = 24;

/** A node as an end of connections, with the configuration that stands for it. */
export interface Node {
  end: TraceEnd;
  attachment: Attachment;
}

/**
 * The machines of a network and of those peered with it, each scale set once; their subnets where there are many. Without
 * a network those of all networks.
 */
export function neighboursOf({ index }: TraceContext, networkId: string | undefined): Node[] {
  const networks =
    networkId === undefined
      ? [...index.networks.values()]
      : nearNetworks(index, networkId).flatMap((id) => index.networks.get(id) ?? []);
  const nodes = new Map<string, Node>();
  for (const { id } of networks) {
    for (const attachment of index.attachmentsOf.get(id) ?? []) {
      const node = attachment.scaleSetId ?? attachment.machineId;
      if (node !== undefined && !nodes.has(node)) nodes.set(node, { end: pieceEnd(node), attachment });
    }
  }
  if (nodes.size <= mostMachines) return [...nodes.values()];
  const used = networks.flatMap(({ subnets }) => subnets).filter(({ id }) => index.attachmentsOf.has(id));
  return used
    .slice(0, mostMachines)
    .map((subnet) => ({ end: pieceEnd(subnet.id), attachment: anywhereIn(subnet) }));
}

/** The private endpoints of a network: other machines reach them, and they open no connections. */
export const servicesOf = ({ index }: TraceContext, networkId: string | undefined): Node[] =>
  (index.attachmentsOf.get(networkId ?? '') ?? [])
    .flatMap((attachment): Node[] =>
      attachment.serviceId === undefined ? [] : [{ end: pieceEnd(attachment.serviceId), attachment }],
    )
    .slice(0, mostMachines);

/** The IPv6 addresses of the machines of a network and of those peered with it, as far as they are known. */
export const byIpv6 = ({ index }: TraceContext, networkId: string | undefined): Node[] =>
  nearNetworks(index, networkId)
    .flatMap((id) => index.attachmentsOf.get(id) ?? [])
    .flatMap((attachment) => nodeByIpv6([attachment]) ?? [])
    .slice(0, mostMachines);

/** The first of some configurations that has a known IPv6 address and belongs to a machine. */
export function nodeByIpv6(attachments: readonly Attachment[]): Node | undefined {
  for (const attachment of attachments) {
    const { family, address, machineId } = attachment;
    if (family === 'ipv6' && address !== undefined && machineId !== undefined) {
      return { end: addressEnd(address), attachment };
    }
  }
  return undefined;
}
