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

/** Any address on the internet, or a certain one. */
export const internetParty = (address?: number): Party => ({
  address,
  within: [],
  applicationGroupIds: none,
});

export const addressParty = (address: number): Party => internetParty(address);

/** A configuration as security rules see it; its subnet where it has no address yet. */
export const attachmentParty = ({ address, subnet, applicationGroupIds }: Attachment): Party => ({
  address,
  within: address === undefined ? unknownIn(subnet) : [],
  applicationGroupIds,
});

/** An address that is not known, but not on the internet: without a range it is taken for one that no prefix fits. */
const unknownIn = (subnet: Subnet | undefined): Party['within'] =>
  subnet && subnet.ranges.length > 0 ? subnet.ranges : [{ first: 0, last: 0 }];

/** What a packet is for in words: the address where it is known. */
export const destinationText = ({ destination, to }: Packet): string =>
  destination.address === undefined ? to : addressText(destination.address);

function partyText({ address, within }: Party): string {
  return address === undefined && within.length === 0 ? 'any public address' : addressText(address);
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
