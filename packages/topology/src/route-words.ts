import { textAt } from './arm-resource.ts';

/** What a route does, from its properties: `10.0.0.0/8 → 10.1.0.4`, `0.0.0.0/0 → nowhere`. */
export function routeText(properties: unknown): string {
  const prefix = textAt(properties, 'addressPrefix') ?? 'Some addresses';
  return `${prefix} → ${nextHopText(properties)}`;
}

/** Where a route sends what fits. */
export function nextHopText(properties: unknown): string {
  const address = textAt(properties, 'nextHopIpAddress');
  if (address !== undefined) return address;
  const hop = textAt(properties, 'nextHopType');
  if (hop === undefined) return 'an unknown place';
  return hops.get(hop.toLowerCase()) ?? hop;
}

const hops: ReadonlyMap<string, string> = new Map([
  ['internet', 'the internet'],
  ['vnetlocal', 'the virtual network'],
  ['virtualnetworkgateway', 'the virtual network gateway'],
  ['none', 'nowhere'],
]);
