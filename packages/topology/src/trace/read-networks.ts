import { idsAt, listAt, textAt, valueAt, type TopologyResource } from '../arm-resource.ts';
import { readArmId, wholeOf } from '../arm-id.ts';
import { idAt, partsAt, textsAt, textsOf } from './arm-parts.ts';
import { addressOf, rangeOf, type AddressRange } from './addresses.ts';
import type { NatGateway, Network, Peering, RouteTable, Subnet } from './network-parts.ts';

const rangesOf = (texts: readonly string[]): AddressRange[] => texts.flatMap((text) => rangeOf(text) ?? []);

/** A virtual network with the subnets and peerings in it, and those that are resources of their own. */
export function readNetwork(resource: TopologyResource, children: readonly TopologyResource[]): Network {
  const id = resource.id.toLowerCase();
  const ofType = (type: string): TopologyResource[] =>
    children.filter((child) => child.type.toLowerCase().endsWith(type));
  const subnets = new Map<string, Subnet>();
  for (const part of partsAt(resource, 'subnets')) subnets.set(part.id, readSubnet(part.id, id, part.value));
  for (const child of ofType('/subnets')) {
    const childId = child.id.toLowerCase();
    subnets.set(childId, readSubnet(childId, id, child));
  }
  return {
    id,
    ranges: rangesOf(textsAt(resource.properties, 'addressSpace.addressPrefixes')),
    peerings: [
      ...partsAt(resource, 'virtualNetworkPeerings').map(({ name, value }) => readPeering(name, value)),
      ...ofType('/virtualnetworkpeerings').map((child) => readPeering(child.name, child)),
    ],
    subnets: [...subnets.values()],
  };
}

function readSubnet(id: string, networkId: string, value: unknown): Subnet {
  return {
    id,
    networkId,
    ranges: rangesOf(textsOf(value, 'properties.addressPrefix', 'properties.addressPrefixes')),
    groupId: idAt(value, 'properties.networkSecurityGroup'),
    routeTableId: idAt(value, 'properties.routeTable'),
    natGatewayId: idAt(value, 'properties.natGateway'),
    isPrivate: valueAt(value, 'properties.defaultOutboundAccess') === false,
    isDelegated: listAt(value, 'properties.delegations').length > 0,
    gatewayIds: idsAt(value, 'properties.ipConfigurations').flatMap((part) => gatewayAt(part) ?? []),
  };
}

/** Types that learn routes from elsewhere and hand them to the subnets of their network; a route server is a hub to ARM. */
const learning = /^microsoft\.network\/(?:virtualnetworkgateways|virtualhubs)$/i;

/** The gateway or route server that an id names, or names a part of; nothing for any other id. */
export function gatewayAt(id: string): string | undefined {
  const armId = readArmId(id);
  const whole = armId && wholeOf(armId);
  return whole && learning.test(whole.type) ? whole.id : undefined;
}

function readPeering(name: string, value: unknown): Peering {
  return {
    name,
    remoteId: idAt(value, 'properties.remoteVirtualNetwork') ?? '',
    state: textAt(value, 'properties.peeringState') ?? 'unknown',
    allowsAccess: valueAt(value, 'properties.allowVirtualNetworkAccess') !== false,
    usesRemoteGateways: valueAt(value, 'properties.useRemoteGateways') === true,
    ranges: rangesOf([
      ...textsAt(value, 'properties.remoteAddressSpace.addressPrefixes'),
      ...textsAt(value, 'properties.remoteVirtualNetworkAddressSpace.addressPrefixes'),
    ]),
  };
}

/** A route table, with those of its routes that are resources of their own. */
export function readRouteTable(
  resource: TopologyResource,
  children: readonly TopologyResource[],
): RouteTable {
  const parts = [
    ...partsAt(resource, 'routes'),
    ...children.map((child) => ({ id: child.id.toLowerCase(), name: child.name, value: child })),
  ];
  const routes = [...new Map(parts.map((part) => [part.id, part])).values()].map(({ id, name, value }) => {
    const prefix = textAt(value, 'properties.addressPrefix') ?? '';
    return {
      id,
      name,
      prefix,
      range: rangeOf(prefix),
      nextHop: (textAt(value, 'properties.nextHopType') ?? '').toLowerCase(),
      nextAddress: addressOf(textAt(value, 'properties.nextHopIpAddress')),
    };
  });
  return {
    id: resource.id.toLowerCase(),
    routes,
    takesLearned: valueAt(resource.properties, 'disableBgpRoutePropagation') !== true,
  };
}

export function readNatGateway(resource: TopologyResource): NatGateway {
  return {
    id: resource.id.toLowerCase(),
    publicIpIds: idsAt(resource.properties, 'publicIpAddresses'),
    publicIpV6Ids: idsAt(resource.properties, 'publicIpAddressesV6'),
    hasPrefix: idsAt(resource.properties, 'publicIpPrefixes').length > 0,
    hasPrefixV6: idsAt(resource.properties, 'publicIpPrefixesV6').length > 0,
    isV2: textAt(resource, 'sku.name')?.toLowerCase() === 'standardv2',
  };
}
