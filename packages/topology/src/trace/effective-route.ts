import {
  contains,
  covers,
  everyAddress,
  familyOfRange,
  isEverything,
  sizeOf,
  unroutedRanges,
  type Address,
  type AddressRange,
  type Family,
} from './addresses.ts';
import type { NetworkIndex } from './network-index.ts';
import type { Network, Peering, Route, Subnet } from './network-parts.ts';
import { isConnected } from './peerings.ts';

/** Where a packet that leaves a subnet goes next. */
export type NextHop =
  | { readonly kind: 'network' }
  | { readonly kind: 'peering'; readonly peering: Peering }
  | { readonly kind: 'internet'; readonly route?: Route }
  | { readonly kind: 'nowhere'; readonly route?: Route }
  | { readonly kind: 'appliance'; readonly route: Route; readonly address: Address | undefined }
  | { readonly kind: 'gateway'; readonly route: Route };

interface Candidate {
  readonly range: AddressRange;
  readonly hop: NextHop;
  /** Of two routes for the same prefix the user's counts. */
  readonly isUsers: boolean;
}

/**
 * The route for an address: the longest prefix wins, and of equal ones the user's before the system's. System routes lead
 * to the network's own address space, to peered networks (connected, with access, one hop only: peering is not
 * transitive), to nowhere for the other private IPv4 ranges unless the user has a default route, and to the internet for
 * the rest (virtual network traffic routing). A family alone stands for any address of it on the internet. Routes by service tag are not read: what they
 * stand for is not known here; nor are routes that gateways learn, which never come before those within the network and to
 * peered ones, however specific they are.
 */
export function nextHop(index: NetworkIndex, subnet: Subnet, target: Address | Family): NextHop {
  const network = index.networks.get(subnet.networkId);
  let best: Candidate | undefined;
  for (const candidate of candidates(index, subnet, network)) {
    const { range } = candidate;
    const fits =
      typeof target === 'bigint'
        ? contains(range, target)
        : isEverything(range) && familyOfRange(range) === target;
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
  // A subnet has no route of its own: its range lies in the network’s, unless that is not stated.
  const home = network && network.ranges.length > 0 ? network.ranges : subnet.ranges;
  for (const range of home) {
    yield { range, hop: { kind: 'network' }, isUsers: false };
  }
  for (const peering of network?.peerings ?? []) {
    if (!isConnected(peering)) continue;
    for (const range of [...peering.ranges, ...(index.networks.get(peering.remoteId)?.ranges ?? [])]) {
      yield { range, hop: { kind: 'peering', peering }, isUsers: false };
    }
  }
  const own = (index.routeTables.get(subnet.routeTableId ?? '')?.routes ?? []).flatMap((route) =>
    route.range ? [{ range: route.range, hop: userHop(route), isUsers: true }] : [],
  );
  yield* own;
  const replacing = [...home, ...own.map(({ range }) => range).filter((range) => isEverything(range))];
  for (const range of unroutedRanges) {
    if (!replacing.some((outer) => covers(outer, range)))
      yield { range, hop: { kind: 'nowhere' }, isUsers: false };
  }
  for (const range of Object.values(everyAddress)) yield { range, hop: { kind: 'internet' }, isUsers: false };
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
