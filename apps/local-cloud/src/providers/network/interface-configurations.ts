import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { booleanAt, idAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { keptSubResources, readSubResources, storedSubResources, subResourceId } from '../sub-resources.ts';
import type { SubResource } from '../sub-resources.ts';
import { refuseTakenPublicAddress } from './load-balancer-parts.ts';
import { refuseSharedBackendPorts } from './nat-rule-conflicts.ts';
import { SubnetAddresses } from './private-addresses.ts';
import { requireResource, requireSubResource } from './references.ts';

/** What the IP configurations of a network interface are worked out from. */
export interface InterfaceInput {
  readonly id: string;
  readonly location: string | undefined;
  /** The interface's properties as sent, with `ipConfigurations`. */
  readonly sent: JsonObject;
  readonly existing: ResourceRecord | undefined;
  readonly view: CloudView;
}

/** Checks an interface's IP configurations, gives them their private addresses and returns them as they are kept. */
export function planIpConfigurations(input: InterfaceInput): JsonValue[] {
  const { id, existing, location, sent, view } = input;
  const configurations = readSubResources(id, sent, 'ipConfigurations');
  if (configurations.length === 0) {
    throw new ArmError(
      400,
      'NetworkInterfaceMustHaveAtLeastOneIPConfiguration',
      `Network interface ${id} must have at least one IP configuration.`,
    );
  }
  const hasPrimary = configurations.some((item) => booleanAt(item.properties, 'primary') === true);
  const pools = new Map<string, SubnetAddresses>();
  const placed = configurations.map((item, index): SubResource => {
    const configurationId = subResourceId(id, 'ipConfigurations', item.name);
    const subnetId = idAt(item.properties, 'subnet');
    if (subnetId === undefined) {
      throw new ArmError(
        400,
        'SubnetIsRequired',
        `Subnet reference is required for ipconfiguration ${configurationId}.`,
      );
    }
    const subnet = requireSubResource(view, subnetId, 'Microsoft.Network/virtualNetworks', id, location);
    const pool = pools.get(subnet.id) ?? new SubnetAddresses(view, subnet.id, subnet.item, id);
    pools.set(subnet.id, pool);
    checkReferences(input, configurationId, item);
    const version = sameText(textAt(item.properties, 'privateIPAddressVersion'), 'IPv6') ? 'IPv6' : 'IPv4';
    const isStatic = sameText(textAt(item.properties, 'privateIPAllocationMethod'), 'Static');
    const stated = textAt(item.properties, 'privateIPAddress');
    const before = keptSubResources(existing, 'ipConfigurations').find((old) =>
      sameText(old.name, item.name),
    );
    const address =
      isStatic && stated !== undefined
        ? pool.take(stated, configurationId, id)
        : pool.takeNext(
            id,
            version === 'IPv6' ? 'ipv6' : 'ipv4',
            textAt(before?.properties, 'privateIPAddress'),
          );
    const members = Object.entries(item.properties).filter(
      ([key, value]) => value !== null && key !== 'provisioningState',
    );
    return {
      ...item,
      properties: {
        ...Object.fromEntries(members),
        privateIPAddress: address,
        privateIPAllocationMethod: isStatic ? 'Static' : 'Dynamic',
        privateIPAddressVersion: version,
        primary: hasPrimary ? booleanAt(item.properties, 'primary') === true : index === 0,
      },
    };
  });
  return storedSubResources(placed);
}

function checkReferences(input: InterfaceInput, configurationId: string, item: SubResource): void {
  const { id, location, view } = input;
  const publicId = idAt(item.properties, 'publicIPAddress');
  if (publicId !== undefined) {
    requireResource(view, publicId, 'Microsoft.Network/publicIPAddresses', id, location);
    refuseTakenPublicAddress(view, publicId, configurationId);
  }
  const balancer = 'Microsoft.Network/loadBalancers';
  for (const reference of objectsAt(item.properties, 'loadBalancerBackendAddressPools')) {
    requireSubResource(view, textAt(reference, 'id') ?? '', balancer, id, location);
  }
  for (const reference of objectsAt(item.properties, 'loadBalancerInboundNatPools')) {
    requireSubResource(view, textAt(reference, 'id') ?? '', balancer, id, location);
  }
  const natRules = objectsAt(item.properties, 'loadBalancerInboundNatRules').map((reference) =>
    requireSubResource(view, textAt(reference, 'id') ?? '', balancer, id, location),
  );
  refuseSharedBackendPorts(configurationId, natRules);
}
