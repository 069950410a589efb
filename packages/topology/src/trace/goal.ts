import { nearNetworks } from './peerings.ts';
import { contains, familyOf, unspecified, type Address, type Family } from './addresses.ts';
import type { PlacedFrontend } from './network-index.ts';
import type { Attachment, PublicAddress } from './network-parts.ts';
import { addressParty, attachmentParty, internetParty } from './packet.ts';
import type { Party } from './service-tags.ts';
import type { UntracedPiece } from './untraced-pieces.ts';
import type { TraceContext } from './words.ts';

/** What has a private address in a virtual network. */
export type Holder =
  | { readonly kind: 'attachment'; readonly attachment: Attachment }
  | { readonly kind: 'frontend'; readonly placed: PlacedFrontend }
  | { readonly kind: 'untraced'; readonly piece: UntracedPiece; readonly address: Address };

/** Where a machine wants to go. */
export type Goal =
  | Holder
  | { readonly kind: 'publicAddress'; readonly publicAddress: PublicAddress }
  /** Any address on the internet, or a certain one. */
  | { readonly kind: 'internet'; readonly family: Family; readonly address: Address | undefined }
  /** A private address that nothing here has. */
  | { readonly kind: 'unknown'; readonly address: Address };

/** Whether it lies in a virtual network, at a private address that is known here. */
export const isHolder = (goal: Goal): goal is Holder =>
  goal.kind === 'attachment' || goal.kind === 'frontend' || goal.kind === 'untraced';

/** The family of the addresses by which a goal is reached. */
export function familyOfGoal(goal: Goal): Family {
  switch (goal.kind) {
    case 'attachment':
      return goal.attachment.family;
    case 'frontend':
      return goal.placed.family;
    case 'publicAddress':
      return goal.publicAddress.family;
    case 'internet':
      return goal.family;
    case 'untraced':
    case 'unknown':
      return familyOf(goal.address);
  }
}

/** The virtual network that a goal lies in, as far as the resources tell. */
export function networkOfGoal({ index }: TraceContext, goal: Goal): string | undefined {
  switch (goal.kind) {
    case 'attachment':
      return goal.attachment.subnet?.networkId;
    case 'untraced':
      return index.subnets.get(goal.piece.subnetIds[0] ?? '')?.networkId;
    case 'frontend': {
      const { balancer, frontend } = goal.placed;
      const subnet = index.subnets.get(frontend.subnetId ?? '');
      const member = [...balancer.pools.keys()].flatMap((id) => index.members.get(id) ?? [])[0];
      return subnet?.networkId ?? member?.subnet?.networkId;
    }
    case 'publicAddress':
    case 'internet':
    case 'unknown':
      return undefined;
  }
}

/**
 * What has a private address, as seen from a virtual network: networks that are not joined may use the same addresses, so
 * what lies in the same network counts first, then what lies in one peered with it, and anything else only where neither
 * has the address in its address space.
 */
export function holderOf(
  context: TraceContext,
  address: Address,
  networkId: string | undefined,
): Holder | undefined {
  const { index } = context;
  const all: Holder[] = [
    ...(index.attachmentsByAddress.get(address) ?? []).map((attachment) => ({
      kind: 'attachment' as const,
      attachment,
    })),
    ...index.internalFrontends
      .filter(({ frontend }) => frontend.address === address)
      .map((placed) => ({ kind: 'frontend' as const, placed })),
    ...[...index.untraced.values()]
      .filter(({ addresses }) => addresses.includes(address))
      .map((piece) => ({ kind: 'untraced' as const, piece, address })),
  ];
  const networks = nearNetworks(index, networkId);
  for (const near of networks) {
    const found = all.find((holder) => networkOfGoal(context, holder) === near);
    if (found) return found;
  }
  const isNear = networks.some((id) =>
    index.networks.get(id)?.ranges.some((range) => contains(range, address)),
  );
  return isNear ? undefined : all[0];
}

/** The destination of a packet for a goal, as security rules see it before any translation. */
export function goalParty(goal: Goal): Party {
  switch (goal.kind) {
    case 'attachment':
      return attachmentParty(goal.attachment);
    case 'frontend': {
      const { frontend, family } = goal.placed;
      return frontend.address === undefined
        ? { ...internetParty(family), within: [unspecified[family]] }
        : addressParty(frontend.address);
    }
    case 'publicAddress':
      return internetParty(goal.publicAddress.family, goal.publicAddress.address);
    case 'internet':
      return internetParty(goal.family, goal.address);
    case 'untraced':
    case 'unknown':
      return addressParty(goal.address);
  }
}
