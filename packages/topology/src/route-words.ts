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
  switch (hop?.toLowerCase()) {
    case 'internet':
      return 'the internet';
    case 'vnetlocal':
      return 'the virtual network';
    case 'virtualnetworkgateway':
      return 'the virtual network gateway';
    case 'none':
      return 'nowhere';
    default:
      return hop ?? 'an unknown place';
  }
}
