/**
 * An IP address as a number: IPv6 addresses by their value, and IPv4 addresses above all of them. So every range is of one
 * family, and what is true of `0.0.0.0/0` says nothing about `::/0`.
 */
export type Address = bigint;

export type Family = 'ipv4' | 'ipv6';

/** Addresses from `first` to `last`, both included, of one family. */
export interface AddressRange {
  readonly first: Address;
  readonly last: Address;
}

const ipv4Base = 1n << 128n;
const bits: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };

export const familyOf = (address: Address): Family => (address < ipv4Base ? 'ipv6' : 'ipv4');

/** The address that a text states, in dotted or in colon notation; nothing for any other text. */
export function addressOf(text: string | undefined): Address | undefined {
  const value = ipv4Value(text ?? '');
  return value === undefined ? ipv6Value(text ?? '') : ipv4Base + value;
}

function ipv4Value(text: string): bigint | undefined {
  const bytes = text.split('.');
  const isAddress =
    bytes.length === 4 && bytes.every((byte) => /^(?:0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256);
  return isAddress ? bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) : undefined;
}

/** RFC 4291, section 2.2: eight groups, of which `::` stands for those that are zero; the last two may be in dotted form. */
function ipv6Value(text: string): bigint | undefined {
  const dotted = /^(.*:)([\d.]+\.[\d.]+)$/.exec(text);
  if (dotted) {
    const low = ipv4Value(dotted[2] ?? '');
    if (low === undefined) return undefined;
    return ipv6Value(`${dotted[1] ?? ''}${(low >> 16n).toString(16)}:${(low & 0xff_ffn).toString(16)}`);
  }
  const halves = text.split('::');
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return BigInt(`0x${groups.map((group) => group.padStart(4, '0')).join('')}`);
}

/** An address in the notation of its family; IPv6 as RFC 5952 recommends. */
export function textOf(address: Address): string {
  if (familyOf(address) === 'ipv4') {
    return [24n, 16n, 8n, 0n].map((shift) => String(((address - ipv4Base) >> shift) & 0xffn)).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, place) =>
    ((address >> BigInt(112 - 16 * place)) & 0xff_ffn).toString(16),
  );
  const text = groups.join(':');
  const zeros = (text.match(/\b0(?::0)+\b/g) ?? []).reduce(
    (longest, run) => (run.length > longest.length ? run : longest),
    '',
  );
  return zeros === '' ? text : text.replace(new RegExp(`(?:^|:)${zeros}(?::|$)`), '::');
}

/** The range of an address or of a prefix in CIDR notation, whatever the bits after its length; nothing for other texts. */
export function rangeOf(text: string | undefined): AddressRange | undefined {
  const [place, length, ...rest] = (text ?? '').split('/');
  const address = addressOf(place);
  if (address === undefined || rest.length > 0) return undefined;
  const most = bits[familyOf(address)];
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > most)) return undefined;
  const size = 1n << BigInt(most - Number(length ?? most));
  const first = address - (address % size);
  return { first, last: first + size - 1n };
}

const ranges = (...texts: string[]): AddressRange[] => texts.flatMap((text) => rangeOf(text) ?? []);

/** `0.0.0.0/0` and `::/0`. */
export const everyAddress: Readonly<Record<Family, AddressRange>> = {
  ipv4: { first: ipv4Base, last: ipv4Base + (1n << 32n) - 1n },
  ipv6: { first: 0n, last: ipv4Base - 1n },
};

/** `0.0.0.0` and `::`, which nothing has: for an address that is not known, where no prefix is to fit it. */
export const unspecified: Readonly<Record<Family, AddressRange>> = {
  ipv4: { first: ipv4Base, last: ipv4Base },
  ipv6: { first: 0n, last: 0n },
};

export const familyOfRange = ({ first }: AddressRange): Family => familyOf(first);

export const contains = (range: AddressRange, address: Address): boolean =>
  range.first <= address && address <= range.last;

export const covers = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

export const overlap = (one: AddressRange, other: AddressRange): boolean =>
  one.first <= other.last && other.first <= one.last;

/** Whether a range is a default route's: every address of its family. */
export const isEverything = (range: AddressRange): boolean =>
  covers(range, everyAddress[familyOfRange(range)]);

/** How many addresses a range has: the smaller, the more specific its prefix. */
export const sizeOf = (range: AddressRange): bigint => range.last - range.first + 1n;

/** What Azure routes nowhere by itself (virtual network traffic routing, default system routes). */
export const unroutedRanges: readonly AddressRange[] = ranges(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
);

/**
 * Addresses that are not on the public internet (RFC 1918, 6598, 1122, 3927, 5771; for IPv6 all but 2000::/3, as in IANA's
 * list of global unicast addresses).
 */
const notPublicRanges: readonly AddressRange[] = [
  ...unroutedRanges,
  ...ranges('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'),
  ...ranges('::/3', '4000::/2', '8000::/1'),
];

/** Whether an address is one on the public internet. */
export const isPublicAddress = (address: Address): boolean =>
  !notPublicRanges.some((range) => contains(range, address));

/** Whether no address of a range is on the public internet. */
export const isPrivateRange = (range: AddressRange): boolean =>
  notPublicRanges.some((outer) => covers(outer, range));

/**
 * Where a load balancer's probes come from: for IPv4 the host's virtual address, the same in every region, for IPv6 a
 * link-local one (Azure Load Balancer health probes; what is IP address 168.63.129.16).
 */
export const probeSources: Readonly<Record<Family, AddressRange>> = {
  ipv4: rangeOf('168.63.129.16') ?? unspecified.ipv4,
  ipv6: rangeOf('fe80::/10') ?? unspecified.ipv6,
};

/** What IP addresses of a family are called. */
export const familyName = (family: Family): string => (family === 'ipv4' ? 'IPv4' : 'IPv6');
