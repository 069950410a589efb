import { nearNetworks } from './peerings.ts';
import type { UntracedPiece } from './untraced-pieces.ts';
import type { TraceContext } from './words.ts';

/** The pieces that are not evaluated in a virtual network and in those peered with it. */
export function untracedAround({ index }: TraceContext, networkId: string | undefined): UntracedPiece[] {
  const near = nearNetworks(index, networkId);
  return [...index.untraced.values()].filter(({ subnetIds }) =>
    subnetIds.some((id) => near.includes(index.subnets.get(id)?.networkId ?? '')),
  );
}
