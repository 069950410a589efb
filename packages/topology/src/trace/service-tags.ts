import { isConnected } from './peerings.ts';
import {
  contains,
  covers,
  everyAddress,
  familyOfRange,
  isEverything,
  isPrivateRange,
  isPublicAddress,
  overlap,
  probeSources,
  type Address,
  type AddressRange,
  type Family,
} from './addresses.ts';
import { learnsFrom } from './learned-routes.ts';
import type { NetworkIndex } from './network-index.ts';
import type { Subnet } from './network-parts.ts';
import type { AddressTerm } from './read-security-groups.ts';

/** One end of a packet as a security rule sees it. */
export interface Party {
  readonly family: Family;
  /** Where it is known. */
  readonly address: Address | undefined;
  /** Where the address is not known: what it is one of. Any of its family on the internet where this is empty. */
  readonly within: readonly AddressRange[];
  /** Application security groups that it is in. */
  readonly applicationGroupIds: ReadonlySet<string>;
}

/** What the tag `VirtualNetwork` stands for, as one subnet sees it. */
export interface TagScope {
  readonly ranges: readonly AddressRange[];
  /** A default route of the subnet may add every address to the tag. */
  readonly mayBeEverything: boolean;
  /** Networks beyond a gateway belong to the tag, too; their addresses are known to Azure alone. */
  readonly mayReachFurther: boolean;
}

/**
 * `partly`: for some of the addresses or ports that are asked about, such as any on the internet. `unknown`: even for a
 * certain one it depends on what a tag stands for, which is not known here.
 */
export type Match = 'yes' | 'no' | 'partly' | 'unknown';

const scopes = new WeakMap<NetworkIndex, Map<string, TagScope>>();

/**
 * The tag `VirtualNetwork` in the security groups of a subnet: the network's address space, that of networks peered with
 * it (connected, with access), the host's virtual address, and the prefixes of the subnet's user-defined routes. A
 * default route among these «might» count, and what lies beyond a gateway does (service tags overview): both make the tag
 * uncertain.
 */
export function tagScope(index: NetworkIndex, subnet: Subnet | undefined): TagScope {
  const known = scopes.get(index) ?? new Map<string, TagScope>();
  scopes.set(index, known);
  const key = subnet?.id ?? '';
  const found = known.get(key);
  if (found) return found;
  const network = index.networks.get(subnet?.networkId ?? '');
  const peers = (network?.peerings ?? [])
    .filter((peering) => isConnected(peering))
    .flatMap(({ remoteId, ranges }) => [...ranges, ...(index.networks.get(remoteId)?.ranges ?? [])]);
  const routes = (index.routeTables.get(subnet?.routeTableId ?? '')?.routes ?? []).flatMap(
    ({ range }) => range ?? [],
  );
  const made: TagScope = {
    ranges: [
      ...(network?.ranges ?? []),
      ...(subnet?.ranges ?? []),
      ...peers,
      ...routes.filter((range) => !isEverything(range)),
      probeSources.ipv4,
    ],
    mayBeEverything: routes.some((range) => isEverything(range)),
    mayReachFurther: subnet !== undefined && learnsFrom(index, subnet).length > 0,
  };
  known.set(key, made);
  return made;
}

/** Whether one of the terms that a rule states for one side fits the party there. */
export function matchTerms(terms: readonly AddressTerm[], party: Party, scope: TagScope): Match {
  const matches = new Set(terms.map((term) => matchTerm(term, party, scope)));
  return (['yes', 'unknown', 'partly'] as const).find((match) => matches.has(match)) ?? 'no';
}

function matchTerm(term: AddressTerm, party: Party, scope: TagScope): Match {
  if (term.kind === 'anything') return 'yes';
  if (term.kind === 'applicationGroup') return party.applicationGroupIds.has(term.id) ? 'yes' : 'no';
  if (term.kind === 'range') return matchRange(term.range, party);
  return matchTag(term.tag, party, scope);
}

const isInternet = (party: Party): boolean => party.address === undefined && party.within.length === 0;

/**
 * Azure writes «any address» as 0.0.0.0/0 in places (network security groups overview) and does not say whether a rule that
 * states it holds for IPv6, too. Rules are else of one family (what is IPv6 for Azure Virtual Network).
 */
function matchRange(range: AddressRange, party: Party): Match {
  if (familyOfRange(range) !== party.family) return covers(range, everyAddress.ipv4) ? 'unknown' : 'no';
  if (isEverything(range)) return 'yes';
  if (party.address !== undefined) return contains(range, party.address) ? 'yes' : 'no';
  if (isInternet(party)) return isPrivateRange(range) ? 'no' : 'partly';
  if (party.within.every((inner) => covers(range, inner))) return 'yes';
  return party.within.some((inner) => overlap(range, inner)) ? 'partly' : 'no';
}

/**
 * Service tags (service tags overview). `Internet` is what is public and outside the virtual network, of either family,
 * Azure's own public addresses included; `AzureLoadBalancer` is the address that probes come from, no traffic. Every other tag stands for
 * public addresses of a service, a list that is not known here.
 */
function matchTag(tag: string, party: Party, scope: TagScope): Match {
  switch (tag) {
    case 'virtualnetwork':
    case 'virtual_network':
      return inVirtualNetwork(party, scope);
    case 'azureloadbalancer':
    case 'azure_loadbalancer':
      return isProbe(party) ? 'yes' : 'no';
    case 'internet': {
      if (!isPublic(party)) return 'no';
      const inside = inKnownRanges(party, scope);
      return inside === 'yes' ? 'no' : inside === 'no' ? 'yes' : inside;
    }
    default:
      if (!isPublic(party) || inKnownRanges(party, scope) === 'yes') return 'no';
      return party.address === undefined ? 'partly' : 'unknown';
  }
}

function inVirtualNetwork(party: Party, scope: TagScope): Match {
  const known = inKnownRanges(party, scope);
  if (known !== 'no') return known;
  const mayBeFurther = scope.mayReachFurther && !isPublic(party);
  return scope.mayBeEverything || mayBeFurther ? 'unknown' : 'no';
}

function inKnownRanges(party: Party, { ranges }: TagScope): Exclude<Match, 'unknown'> {
  const { address, within } = party;
  if (address !== undefined) return ranges.some((range) => contains(range, address)) ? 'yes' : 'no';
  if (isInternet(party)) return 'no';
  if (within.every((inner) => ranges.some((range) => covers(range, inner)))) return 'yes';
  return within.some((inner) => ranges.some((range) => overlap(range, inner))) ? 'partly' : 'no';
}

function isProbe({ family, address, within }: Party): boolean {
  const source = probeSources[family];
  if (address !== undefined) return contains(source, address);
  return within.length > 0 && within.every((inner) => covers(source, inner));
}

function isPublic(party: Party): boolean {
  const { address, within } = party;
  if (isProbe(party)) return false;
  if (address !== undefined) return isPublicAddress(address);
  return within.length === 0 || within.some((inner) => !isPrivateRange(inner));
}
