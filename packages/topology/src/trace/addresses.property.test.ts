import { isIP } from 'node:net';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOf, contains, everyAddress, familyOf, rangeOf, textOf } from './addresses.ts';

/** What the platform makes of an address; its URLs state IPv6 as RFC 5952 recommends. */
const canonical = (text: string): string =>
  text.includes(':') ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;

const addresses = fc.oneof(fc.ipV4(), fc.ipV6());

const bits = (text: string): string => {
  const address = addressOf(text)!;
  const { first } = everyAddress[familyOf(address)];
  return (address - first).toString(2).padStart(familyOf(address) === 'ipv4' ? 32 : 128, '0');
};

describe('addresses', () => {
  test('are read and written as the platform does', () => {
    fc.assert(
      fc.property(addresses, (text) => {
        const address = addressOf(text)!;
        expect(textOf(address)).toBe(canonical(text));
        expect(addressOf(textOf(address))).toBe(address);
        expect(familyOf(address)).toBe(text.includes(':') ? 'ipv6' : 'ipv4');
      }),
    );
  });

  test('other texts are none', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.stringMatching(/^[\da-f:.]{1,45}$/),
      addresses.chain((text) => fc.nat(text.length).map((at) => `${text.slice(0, at)}:${text.slice(at)}`)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        // A zone belongs to one machine’s own interface, which nobody else can know.
        expect(addressOf(text) !== undefined).toBe(isIP(text) !== 0 && !text.includes('%'));
      }),
    );
  });

  test('lie in the prefixes that their bits begin with, and in none of the other family', () => {
    const prefixes = addresses.chain((text) =>
      fc.nat(text.includes(':') ? 128 : 32).map((length) => ({ text, length })),
    );
    fc.assert(
      fc.property(prefixes, addresses, fc.boolean(), ({ text, length }, other, isNear) => {
        const asked = isNear ? text : other;
        const isInside =
          familyOf(addressOf(asked)!) === familyOf(addressOf(text)!) &&
          bits(asked).startsWith(bits(text).slice(0, length));
        expect(contains(rangeOf(`${text}/${length}`)!, addressOf(asked)!)).toBe(isInside);
      }),
    );
  });

  test.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/8/8', '::/-1', 'Internet', '', '010.0.0.1'])(
    '%s is no range',
    (text) => {
      expect(rangeOf(text)).toBeUndefined();
    },
  );
});
