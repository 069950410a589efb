import { addressOf, contains, familyOf, isPublicAddress, textOf, type Address } from './addresses.ts';
import type { Connection } from './connection.ts';
import { holderOf, type Goal, type Holder } from './goal.ts';
import { anywhereIn, attachmentsAt, familiesOf, frontendsAt, publicAddressesAt } from './trace-ends.ts';
import { called, withAddress, type TraceContext } from './words.ts';

/** Where a connection may end, and what that is called. */
export interface Goals {
  readonly goals: readonly Goal[];
  readonly name: string;
}

/**
 * Where a connection is meant to end, as seen from a virtual network; several for a node that holds several machines or
 * that has addresses of both families.
 */
export function goalsAt(
  context: TraceContext,
  { to }: Pick<Connection, 'to'>,
  networkId: string | undefined,
): Goals {
  const { index } = context;
  if (to.kind === 'address' || (to.kind === 'internet' && to.address !== undefined)) {
    return goalAtAddress(context, to.address ?? '', networkId);
  }
  if (to.kind === 'internet' || to.piece === undefined || to.piece === 'internet') {
    const goals = (['ipv4', 'ipv6'] as const).map((family): Goal => ({
      kind: 'internet',
      family,
      address: undefined,
    }));
    return { goals, name: 'the internet' };
  }
  const piece = to.piece.toLowerCase();
  const name = piece === 'service' ? 'every public address' : called(context, piece);
  const attachments = attachmentsAt(context, piece);
  if (attachments.length > 0) {
    return { goals: attachments.map((attachment) => ({ kind: 'attachment', attachment })), name };
  }
  const subnet = index.subnets.get(piece);
  if (subnet) {
    const goals = familiesOf(subnet).map((family): Goal => ({
      kind: 'attachment',
      attachment: anywhereIn(subnet, family),
    }));
    return { goals, name };
  }
  const untraced = index.untraced.get(piece);
  const goals: Goal[] = [
    ...(untraced?.addresses ?? []).flatMap((address): Goal[] =>
      untraced ? [{ kind: 'untraced', piece: untraced, address }] : [],
    ),
    ...publicAddressesAt(context, piece).map((publicAddress): Goal => ({
      kind: 'publicAddress',
      publicAddress,
    })),
    ...frontendsAt(context, piece).flatMap((placed): Goal[] =>
      placed.frontend.publicIpId === undefined ? [{ kind: 'frontend', placed }] : [],
    ),
  ];
  return { goals, name };
}

function goalAtAddress(context: TraceContext, text: string, networkId: string | undefined): Goals {
  const { index } = context;
  const address = addressOf(text);
  if (address === undefined) return { goals: [], name: text };
  const name = textOf(address);
  const holder = holderOf(context, address, networkId);
  if (holder) return { goals: [holder], name: holderName(context, holder, address) };
  const publicAddress = [...index.publicAddresses.values()].find((item) => item.address === address);
  if (publicAddress) return { goals: [{ kind: 'publicAddress', publicAddress }], name };
  const isPrivate =
    !isPublicAddress(address) ||
    [...index.networks.values()].some(({ ranges }) => ranges.some((range) => contains(range, address)));
  const goal: Goal = isPrivate
    ? { kind: 'unknown', address }
    : { kind: 'internet', family: familyOf(address), address };
  return { goals: [goal], name };
}

function holderName(context: TraceContext, holder: Holder, address: Address): string {
  switch (holder.kind) {
    case 'attachment': {
      const { machineId, serviceId, interfaceId } = holder.attachment;
      return withAddress(called(context, machineId ?? serviceId ?? interfaceId), address);
    }
    case 'untraced':
      return withAddress(called(context, holder.piece.id), address);
    case 'frontend':
      return textOf(address);
  }
}
