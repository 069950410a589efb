import { networkInterfaces } from 'node:os';
import {
  addressText,
  parseAddressRange,
  rangesOverlap,
  type AddressRange,
} from '../../providers/network/address-range.ts';
import { canonicalPrefix } from '../network/ipv4-prefix.ts';

/**
 * Where the engine's own addresses of a network come from: the range for benchmarks (RFC 2544), which no home, office or
 * virtual network uses, and when that is used up a private one. 1024 for each, more than a virtual network has machines.
 */
const pools = ['198.19.0.0/16', '172.20.0.0/14'];
const subnetSize = 1024n;

const range = (text: string): AddressRange => parseAddressRange(text, text);

/**
 * Subnets for a network of the engine that meet neither the ranges in `taken` (the virtual network's, other networks') nor
 * an interface of this computer. Machines never see these addresses; the fabric and the way to it have them.
 */
export function* freeSubnets(taken: readonly string[]): Generator<string> {
  const ranges = [...taken, ...ownRanges()].map(range);
  for (const pool of pools.map(range)) {
    for (let first = pool.first; first < pool.last; first += subnetSize) {
      const text = `${addressText('ipv4', first)}/22`;
      const candidate = range(text);
      if (!ranges.some((other) => rangesOverlap(other, candidate))) yield text;
    }
  }
}

/** The addresses of a subnet that the engine's gateway and the fabric have. */
export function fixedAddresses(subnet: string): { gateway: string; fabric: string } {
  const { first } = range(subnet);
  return { gateway: addressText('ipv4', first + 1n), fabric: addressText('ipv4', first + 2n) };
}

function ownRanges(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).flatMap(({ family, cidr }) =>
      family === 'IPv4' ? (canonicalPrefix(cidr ?? '') ?? []) : [],
    ),
  );
}
