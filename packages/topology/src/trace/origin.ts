import {
  addressOf,
  contains,
  familyOf,
  isPublicAddress,
  textOf,
  type Address,
  type Family,
} from './addresses.ts';
import type { TraceEnd } from './connection.ts';
import { sourcesText } from './learned-routes.ts';
import type { Attachment } from './network-parts.ts';
import { anywhereIn, familiesOf } from './trace-ends.ts';
import { called, capital, type TraceContext } from './words.ts';

/** Who opens the connection. */
export type Origin =
  | { readonly kind: 'internet'; readonly address: Address | undefined; readonly name: string }
  | {
      readonly kind: 'attachment';
      /** Its configuration of each family; only the one with the address where one is asked about. */
      readonly attachments: Readonly<Partial<Record<Family, Attachment>>>;
      readonly name: string;
    }
  | ({ readonly kind: 'none' } & Nobody);

/** Why nothing can be followed, and where that is to be shown. */
export interface Nobody {
  readonly piece: string;
  readonly why: string;
  /** What tells more, where somebody may connect all the same, only not in a way that is evaluated here. */
  readonly check?: string;
}

/** Who opens a connection: of a node the configurations that stand for it, for a scale set's machines are all alike. */
export function originOf(context: TraceContext, end: TraceEnd): Origin {
  const { index } = context;
  if (end.kind === 'address' || (end.kind === 'internet' && end.address !== undefined)) {
    return originAt(context, end.address ?? '');
  }
  if (end.kind === 'internet' || end.piece === undefined || end.piece === 'internet') {
    return { kind: 'internet', address: undefined, name: 'the internet' };
  }
  const piece = end.piece.toLowerCase();
  const name = called(context, piece);
  const subnet = index.subnets.get(piece) ?? index.networks.get(piece)?.subnets[0];
  if (subnet) {
    return attachmentOrigin(
      familiesOf(subnet).map((family) => anywhereIn(subnet, family)),
      `any machine in ${name}`,
    );
  }
  const untraced = index.untraced.get(piece);
  if (untraced) {
    const { why, check } = untraced.type;
    return { kind: 'none', piece, why: `What ${name} sends on is not traced: ${why}.`, check };
  }
  const own = index.attachmentsOf.get(piece)?.filter(({ serviceId }) => serviceId === undefined) ?? [];
  const [first] = own;
  if (first) {
    const isOne = (first.machineId === piece || first.interfaceId === piece) && first.count === 1;
    return attachmentOrigin(own, isOne ? name : `a machine of ${name}`);
  }
  if (index.resources.has(piece)) {
    return { kind: 'none', piece, why: `${capital(name)} opens no connections into this network.` };
  }
  const why = 'Where this comes from is not among these resources.';
  return { kind: 'none', piece: 'internet', why, check: 'the resources around it' };
}

function attachmentOrigin(attachments: readonly Attachment[], name: string): Origin {
  const ofFamily = (wanted: Family): Partial<Record<Family, Attachment>> => {
    const found = attachments.find(({ family }) => family === wanted);
    return found ? { [wanted]: found } : {};
  };
  return { kind: 'attachment', attachments: { ...ofFamily('ipv4'), ...ofFamily('ipv6') }, name };
}

function originAt(context: TraceContext, text: string): Origin {
  const { index } = context;
  const address = addressOf(text);
  if (address === undefined) {
    return { kind: 'none', piece: 'internet', why: `${text} is no IP address.`, check: 'how it is written' };
  }
  const name = textOf(address);
  const untraced = [...index.untraced.values()].find(({ addresses }) => addresses.includes(address));
  if (untraced) return originOf(context, { kind: 'piece', piece: untraced.id });
  const [attachment] = index.attachmentsByAddress.get(address) ?? [];
  if (attachment?.serviceId !== undefined) {
    return originOf(context, { kind: 'piece', piece: attachment.serviceId });
  }
  if (attachment) {
    return attachmentOrigin([attachment], called(context, attachment.machineId ?? attachment.interfaceId));
  }
  const subnet = [...index.subnets.values()].find(({ ranges }) =>
    ranges.some((range) => contains(range, address)),
  );
  if (subnet) return attachmentOrigin([{ ...anywhereIn(subnet, familyOf(address)), address }], name);
  if (isPublicAddress(address)) return { kind: 'internet', address, name };
  const gateways = [...new Set([...index.gatewaysByNetwork.values()].flat())];
  const why = `${name} is a private address that no subnet here holds.`;
  return {
    kind: 'none',
    piece: gateways[0] ?? 'internet',
    why:
      gateways.length === 0
        ? why
        : `${why} What comes in from beyond ${sourcesText(context, gateways)} is not traced.`,
    check: 'where the address belongs, and what leads from there to this network',
  };
}
