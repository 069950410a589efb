/** IPv4 addresses from `first` to `last`, both included, as numbers. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
}

export const everyAddress: Ipv4Range = { first: 0, last: 0xff_ff_ff_ff };

/** The number of an IPv4 address in dotted notation; nothing for any other text. */
export function ipv4Number(text: string | undefined): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text ?? '');
  if (!match) return undefined;
  const bytes = match.slice(1).map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Dotted notation of an address. */
export function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

/** The range of an address or of a prefix in CIDR notation, whatever the bits after its length; nothing for other texts. */
export function ipv4Range(text: string | undefined): Ipv4Range | undefined {
  const [address, length = '32', ...rest] = (text ?? '').split('/');
  const number = ipv4Number(address);
  if (number === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length) || Number(length) > 32) {
    return undefined;
  }
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}

export const contains = (range: Ipv4Range, address: number): boolean =>
  range.first <= address && address <= range.last;

export const covers = (outer: Ipv4Range, inner: Ipv4Range): boolean =>
  outer.first <= inner.first && inner.last <= outer.last;

export const overlap = (one: Ipv4Range, other: Ipv4Range): boolean =>
  one.first <= other.last && other.first <= one.last;

export const isEverything = (range: Ipv4Range): boolean => covers(range, everyAddress);

/** How many addresses a range has: the smaller, the more specific its prefix. */
export const sizeOf = (range: Ipv4Range): number => range.last - range.first + 1;

const ranges = (...texts: string[]): Ipv4Range[] => texts.flatMap((text) => ipv4Range(text) ?? []);

/** What Azure routes nowhere by itself (virtual network traffic routing, default system routes). */
export const unroutedRanges: readonly Ipv4Range[] = ranges(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
);

/** Addresses that are not on the public internet (RFC 1918, 6598, 1122, 3927, 5771). */
export const notPublicRanges: readonly Ipv4Range[] = [
  ...unroutedRanges,
  ...ranges('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'),
];

/**
 * Where a load balancer's probes come from, in every region (virtual IP address of the host; IP address 168.63.129.16
 * in Azure's documentation).
 */
export const probeSource = '168.63.129.16';
