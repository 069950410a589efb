import { contains, isEverything, everyAddress, sizeOf, unroutedRanges, type Ipv4Range } from './ipv4.ts';
import type { NetworkIndex } from './network-index.ts';
import type { Network, Peering, Route, Subnet } from './network-parts.ts';
import { isConnected } from './peerings.ts';

/** Where a packet that leaves a subnet goes next. */
export type NextHop =
  | { readonly kind: 'network' }
  | { readonly kind: 'peering'; readonly peering: Peering }
  | { readonly kind: 'internet'; readonly route?: Route }
  | { readonly kind: 'nowhere'; readonly route?: Route }
  | { readonly kind: 'appliance'; readonly route: Route; readonly address: number | undefined }
  | { readonly kind: 'gateway'; readonly route: Route };

interface Candidate {
  readonly range: Ipv4Range;
  readonly hop: NextHop;
  /** Of two routes for the same prefix the user's counts. */
  readonly isUsers: boolean;
}

/**
 * The route for an address: the longest prefix wins, and of equal ones the user's before the system's. System routes lead
 * to the network's own address space, to peered networks (connected, with access, one hop only: peering is not
 * transitive), to nowhere for the other private ranges, and to the internet for the rest (virtual network traffic
 * routing). `undefined` as address stands for any address on the internet. Routes by service tag are not read: what they
 * stand for is not known here; nor are routes that gateways learn, which never come before those within the network and to
 * peered ones, however specific they are.
 */
export function nextHop(index: NetworkIndex, subnet: Subnet, address: number | undefined): NextHop {
  const network = index.networks.get(subnet.networkId);
  let best: Candidate | undefined;
  for (const candidate of candidates(index, subnet, network)) {
    const fits = address === undefined ? isEverything(candidate.range) : contains(candidate.range, address);
    if (fits && (!best || isBetter(candidate, best))) best = candidate;
  }
  return best?.hop ?? { kind: 'nowhere' };
}

function isBetter(one: Candidate, other: Candidate): boolean {
  const [left, right] = [sizeOf(one.range), sizeOf(other.range)];
  return left === right ? one.isUsers && !other.isUsers : left < right;
}

function* candidates(
  index: NetworkIndex,
  subnet: Subnet,
  network: Network | undefined,
): Generator<Candidate> {
  for (const range of [...(network?.ranges ?? []), ...subnet.ranges]) {
    yield { range, hop: { kind: 'network' }, isUsers: false };
  }
  for (const peering of network?.peerings ?? []) {
    if (!isConnected(peering)) continue;
    for (const range of [...peering.ranges, ...(index.networks.get(peering.remoteId)?.ranges ?? [])]) {
      yield { range, hop: { kind: 'peering', peering }, isUsers: false };
    }
  }
  for (const route of index.routeTables.get(subnet.routeTableId ?? '')?.routes ?? []) {
    if (route.range) yield { range: route.range, hop: userHop(route), isUsers: true };
  }
  for (const range of unroutedRanges) yield { range, hop: { kind: 'nowhere' }, isUsers: false };
  yield { range: everyAddress, hop: { kind: 'internet' }, isUsers: false };
}

function userHop(route: Route): NextHop {
  switch (route.nextHop) {
    case 'virtualappliance':
      return { kind: 'appliance', route, address: route.nextAddress };
    case 'virtualnetworkgateway':
      return { kind: 'gateway', route };
    case 'internet':
      return { kind: 'internet', route };
    case 'vnetlocal':
      return { kind: 'network' };
    default:
      return { kind: 'nowhere', route };
  }
}
