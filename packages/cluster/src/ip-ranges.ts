/** A range of IPv4 addresses, as `10.0.0.0/8` writes it. */
export interface IpRange {
  /** The way it is written. */
  text: string;
  prefix: number;
  /** First and last address as numbers. */
  first: number;
  last: number;
}

export type IpRangeReading = { accepted: true; range: IpRange } | { accepted: false; message: string };

const addressOf = (octets: readonly string[]): number =>
  octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);

/** An address as people write it. */
export const addressText = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** Reads a range of IPv4 addresses; what is none is refused with a sentence that says how it is written. */
export function readIpRange(text: string): IpRangeReading {
  const trimmed = text.trim();
  if (trimmed === '')
    return { accepted: false, message: 'Enter a range of addresses, for example 10.0.0.0/16.' };
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(trimmed);
  const octets = match?.slice(1, 5) ?? [];
  const prefix = Number(match?.[5]);
  if (!match || octets.some((octet) => Number(octet) > 255 || /^0\d/.test(octet)) || prefix > 32)
    return {
      accepted: false,
      message: `${shortened(trimmed)} is no range of IPv4 addresses. Write one like 10.0.0.0/16.`,
    };
  const size = 2 ** (32 - prefix);
  const given = addressOf(octets);
  const first = given - (given % size);
  if (given !== first)
    return {
      accepted: false,
      message: `${trimmed} does not begin where a range of that size can. The range around that address is ${addressText(first)}/${prefix}.`,
    };
  return { accepted: true, range: { text: trimmed, prefix, first, last: first + size - 1 } };
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

export const rangesOverlap = (one: IpRange, other: IpRange): boolean =>
  one.first <= other.last && other.first <= one.last;

/** Whether all of a range lies in another. */
export const isWithin = (inner: IpRange, outer: IpRange): boolean =>
  inner.first >= outer.first && inner.last <= outer.last;

export const sizeOf = ({ first, last }: IpRange): number => last - first + 1;

/** A range that is known to be one. */
export function ipRange(text: string): IpRange {
  const reading = readIpRange(text);
  if (!reading.accepted) throw new Error(reading.message);
  return reading.range;
}
