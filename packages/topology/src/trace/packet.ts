import { familyOf, familyOfRange, unspecified, type Address, type Family } from './addresses.ts';
import type { Hop } from './connection.ts';
import type { Attachment, Subnet } from './network-parts.ts';
import type { Party } from './service-tags.ts';
import { addressText } from './words.ts';

/** A packet on its way, and what its ends are called. */
export interface Packet {
  readonly source: Party;
  /** What its sender is called: `the internet`, `agent 3`, an address. */
  readonly from: string;
  /** What the client is after, in words: `the internet`, `master 0`, an address. */
  readonly to: string;
  readonly destination: Party;
  readonly port: number;
  readonly protocol: 'Tcp' | 'Udp' | 'Icmp';
  readonly sourcePort: number | undefined;
}

const none: ReadonlySet<string> = new Set();

/** Any address of a family on the internet, or a certain one. */
export const internetParty = (family: Family, address?: Address): Party => ({
  family,
  address,
  within: [],
  applicationGroupIds: none,
});

export const addressParty = (address: Address): Party => internetParty(familyOf(address), address);

/** A configuration as security rules see it; its subnet where it has no address yet. */
export const attachmentParty = ({ family, address, subnet, applicationGroupIds }: Attachment): Party => ({
  family,
  address,
  within: address === undefined ? unknownIn(family, subnet) : [],
  applicationGroupIds,
});

/** An address that is not known, but not on the internet: without a range it is taken for one that no prefix fits. */
function unknownIn(family: Family, subnet: Subnet | undefined): Party['within'] {
  const own = subnet?.ranges.filter((range) => familyOfRange(range) === family) ?? [];
  return own.length > 0 ? own : [unspecified[family]];
}

/** What a packet is for in words: the address where it is known. */
export const destinationText = ({ destination, to }: Packet): string =>
  destination.address === undefined ? to : addressText(destination.address);

function partyText({ family, address, within }: Party): string {
  if (address !== undefined || within.length > 0) return addressText(address);
  return family === 'ipv4' ? 'any public address' : 'any public IPv6 address';
}

/** A packet as hops state it. */
export function statePacket({ source, destination, port, protocol }: Packet): Hop['packet'] {
  return {
    source: partyText(source),
    destination: partyText(destination),
    port: protocol === 'Icmp' ? 0 : port,
    protocol: protocol.toUpperCase(),
  };
}
