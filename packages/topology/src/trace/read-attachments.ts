import { idsAt, listAt, numberAt, textAt, valueAt, type TopologyResource } from '../arm-resource.ts';
import { idAt, partsAt, statedFamily } from './arm-parts.ts';
import { addressOf } from './addresses.ts';
import type { Attachment, Subnet } from './network-parts.ts';

type Subnets = ReadonlyMap<string, Subnet>;

/** Where something is attached: what its configurations have in common. */
interface Holder {
  interfaceId: string;
  machineId: string | undefined;
  scaleSetId: string | undefined;
  serviceId: string | undefined;
  count: number;
}

const instancePath = /^(.*\/virtualmachinescalesets\/[^/]+)\/virtualmachines\/[^/]+/;

/** The scale set that an instance's id, or that of anything in it, begins with. */
export const scaleSetOfId = (id: string): string | undefined => instancePath.exec(id)?.[1];

/** The machine of a scale set that an id begins with. */
export const instanceOfId = (id: string): string | undefined => instancePath.exec(id)?.[0];

/**
 * All IP configurations: those of network interfaces, and for scale sets whose machines' interfaces are not among the
 * resources what the profile says, once for each machine that is, or once for the whole set. Those for IPv4, which every
 * interface has (what is IPv6 for Azure Virtual Network), come first.
 */
export function readAttachments(resources: readonly TopologyResource[], subnets: Subnets): Attachment[] {
  const machineOfInterface = new Map<string, string>();
  const instances = new Map<string, string[]>();
  const withMachines = new Set<string>();
  const found: Attachment[] = [];
  for (const resource of resources) {
    const id = resource.id.toLowerCase();
    const type = resource.type.toLowerCase();
    if (type === 'microsoft.compute/virtualmachines') {
      for (const nic of idsAt(resource.properties, 'networkProfile.networkInterfaces')) {
        machineOfInterface.set(nic, id);
      }
      const scaleSet = idAt(resource.properties, 'virtualMachineScaleSet');
      if (scaleSet !== undefined) withMachines.add(scaleSet);
    }
    const scaleSet = scaleSetOfId(id);
    if (scaleSet !== undefined && type.endsWith('/virtualmachines')) {
      const own = instances.get(scaleSet);
      if (own) own.push(id);
      else instances.set(scaleSet, [id]);
    }
  }
  for (const resource of resources) {
    if (!resource.type.toLowerCase().endsWith('/networkinterfaces')) continue;
    const id = resource.id.toLowerCase();
    const scaleSetId = scaleSetOfId(id);
    if (scaleSetId !== undefined) withMachines.add(scaleSetId);
    const machineId =
      instanceOfId(id) ?? machineOfInterface.get(id) ?? idAt(resource.properties, 'virtualMachine');
    const serviceId =
      idAt(resource.properties, 'privateEndpoint') ?? idAt(resource.properties, 'privateLinkService');
    const holder = { interfaceId: id, machineId, scaleSetId, serviceId, count: 1 };
    for (const { id: own, value } of partsAt(resource, 'ipConfigurations')) {
      found.push(attachment(own, value, resource.properties, holder, subnets));
    }
  }
  for (const resource of resources) {
    if (resource.type.toLowerCase() !== 'microsoft.compute/virtualmachinescalesets') continue;
    const scaleSetId = resource.id.toLowerCase();
    if (withMachines.has(scaleSetId)) continue;
    for (const holder of holdersOf(resource, instances.get(scaleSetId))) {
      found.push(...profileAttachments(resource, holder, subnets));
    }
  }
  return [
    ...found.filter(({ family }) => family === 'ipv4'),
    ...found.filter(({ family }) => family === 'ipv6'),
  ];
}

function holdersOf(scaleSet: TopologyResource, instances: readonly string[] | undefined): Holder[] {
  const scaleSetId = scaleSet.id.toLowerCase();
  const inSet = { scaleSetId, serviceId: undefined };
  if (instances) return instances.map((id) => ({ interfaceId: id, machineId: id, ...inSet, count: 1 }));
  const count = numberAt(scaleSet, 'sku.capacity') ?? 1;
  if (count < 1) return [];
  return [{ interfaceId: scaleSetId, machineId: scaleSetId, ...inSet, count }];
}

function profileAttachments(scaleSet: TopologyResource, holder: Holder, subnets: Subnets): Attachment[] {
  const path = 'virtualMachineProfile.networkProfile.networkInterfaceConfigurations';
  return listAt(scaleSet.properties, path).flatMap((nic) => {
    const nicName = textAt(nic, 'name') ?? 'nic';
    return listAt(nic, 'properties.ipConfigurations').map((value) => {
      const name = textAt(value, 'name') ?? 'ipconfig';
      const id = `${holder.machineId ?? ''}/networkinterfaces/${nicName}/ipconfigurations/${name}`;
      return attachment(id.toLowerCase(), value, valueAt(nic, 'properties'), holder, subnets);
    });
  });
}

function attachment(
  id: string,
  value: unknown,
  interfaceProperties: unknown,
  holder: Holder,
  subnets: Subnets,
): Attachment {
  const address = addressOf(textAt(value, 'properties.privateIPAddress'));
  const publicIpId = idAt(value, 'properties.publicIPAddress');
  return {
    id,
    family: statedFamily(value, 'properties.privateIPAddressVersion', address),
    ...holder,
    address,
    subnet: subnets.get(idAt(value, 'properties.subnet') ?? ''),
    groupId: idAt(interfaceProperties, 'networkSecurityGroup'),
    publicIpId,
    hasPublicIp:
      publicIpId !== undefined || valueAt(value, 'properties.publicIPAddressConfiguration') !== undefined,
    poolIds: idsAt(value, 'properties.loadBalancerBackendAddressPools'),
    natRuleIds: idsAt(value, 'properties.loadBalancerInboundNatRules'),
    natPoolIds: idsAt(value, 'properties.loadBalancerInboundNatPools'),
    applicationGroupIds: new Set(idsAt(value, 'properties.applicationSecurityGroups')),
    chainedTo: idAt(value, 'properties.gatewayLoadBalancer'),
    forwards: valueAt(interfaceProperties, 'enableIPForwarding') === true,
  };
}
