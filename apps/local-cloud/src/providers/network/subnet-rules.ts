import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { arrayAt, idAt, objectAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { keptSubResources, storedSubResources, subResourceId } from '../sub-resources.ts';
import type { SubResource } from '../sub-resources.ts';
import { addressNumber, parseAddressRange, rangeContains, rangesOverlap } from './address-range.ts';
import type { AddressRange } from './address-range.ts';
import { holdersInSubnet } from './ip-configurations.ts';
import { requireResource } from './references.ts';

/** Azure's smallest IPv4 subnet: 8 addresses, of which it keeps 5. */
const longestPrefixLength = 29;

/** The ranges of a subnet, in either of the two forms in which they can be stated. */
export function subnetPrefixes(properties: JsonValue | undefined): string[] {
  const several = arrayAt(properties, 'addressPrefixes').filter((prefix) => typeof prefix === 'string');
  const single = textAt(properties, 'addressPrefix');
  return several.length > 0 ? several : single === undefined ? [] : [single];
}

/** The ranges of a virtual network's address space. */
export function spacePrefixes(properties: JsonValue | undefined): string[] {
  return arrayAt(properties, 'addressSpace', 'addressPrefixes').filter(
    (prefix) => typeof prefix === 'string',
  );
}

/** What a virtual network is to be checked with its subnets against. */
export interface SubnetsOfNetwork {
  readonly networkId: string;
  readonly networkName: string;
  readonly location: string | undefined;
  /** Its properties with the address space. */
  readonly properties: JsonObject;
  readonly subnets: readonly SubResource[];
  readonly existing: ResourceRecord | undefined;
  readonly view: CloudView;
}

/** Checks a network's subnets as Azure does, and returns them as they are kept. */
export function checkSubnets(network: SubnetsOfNetwork): JsonValue[] {
  const { networkId, networkName } = network;
  const space = spacePrefixes(network.properties).map((prefix) => parseAddressRange(prefix, networkId));
  const earlier: AddressRange[] = [];
  for (const subnet of network.subnets) {
    const id = subResourceId(networkId, 'subnets', subnet.name);
    const ranges = subnetPrefixes(subnet.properties).map((prefix) => parseAddressRange(prefix, id));
    if (ranges.length === 0 || ranges.some((range) => isTooSmall(range))) {
      throw new ArmError(
        400,
        'NetcfgInvalidSubnet',
        `Subnet '${subnet.name}' is not valid in virtual network '${networkName}'.`,
      );
    }
    for (const range of ranges) {
      if (!space.some((outer) => rangeContains(outer, range))) {
        throw new ArmError(
          400,
          'NetcfgSubnetRangeOutsideVnet',
          `Subnet '${subnet.name}' is not valid because its IP address range is outside the IP address range of virtual network '${networkName}'.`,
        );
      }
      if (earlier.some((other) => rangesOverlap(other, range))) {
        throw new ArmError(
          400,
          'NetcfgSubnetRangesOverlap',
          `Subnet '${subnet.name}' is not valid because its IP address range overlaps with that of an existing subnet in virtual network '${networkName}'.`,
        );
      }
      earlier.push(range);
    }
    checkReferences(network, id, subnet);
    checkAllocations(network, id, subnet, ranges);
  }
  refuseRemovalInUse(network);
  return storedSubResources(network.subnets.map((subnet) => ({ ...subnet, properties: kept(subnet) })));
}

function isTooSmall(range: AddressRange): boolean {
  return range.family === 'ipv4' && range.prefixLength > longestPrefixLength;
}

function checkReferences(network: SubnetsOfNetwork, subnetId: string, subnet: SubResource): void {
  const references = [
    ['networkSecurityGroup', 'Microsoft.Network/networkSecurityGroups'],
    ['routeTable', 'Microsoft.Network/routeTables'],
    ['natGateway', 'Microsoft.Network/natGateways'],
  ] as const;
  for (const [member, type] of references) {
    const id = idAt(subnet.properties, member);
    if (id !== undefined) requireResource(network.view, id, type, subnetId, network.location);
  }
}

/** A subnet's range can only change while no allocated address would fall out of it. */
function checkAllocations(
  network: SubnetsOfNetwork,
  subnetId: string,
  subnet: SubResource,
  ranges: readonly AddressRange[],
): void {
  for (const holder of holdersInSubnet(network.view, subnetId)) {
    const address = addressNumber(textAt(holder.item.properties, 'privateIPAddress') ?? '');
    if (!address) continue;
    const isInside = ranges.some(
      (range) =>
        range.family === address.family && range.first <= address.value && address.value <= range.last,
    );
    if (isInside) continue;
    const before = keptSubResources(network.existing, 'subnets').find((old) =>
      sameText(old.name, subnet.name),
    );
    throw new ArmError(
      400,
      'InUsePrefixCannotBeDeleted',
      `IpPrefix ${subnetPrefixes(before?.properties).join(',')} on Subnet ${subnet.name} has active allocations and cannot be deleted.`,
    );
  }
}

function refuseRemovalInUse(network: SubnetsOfNetwork): void {
  for (const old of keptSubResources(network.existing, 'subnets')) {
    if (network.subnets.some((subnet) => sameText(subnet.name, old.name))) continue;
    refuseSubnetInUse(network.view, subResourceId(network.networkId, 'subnets', old.name), old.name);
  }
}

/** Azure refuses to delete a subnet in which something lies. */
export function refuseSubnetInUse(view: CloudView, subnetId: string, name: string): void {
  const user = holdersInSubnet(view, subnetId)[0];
  if (!user) return;
  throw new ArmError(
    400,
    'InUseSubnetCannotBeDeleted',
    `Subnet ${name} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}

const computedMembers = new Set([
  'provisioningstate',
  'ipconfigurations',
  'purpose',
  'resourcenavigationlinks',
]);

function kept(subnet: SubResource): JsonObject {
  const sent = Object.entries(objectAt(subnet.properties)).filter(
    ([key, value]) => !computedMembers.has(key.toLowerCase()) && value !== null,
  );
  return {
    delegations: [],
    privateEndpointNetworkPolicies: 'Disabled',
    privateLinkServiceNetworkPolicies: 'Enabled',
    ...Object.fromEntries(sent),
  };
}
