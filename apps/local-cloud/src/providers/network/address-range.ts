import ipaddr from 'ipaddr.js';
import { ArmError } from '../../arm-error.ts';

/** A range of addresses of one family; both ends belong to it. */
export interface AddressRange {
  readonly family: 'ipv4' | 'ipv6';
  readonly first: bigint;
  readonly last: bigint;
  readonly prefixLength: number;
  readonly text: string;
}

/** An address as a number; `undefined` for a text that is none. IPv4 only in its four-part form. */
export function addressNumber(text: string): { family: 'ipv4' | 'ipv6'; value: bigint } | undefined {
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(text);
  if (!isV4 && !ipaddr.IPv6.isValid(text)) return undefined;
  const bytes = ipaddr.parse(text).toByteArray();
  const value = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { family: isV4 ? 'ipv4' : 'ipv6', value };
}

/** The text of an IPv4 or IPv6 address. */
export function addressText(family: 'ipv4' | 'ipv6', value: bigint): string {
  const length = family === 'ipv4' ? 4 : 16;
  const bytes = Array.from({ length }, (_, index) =>
    Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

/** Reads a range in CIDR notation; refuses what Azure refuses, naming the resource that states it. */
export function parseAddressRange(text: string, resourceId: string): AddressRange {
  const [address = '', length = '', ...rest] = text.split('/');
  const parsed = addressNumber(address);
  const bits = parsed?.family === 'ipv6' ? 128 : 32;
  if (!parsed || rest.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > bits) {
    throw new ArmError(
      400,
      'InvalidAddressPrefixFormat',
      `Address prefix ${text} of resource ${resourceId} is not formatted correctly. It should follow CIDR notation, for example 10.0.0.0/24.`,
    );
  }
  const size = 1n << BigInt(bits - Number(length));
  const first = (parsed.value / size) * size;
  if (first !== parsed.value) {
    throw new ArmError(
      400,
      'InvalidCIDRNotation',
      `The address prefix ${text} in resource ${resourceId} has an invalid CIDR notation. For the given prefix length, the address prefix should be ${addressText(parsed.family, first)}/${length}.`,
    );
  }
  return { family: parsed.family, first, last: first + size - 1n, prefixLength: Number(length), text };
}

/** Whether two ranges share an address. */
export function rangesOverlap(left: AddressRange, right: AddressRange): boolean {
  return left.family === right.family && left.first <= right.last && right.first <= left.last;
}

/** Whether every address of `inner` belongs to `outer`. */
export function rangeContains(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}
