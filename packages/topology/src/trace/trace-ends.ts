import { kindOfType } from '../resource-kind.ts';
import type { Connection, TraceEnd } from './connection.ts';
import { ruleAt } from './backends.ts';
import { contains, ipv4Number, ipv4Text, notPublicRanges } from './ipv4.ts';
import { holderOf, type Goal, type Holder } from './goal.ts';
import type { PlacedFrontend } from './network-index.ts';
import type { Attachment, PublicAddress, Subnet } from './network-parts.ts';
import { sourcesText } from './learned-routes.ts';
import { called, capital, withAddress, type TraceContext } from './words.ts';

/** Who opens the connection. */
export type Origin =
  | { readonly kind: 'internet'; readonly address: number | undefined; readonly name: string }
  | { readonly kind: 'attachment'; readonly attachment: Attachment; readonly name: string }
  | ({ readonly kind: 'none' } & Nobody);

/** Why nothing can be followed, and where that is to be shown. */
export interface Nobody {
  readonly piece: string;
  readonly why: string;
  /** What tells more, where somebody may connect all the same, only not in a way that is evaluated here. */
  readonly check?: string;
}

/** A machine of a subnet, whichever: for questions about the subnet. */
export const anywhereIn = (subnet: Subnet): Attachment => ({
  id: `${subnet.id} any`,
  interfaceId: subnet.id,
  machineId: subnet.id,
  scaleSetId: undefined,
  serviceId: undefined,
  chainedTo: undefined,
  count: 1,
  address: undefined,
  subnet,
  groupId: undefined,
  publicIpId: undefined,
  hasPublicIp: false,
  poolIds: [],
  natRuleIds: [],
  natPoolIds: [],
  applicationGroupIds: new Set(),
  forwards: false,
});

/** The configuration that stands for a node when it opens a connection: a scale set's machines are all alike. */
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
  if (subnet) return { kind: 'attachment', attachment: anywhereIn(subnet), name: `any machine in ${name}` };
  const untraced = index.untraced.get(piece);
  if (untraced) {
    const { why, check } = untraced.type;
    return { kind: 'none', piece, why: `What ${name} sends on is not traced: ${why}.`, check };
  }
  const attachment = index.attachmentsOf.get(piece)?.find(({ serviceId }) => serviceId === undefined);
  if (attachment) {
    const isOne = attachment.machineId === piece && attachment.count === 1;
    const isInterface = attachment.interfaceId === piece && attachment.count === 1;
    return { kind: 'attachment', attachment, name: isOne || isInterface ? name : `a machine of ${name}` };
  }
  if (index.resources.has(piece)) {
    return { kind: 'none', piece, why: `${capital(name)} opens no connections into this network.` };
  }
  const why = 'Where this comes from is not among these resources.';
  return { kind: 'none', piece: 'internet', why, check: 'the resources around it' };
}

function originAt(context: TraceContext, text: string): Origin {
  const { index } = context;
  const address = ipv4Number(text);
  if (address === undefined)
    return { kind: 'none', piece: 'internet', why: 'Only IPv4 addresses are traced.' };
  const untraced = [...index.untraced.values()].find(({ addresses }) => addresses.includes(address));
  if (untraced) return originOf(context, { kind: 'piece', piece: untraced.id });
  const [attachment] = index.attachmentsByAddress.get(address) ?? [];
  if (attachment) {
    if (attachment.serviceId !== undefined) {
      return originOf(context, { kind: 'piece', piece: attachment.serviceId });
    }
    const name = called(context, attachment.machineId ?? attachment.interfaceId);
    return { kind: 'attachment', attachment, name };
  }
  const subnet = [...index.subnets.values()].find(({ ranges }) =>
    ranges.some((range) => contains(range, address)),
  );
  if (subnet) return { kind: 'attachment', attachment: { ...anywhereIn(subnet), address }, name: text };
  if (notPublicRanges.some((range) => contains(range, address))) {
    const gateways = [...new Set([...index.gatewaysByNetwork.values()].flat())];
    return {
      kind: 'none',
      piece: gateways[0] ?? 'internet',
      why:
        gateways.length === 0
          ? `${text} is a private address that no subnet here holds.`
          : `${text} is a private address that no subnet here holds. What comes in from beyond ${sourcesText(context, gateways)} is not traced.`,
      check: 'where the address belongs, and what leads from there to this network',
    };
  }
  return { kind: 'internet', address, name: text };
}

/** Where a connection from the internet enters, and which backends count; nothing for every one. */
export interface Entrance {
  readonly publicAddress: PublicAddress;
  readonly port: number;
  readonly only: ReadonlySet<string> | undefined;
}

/** The attachments that a node stands for when something connects to it. */
export function attachmentsAt(context: TraceContext, piece: string): readonly Attachment[] {
  const { index } = context;
  const direct = index.attachmentsOf.get(piece);
  if (direct) return direct;
  const resource = index.resources.get(piece);
  if (!resource) return [];
  const kind = kindOfType(resource.type);
  if (kind === 'networkSecurityGroup') {
    return index.attachments.filter(({ groupId, subnet }) => groupId === piece || subnet?.groupId === piece);
  }
  if (kind === 'availabilitySet') {
    return index.attachments.filter(({ machineId }) => {
      const machine = index.resources.get(machineId ?? '');
      return JSON.stringify(machine?.properties?.['availabilitySet'] ?? '')
        .toLowerCase()
        .includes(`"${piece}"`);
    });
  }
  return [];
}

/** The public address, load balancer or rule that a node id stands for, as public addresses. */
export function publicAddressesAt(context: TraceContext, piece: string): PublicAddress[] {
  const { index } = context;
  if (piece === 'service') return [...index.publicAddresses.values()];
  const own = index.publicAddresses.get(piece);
  if (own) return [own];
  if (index.untraced.has(piece)) {
    return [...index.publicAddresses.values()].filter(({ holderId }) => holderId?.startsWith(`${piece}/`));
  }
  return frontendsAt(context, piece).flatMap(
    ({ frontend }) => index.publicAddresses.get(frontend.publicIpId ?? '') ?? [],
  );
}

/** The frontends of a load balancer, or of the rule that a node id stands for. */
export function frontendsAt(context: TraceContext, piece: string): PlacedFrontend[] {
  const { index } = context;
  const balancer = index.balancers.get(piece);
  if (balancer) return balancer.frontends.map((frontend) => ({ balancer, frontend }));
  const owner = [...index.balancers.values()].find(({ id }) => piece.startsWith(`${id}/`));
  if (!owner) return [];
  const rule = owner.inbound.find(({ id }) => id === piece);
  return owner.frontends
    .filter(({ id }) => rule?.frontendId === id || id === piece)
    .map((frontend) => ({ balancer: owner, frontend }));
}

/**
 * Where a connection from the internet to a machine can enter: its own public address, or a rule that leads to it from
 * the dialled port; where no rule has that port, the rules that end at it on the machine.
 */
export function entrancesTo(
  context: TraceContext,
  attachments: readonly Attachment[],
  { protocol, port }: Pick<Connection, 'protocol' | 'port'>,
): Entrance[] {
  const { index } = context;
  const dialled = new Map<string, Entrance>();
  const ending = new Map<string, Entrance>();
  const ids = new Set(attachments.map(({ id }) => id));
  const add = (into: Map<string, Entrance>, publicAddress: PublicAddress, at: number): void => {
    into.set(`${publicAddress.id} ${at}`, { publicAddress, port: at, only: ids });
  };
  for (const attachment of attachments) {
    const own = index.publicAddresses.get(attachment.publicIpId ?? '');
    if (own) add(dialled, own, port);
    for (const { rule } of index.rulesOf.get(attachment.id) ?? []) {
      const frontend = index.frontends.get(rule.frontendId ?? '');
      const publicAddress = index.publicAddresses.get(frontend?.frontend.publicIpId ?? '');
      if (!frontend || !publicAddress) continue;
      if (protocol !== 'Icmp' && rule.protocol !== 'all' && rule.protocol !== protocol.toLowerCase())
        continue;
      if (rule.firstPort <= port && port <= rule.lastPort) {
        if (rule.kind !== 'natRange') add(dialled, publicAddress, port);
        else if (ruleAt(frontend.balancer, frontend.frontend, protocol, port) === rule) {
          add(dialled, publicAddress, port);
        }
      } else if (rule.backendPort === port && rule.kind !== 'natRange') {
        add(ending, publicAddress, rule.firstPort);
      }
    }
  }
  return [...(dialled.size > 0 ? dialled : ending).values()];
}

/**
 * Where a connection is meant to end, as seen from a virtual network; several for a node that holds several machines.
 */
export function goalsAt(
  context: TraceContext,
  { to }: Pick<Connection, 'to'>,
  networkId: string | undefined,
): { goals: Goal[]; name: string } {
  const { index } = context;
  if (to.kind === 'address' || (to.kind === 'internet' && to.address !== undefined)) {
    return goalAtAddress(context, to.address ?? '', networkId);
  }
  if (to.kind === 'internet' || to.piece === undefined || to.piece === 'internet') {
    return { goals: [{ kind: 'internet', address: undefined }], name: 'the internet' };
  }
  const piece = to.piece.toLowerCase();
  const name = piece === 'service' ? 'every public address' : called(context, piece);
  const attachments = attachmentsAt(context, piece);
  if (attachments.length > 0) {
    const first = attachments[0];
    const single = attachments.length === 1 && first?.count === 1 ? first.address : undefined;
    return {
      goals: attachments.map((attachment) => ({ kind: 'attachment', attachment })),
      name: withAddress(name, single),
    };
  }
  const subnet = index.subnets.get(piece);
  if (subnet) return { goals: [{ kind: 'attachment', attachment: anywhereIn(subnet) }], name };
  const internal = frontendsAt(context, piece).filter(({ frontend }) => frontend.publicIpId === undefined);
  const untraced = index.untraced.get(piece);
  return {
    goals: [
      ...(untraced?.addresses ?? []).flatMap((address): Goal[] =>
        untraced ? [{ kind: 'untraced', piece: untraced, address }] : [],
      ),
      ...publicAddressesAt(context, piece).map((publicAddress): Goal => ({
        kind: 'publicAddress',
        publicAddress,
      })),
      ...internal.map((placed): Goal => ({ kind: 'frontend', placed })),
    ],
    name,
  };
}

function goalAtAddress(
  context: TraceContext,
  text: string,
  networkId: string | undefined,
): { goals: Goal[]; name: string } {
  const { index } = context;
  const address = ipv4Number(text);
  if (address === undefined) return { goals: [], name: text };
  const name = ipv4Text(address);
  const holder = holderOf(context, address, networkId);
  if (holder) return { goals: [holder], name: holderName(context, holder, address) };
  const publicAddress = [...index.publicAddresses.values()].find((item) => item.address === address);
  if (publicAddress) return { goals: [{ kind: 'publicAddress', publicAddress }], name };
  const isPrivate = [
    ...notPublicRanges,
    ...[...index.networks.values()].flatMap(({ ranges }) => ranges),
  ].some((range) => contains(range, address));
  return { goals: [isPrivate ? { kind: 'unknown', address } : { kind: 'internet', address }], name };
}

function holderName(context: TraceContext, holder: Holder, address: number): string {
  switch (holder.kind) {
    case 'attachment': {
      const { machineId, serviceId, interfaceId } = holder.attachment;
      return withAddress(called(context, machineId ?? serviceId ?? interfaceId), address);
    }
    case 'untraced':
      return withAddress(called(context, holder.piece.id), address);
    case 'frontend':
      return ipv4Text(address);
  }
}
