import { isConnected } from './peerings.ts';
import type { NetworkIndex } from './network-index.ts';
import type { Subnet } from './network-parts.ts';
import { called, listed, type TraceContext } from './words.ts';

/**
 * Where a subnet may have routes from that only Azure knows: gateways and route servers of its network, and of a peered
 * one whose gateway it uses. What they learn, by BGP or from a local network gateway, goes to every subnet whose route
 * table does not refuse it (virtual network traffic routing; configure VPN gateway transit for virtual network peering).
 * A peered network stands for its gateway where that is not among the resources.
 */
export function learnsFrom(index: NetworkIndex, subnet: Subnet): string[] {
  if (index.routeTables.get(subnet.routeTableId ?? '')?.takesLearned === false) return [];
  const own = index.gatewaysByNetwork.get(subnet.networkId) ?? [];
  const remote = (index.networks.get(subnet.networkId)?.peerings ?? [])
    .filter((peering) => peering.usesRemoteGateways && isConnected(peering))
    .flatMap(({ remoteId }) => index.gatewaysByNetwork.get(remoteId) ?? [remoteId]);
  return [...new Set([...own, ...remote])];
}

/** That learned routes may lead another way; nothing where a subnet has none. */
export function learnedNote(context: TraceContext, subnet: Subnet): string | undefined {
  const sources = learnsFrom(context.index, subnet);
  if (sources.length === 0) return undefined;
  return `${sourcesText(context, sources)} may have learned a route that fits better: see the effective routes of the network interface`;
}

/** What learned routes come from, in words. */
export const sourcesText = (context: TraceContext, sources: readonly string[]): string =>
  listed(
    sources.map((id) =>
      context.index.networks.has(id) || id.includes('/virtualnetworks/')
        ? `the gateway of ${called(context, id)}`
        : called(context, id),
    ),
  );
