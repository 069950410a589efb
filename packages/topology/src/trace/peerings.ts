import type { NetworkIndex } from './network-index.ts';
import type { Peering } from './network-parts.ts';

/** Whether packets pass between the two networks (create, change, or delete a virtual network peering). */
export const isConnected = ({ state, allowsAccess }: Peering): boolean =>
  state.toLowerCase() === 'connected' && allowsAccess;

/** A virtual network and those that it is peered with: peering is not transitive, so no further ones. */
export function nearNetworks(index: NetworkIndex, networkId: string | undefined): string[] {
  if (networkId === undefined) return [];
  const peerings = index.networks.get(networkId)?.peerings ?? [];
  return [networkId, ...peerings.filter((peering) => isConnected(peering)).map(({ remoteId }) => remoteId)];
}
