import { sha1 } from '@noble/hashes/legacy.js';
import { utf8Bytes } from './text-format.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

const rotateLeft = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/** The 64-bit Murmur-style hash behind `uniqueString` (AZURE-FACTS section 11, checked against the engine's values). */
export function murmur64(bytes: Uint8Array): bigint {
  const c1 = 0x239b961b;
  const c2 = 0xab0e9789;
  let h1 = 0;
  let h2 = 0;
  const word = (offset: number): number => {
    let value = 0;
    for (let index = 0; index < 4; index += 1) value |= (bytes[offset + index] ?? 0) << (8 * index);
    return value;
  };
  const whole = bytes.length - (bytes.length % 8);
  for (let offset = 0; offset < whole; offset += 8) {
    h1 ^= Math.imul(rotateLeft(Math.imul(word(offset), c1), 15), c2);
    h1 = rotateLeft(h1, 19);
    h1 = (h1 + h2) | 0;
    h1 = (Math.imul(h1, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotateLeft(Math.imul(word(offset + 4), c2), 17), c1);
    h2 = rotateLeft(h2, 13);
    h2 = (h2 + h1) | 0;
    h2 = (Math.imul(h2, 5) + 0x0bcaa747) | 0;
  }
  const rest = bytes.length - whole;
  if (rest > 0) h1 ^= Math.imul(rotateLeft(Math.imul(word(whole), c1), 15), c2);
  if (rest > 4) h2 ^= Math.imul(rotateLeft(Math.imul(word(whole + 4), c2), 17), c1);
  h1 ^= bytes.length;
  h2 ^= bytes.length;
  h1 = (h1 + h2) | 0;
  h2 = (h2 + h1) | 0;
  h1 = finish(h1);
  h2 = finish(h2);
  h1 = (h1 + h2) | 0;
  h2 = (h2 + h1) | 0;
  return (BigInt(h2 >>> 0) << 32n) | BigInt(h1 >>> 0);
}

function finish(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Azure's `uniqueString`: 13 base-32 digits of the hash of the arguments joined with hyphens. */
export function uniqueString(values: readonly string[]): string {
  const hash = murmur64(utf8Bytes(values.join('-')));
  let digits = '';
  for (let index = 0n; index < 13n; index += 1n) {
    const shift = 59n - 5n * index;
    const digit = shift >= 0n ? hash >> shift : hash << -shift;
    digits += ALPHABET[Number(digit & 31n)] ?? '';
  }
  return digits;
}

const NAMESPACE = [
  0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30,
];

/** Azure's `guid`: an RFC 4122 version 5 UUID of the arguments joined with hyphens, in Azure's own namespace. */
export function nameBasedGuid(values: readonly string[]): string {
  const digest = sha1
    .create()
    .update(Uint8Array.from(NAMESPACE))
    .update(utf8Bytes(values.join('-')))
    .digest();
  const bytes = digest.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
