import { createHash } from 'node:crypto';

/** A GUID that is always the same for one thing: what Azure draws once and keeps. */
export function guidFor(id: string, purpose: string): string {
  const hex = createHash('sha256').update(`${purpose} ${id.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Some characters (lower-case hexadecimal) that are always the same for one thing. */
export function hashFor(id: string, purpose: string, length: number): string {
  return createHash('sha256').update(`${purpose} ${id.toLowerCase()}`).digest('hex').slice(0, length);
}

/** Some decimal digits, the first not 0, that are always the same for one thing. */
export function digitsFor(id: string, purpose: string, length: number): string {
  const number = BigInt(`0x${hashFor(id, purpose, 64)}`).toString();
  return number.slice(0, length);
}

/**
 * A public IPv4 address that is always the same for one thing. It is from the half of RFC 2544's range (benchmarks) that
 * public address resources reach last: it belongs to nobody on the internet.
 */
export function addressFor(id: string, purpose: string): string {
  const hash = hashFor(id, `${purpose} address`, 4);
  return `198.19.${Number.parseInt(hash.slice(0, 2), 16)}.${Number.parseInt(hash.slice(2), 16)}`;
}
