import type { JsonObject } from '@slipway/arm-template';
import { textAt } from '../json-reading.ts';
import type { CloudView } from '../provider.ts';
import { addressNumber, addressText, parseAddressRange } from './address-range.ts';

/**
 * Where public addresses come from: the three ranges kept for documentation (RFC 5737), and when those are used up the
 * one for benchmarks (RFC 2544). None of them belongs to anybody on the internet.
 */
const publicRanges = ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24', '198.18.0.0/15'].map((text) =>
  parseAddressRange(text, text),
);

/** The same for IPv6 (RFC 3849). */
const publicRangeV6 = parseAddressRange('2001:db8::/32', '2001:db8::/32');

/** The lowest public address that no resource has; addresses in `alsoTaken` are left out too. */
export function nextPublicAddress(
  view: CloudView,
  family: 'ipv4' | 'ipv6',
  alsoTaken: readonly string[] = [],
): string | undefined {
  const taken = new Set<bigint>();
  const add = (parsed: ReturnType<typeof addressNumber>): void => {
    if (parsed?.family === family) taken.add(parsed.value);
  };
  for (const { properties } of view.list({ type: 'Microsoft.Network/publicIPAddresses' }))
    add(addressOf(properties));
  for (const address of alsoTaken) add(addressNumber(address));
  for (const range of family === 'ipv4' ? publicRanges : [publicRangeV6]) {
    for (let value = range.first + 1n; value < range.last; value += 1n) {
      if (!taken.has(value)) return addressText(family, value);
    }
  }
  return undefined;
}

/** What was read before: with thousands of addresses reading all of them again for each new one takes longest. */
const addressesRead = new WeakMap<JsonObject, ReturnType<typeof addressNumber>>();

function addressOf(properties: JsonObject): ReturnType<typeof addressNumber> {
  if (!addressesRead.has(properties))
    addressesRead.set(properties, addressNumber(textAt(properties, 'ipAddress') ?? ''));
  return addressesRead.get(properties);
}
