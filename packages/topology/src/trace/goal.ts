import type { PlacedFrontend } from './network-index.ts';
import type { Attachment, PublicAddress } from './network-parts.ts';
import { addressParty, attachmentParty, internetParty } from './packet.ts';
import type { Party } from './service-tags.ts';
import type { TraceContext } from './words.ts';

/** Where a machine wants to go. */
export type Goal =
  | { readonly kind: 'attachment'; readonly attachment: Attachment }
  | { readonly kind: 'frontend'; readonly placed: PlacedFrontend }
  | { readonly kind: 'publicAddress'; readonly publicAddress: PublicAddress }
  /** Any address on the internet, or a certain one. */
  | { readonly kind: 'internet'; readonly address: number | undefined }
  /** A private address that nothing here has. */
  | { readonly kind: 'unknown'; readonly address: number };

/** Whether it lies in a virtual network, at a private address that is known here. */
export const isLocal = (goal: Goal): boolean => goal.kind === 'attachment' || goal.kind === 'frontend';

/** The virtual network that a goal lies in, as far as the resources tell. */
export function networkOfGoal({ index }: TraceContext, goal: Goal): string | undefined {
  if (goal.kind === 'attachment') return goal.attachment.subnet?.networkId;
  if (goal.kind !== 'frontend') return undefined;
  const { balancer, frontend } = goal.placed;
  const subnet = index.subnets.get(frontend.subnetId ?? '');
  const member = [...balancer.pools.keys()].flatMap((id) => index.members.get(id) ?? [])[0];
  return subnet?.networkId ?? member?.subnet?.networkId;
}

/** The destination of a packet for a goal, as security rules see it before any translation. */
export function goalParty(goal: Goal): Party {
  switch (goal.kind) {
    case 'attachment':
      return attachmentParty(goal.attachment);
    case 'frontend': {
      const { address } = goal.placed.frontend;
      return address === undefined
        ? { ...internetParty(), within: [{ first: 0, last: 0 }] }
        : addressParty(address);
    }
    case 'publicAddress':
      return internetParty(goal.publicAddress.address);
    case 'internet':
      return internetParty(goal.address);
    case 'unknown':
      return addressParty(goal.address);
  }
}
