import type { JsonObject } from '@slipway/arm-template';
import { idAt, objectsAt, sameText, textAt } from '../../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../../providers/provider.ts';
import { addressNumber } from '../../providers/network/address-range.ts';
import { instanceInterfaceType, networkInterfaceType } from '../../providers/network/ip-configurations.ts';
import { subnetPrefixes } from '../../providers/network/subnet-rules.ts';
import { idOf, keptSubResources, parentIdOf, subResourceId } from '../../providers/sub-resources.ts';
import { canonicalPrefix, prefixContains } from './ipv4-prefix.ts';

/** An IPv4 configuration of a network interface, with where it lies and the machine that it belongs to. */
export interface PlannedConfiguration {
  readonly networkId: string;
  /** IPv4 range of the subnet that holds the address, in CIDR notation. */
  readonly subnetPrefix: string;
  /** Properties of its subnet. */
  readonly subnet: JsonObject;
  readonly address: string;
  readonly nic: ResourceRecord;
  /** Properties of the configuration itself. */
  readonly properties: JsonObject;
  /** Nothing while no machine uses the interface. */
  readonly machine: ResourceRecord | undefined;
  /** Whether the machine is being deleted: it still takes its leave of others, but gets no new connections. */
  readonly isLeaving: boolean;
}

interface KnownSubnet {
  readonly networkId: string;
  readonly properties: JsonObject;
  readonly prefixes: readonly string[];
}

/**
 * All IPv4 configurations of network interfaces, by network and address. Left out is what lies in no known subnet, what
 * is IPv6, and an address that occurs again in its network.
 */
export function plannedConfigurations(view: CloudView): PlannedConfiguration[] {
  const subnets = knownSubnets(view);
  const machines = machinesByInterface(view);
  const found = [
    ...view.list({ type: networkInterfaceType }),
    ...view.list({ type: instanceInterfaceType }),
  ].flatMap((nic): PlannedConfiguration[] => {
    const machine: ResourceRecord | undefined =
      nic.type === instanceInterfaceType ? machineOfInstance(view, nic.id) : machines.get(key(nic.id));
    const isLeaving = machine !== undefined && isMachineDeleting(view, machine);
    return keptSubResources(nic, 'ipConfigurations').flatMap(({ properties }) => {
      const address = textAt(properties, 'privateIPAddress') ?? '';
      const subnet = subnets.get(key(idAt(properties, 'subnet') ?? ''));
      const subnetPrefix = subnet?.prefixes.find((prefix) => prefixContains(prefix, address));
      if (!subnet || subnetPrefix === undefined) return [];
      const { networkId } = subnet;
      return [
        { networkId, subnetPrefix, subnet: subnet.properties, address, nic, properties, machine, isLeaving },
      ];
    });
  });
  const sorted = found.toSorted(byPlace);
  return sorted.filter((item, index) => {
    const before = sorted[index - 1];
    return before?.networkId !== item.networkId || before.address !== item.address;
  });
}

/** The order of addresses: as numbers, not as text. */
export function compareAddresses(left: string, right: string): number {
  return Number((addressNumber(left)?.value ?? 0n) - (addressNumber(right)?.value ?? 0n));
}

/** The order of ids, which are the same to ARM whatever their case. */
export function compareIds(left: string, right: string): number {
  const [a, b] = [key(left), key(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function byPlace(left: PlannedConfiguration, right: PlannedConfiguration): number {
  return (
    compareIds(left.networkId, right.networkId) ||
    compareAddresses(left.address, right.address) ||
    compareIds(left.nic.id, right.nic.id)
  );
}

function key(id: string): string {
  return id.toLowerCase();
}

function knownSubnets(view: CloudView): Map<string, KnownSubnet> {
  const known = new Map<string, KnownSubnet>();
  for (const network of view.list({ type: 'Microsoft.Network/virtualNetworks' })) {
    for (const { name, properties } of keptSubResources(network, 'subnets')) {
      known.set(key(subResourceId(network.id, 'subnets', name)), {
        networkId: network.id,
        properties,
        prefixes: subnetPrefixes(properties).flatMap((prefix) => canonicalPrefix(prefix) ?? []),
      });
    }
  }
  return known;
}

function machinesByInterface(view: CloudView): Map<string, ResourceRecord> {
  const machines = new Map<string, ResourceRecord>();
  for (const machine of view.list({ type: 'Microsoft.Compute/virtualMachines' })) {
    for (const nic of objectsAt(machine.properties, 'networkProfile', 'networkInterfaces')) {
      machines.set(key(textAt(nic, 'id') ?? ''), machine);
    }
  }
  return machines;
}

/** The scale-set instance that has an interface. */
function machineOfInstance(view: CloudView, nicId: string): ResourceRecord | undefined {
  const nic = idOf(nicId);
  return nic && view.get(parentIdOf(nic).text);
}

/** Whether a resource is on its way out: what it stood for is taken down before it is gone. */
export function isDeleting(record: ResourceRecord): boolean {
  return sameText(record.provisioningState, 'Deleting');
}

/** Whether a machine is being deleted, by itself or with its whole scale set. */
function isMachineDeleting(view: CloudView, machine: ResourceRecord): boolean {
  if (isDeleting(machine)) return true;
  const id = idOf(machine.id);
  const parent = id && id.names.length > 1 ? view.get(parentIdOf(id).text) : undefined;
  return parent !== undefined && isDeleting(parent);
}
