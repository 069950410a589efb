import { addressNumber, addressText, parseAddressRange } from '../../providers/network/address-range.ts';
import type { AddressRange } from '../../providers/network/address-range.ts';

/**
 * An IPv4 address or range as CIDR notation that starts at the range's first address: `10.1.2.3/8` becomes
 * `10.0.0.0/8`, an address without length a `/32`. Nothing for IPv6 and for texts that are neither.
 */
export function canonicalPrefix(text: string): string | undefined {
  const [address = '', length = '32', ...rest] = text.split('/');
  const parsed = addressNumber(address);
  if (parsed?.family !== 'ipv4' || rest.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32) {
    return undefined;
  }
  const size = 1n << BigInt(32 - Number(length));
  return `${addressText('ipv4', (parsed.value / size) * size)}/${Number(length)}`;
}

/** First and last address of a prefix that `canonicalPrefix` made. */
export function prefixRange(prefix: string): AddressRange {
  return parseAddressRange(prefix, prefix);
}

/** Whether an address lies in a prefix that `canonicalPrefix` made. */
export function prefixContains(prefix: string, address: string): boolean {
  const parsed = addressNumber(address);
  const range = prefixRange(prefix);
  return parsed?.family === 'ipv4' && range.first <= parsed.value && parsed.value <= range.last;
}
