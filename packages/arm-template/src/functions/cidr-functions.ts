import { declare, integer, text, type FunctionCall, type FunctionDeclaration } from './declaration.ts';

interface Network {
  /** 32 for IPv4, 128 for IPv6. */
  bits: 32 | 128;
  /** The address with the host bits cleared. */
  base: bigint;
  prefix: number;
}

function parseV4(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseV6(written: string): bigint | undefined {
  // The last four bytes may stand as an IPv4 address.
  const embedded = /^(.*:)(\d[\d.]*\.[\d.]*)$/.exec(written);
  const [, front = '', v4 = ''] = embedded ?? [];
  const bytes = embedded === null ? undefined : parseV4(v4);
  if (embedded !== null && bytes === undefined) return undefined;
  const address =
    bytes === undefined
      ? written
      : `${front}${(bytes >> 16n).toString(16)}:${(bytes & 0xffffn).toString(16)}`;
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function parse(call: FunctionCall, cidr: string): Network {
  const [address = '', length = '', ...extra] = cidr.split('/');
  const v4 = parseV4(address);
  const value = v4 ?? parseV6(address);
  const bits = v4 === undefined ? 128 : 32;
  const prefix = Number(length);
  if (value === undefined || extra.length > 0 || !/^\d{1,3}$/.test(length) || prefix > bits) {
    throw call.usageError(
      `The template language function '${call.name}' expects its first parameter to be an IP address range in CIDR notation. The provided value is '${cidr.slice(0, 80)}'.`,
    );
  }
  const hostBits = BigInt(bits - prefix);
  return { bits, base: (value >> hostBits) << hostBits, prefix };
}

function print(value: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 255n).toString()).join('.');
  const groups = Array.from({ length: 8 }, (_item, index) => (value >> BigInt(16 * (7 - index))) & 0xffffn);
  // RFC 5952: the longest run of two or more zero groups, the first of equal ones, becomes "::".
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0n) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.length < 2) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

function size(network: Network): bigint {
  return 1n << BigInt(network.bits - network.prefix);
}

export const cidrFunctions: readonly FunctionDeclaration[] = [
  declare('parseCidr', [text], (call, cidr) => {
    const network = parse(call, cidr);
    const { base, bits, prefix } = network;
    const last = base + size(network) - 1n;
    const addresses = {
      network: print(base, bits),
      netmask: print((1n << BigInt(bits)) - size(network), bits),
    };
    if (bits === 128)
      return { ...addresses, firstUsable: print(base, bits), lastUsable: print(last, bits), cidr: prefix };
    // Ranges of one or two addresses have no network and broadcast address of their own.
    const reserved = prefix < 31 ? 1n : 0n;
    return {
      ...addresses,
      broadcast: print(last, bits),
      firstUsable: print(base + reserved, bits),
      lastUsable: print(last - reserved, bits),
      cidr: prefix,
    };
  }),
  declare('cidrSubnet', [text, integer, integer], (call, cidr, prefix, index) => {
    const network = parse(call, cidr);
    const { base, bits } = network;
    if (prefix < BigInt(network.prefix) || prefix > BigInt(bits)) {
      throw call.usageError(
        `The template language function 'cidrSubnet' expects a prefix length from '${String(network.prefix)}' to '${String(bits)}'. The provided value is '${prefix.toString()}'.`,
      );
    }
    const count = 1n << (prefix - BigInt(network.prefix));
    if (index < 0n || index >= count) {
      throw call.usageError(
        `The template language function 'cidrSubnet' expects a subnet index from '0' to '${(count - 1n).toString()}'. The provided value is '${index.toString()}'.`,
      );
    }
    return `${print(base + (index << (BigInt(bits) - prefix)), bits)}/${prefix.toString()}`;
  }),
  declare('cidrHost', [text, integer], (call, cidr, index) => {
    const network = parse(call, cidr);
    // The first address is the network's own; of an IPv4 range the last one is the broadcast address.
    const hosts = size(network) - (network.bits === 32 ? 2n : 1n);
    if (index < 0n || index >= hosts) {
      throw call.usageError(
        `The template language function 'cidrHost' expects a host index below '${(hosts < 0n ? 0n : hosts).toString()}'. The provided value is '${index.toString()}'.`,
      );
    }
    return print(network.base + index + 1n, network.bits);
  }),
];
