import { idAt, textAt } from '../../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../../providers/provider.ts';
import { spacePrefixes } from '../../providers/network/subnet-rules.ts';
import type { PlannedListener } from './balancer-plan.ts';
import { canonicalPrefix } from './ipv4-prefix.ts';
import { outboundAccess } from './outbound-plan.ts';
import type { OutboundAccess } from './outbound-plan.ts';
import { readNetworks, type NetworksReading } from './networks-reading.ts';
import { compareIds, isDeleting } from './planned-configurations.ts';
import type { PlannedConfiguration } from './planned-configurations.ts';
import { applicationGroupMembers, securityGroupPlan } from './security-plan.ts';
import type { SecurityGroupPlan } from './security-plan.ts';

/** What one virtual network carries. */
export interface NetworkPlan {
  /** ARM id of the virtual network. */
  readonly id: string;
  /** IPv4 ranges of its address space in CIDR notation. */
  readonly addressPrefixes: readonly string[];
  /** One per IPv4 configuration of an interface that has a machine, by address; no address occurs twice. */
  readonly interfaces: readonly PlannedInterface[];
  /** The security groups that interfaces use, by id. */
  readonly groups: readonly SecurityGroupPlan[];
  /** Of the load balancers whose members are in this network, by public address and port. */
  readonly listeners: readonly PlannedListener[];
}

/** An address of a machine. */
export interface PlannedInterface {
  /** ARM id of the virtual machine or scale-set instance. */
  readonly machineId: string;
  /** Private IPv4 address. */
  readonly address: string;
  /** IPv4 range of its subnet in CIDR notation. */
  readonly subnetPrefix: string;
  /** The computer name of the machine's operating system as the resource states it: any text. */
  readonly hostName: string;
  /** Security groups that all must allow what comes in, in their order: the subnet's, then the interface's. */
  readonly inbound: readonly string[];
  /** Security groups that all must allow what goes out, in their order: the interface's, then the subnet's. */
  readonly outbound: readonly string[];
  readonly outboundAccess: OutboundAccess;
}

/**
 * The virtual networks of a cloud, by id, with what must be built for them. The order of everything is the same whatever
 * the order of the store. Networks and load balancers that are being deleted count as gone, machines are no backends any
 * more; what is incomplete or refers to something missing is left out; nothing throws. What load balancers' rules lack here, `balancerListeners` says.
 */
export function networkPlans(
  view: CloudView,
  { configurations, listeners }: NetworksReading = readNetworks(view),
): NetworkPlan[] {
  const members = applicationGroupMembers(configurations);
  return view
    .list({ type: 'Microsoft.Network/virtualNetworks' })
    .filter((network) => !isDeleting(network))
    .toSorted((left, right) => compareIds(left.id, right.id))
    .map((network): NetworkPlan => {
      const used = new Map<string, ResourceRecord>();
      const interfaces = configurations
        .filter(({ networkId }) => networkId === network.id)
        .flatMap((configuration) => plannedInterface(view, configuration, used) ?? []);
      return {
        id: network.id,
        addressPrefixes: spacePrefixes(network.properties).flatMap((prefix) => canonicalPrefix(prefix) ?? []),
        interfaces,
        groups: [...used.values()]
          .toSorted((left, right) => compareIds(left.id, right.id))
          .map((group) => securityGroupPlan(group, members)),
        listeners: listeners.flatMap(({ networkId, listener }) =>
          networkId === network.id ? [listener] : [],
        ),
      };
    });
}

/** The interface of a configuration with a machine; the groups that it uses are added to `used`. */
function plannedInterface(
  view: CloudView,
  configuration: PlannedConfiguration,
  used: Map<string, ResourceRecord>,
): PlannedInterface | undefined {
  const { address, machine, nic, subnet, subnetPrefix } = configuration;
  if (!machine) return undefined;
  const inbound = [idAt(subnet, 'networkSecurityGroup'), idAt(nic.properties, 'networkSecurityGroup')]
    .flatMap((id) => view.get(id ?? '') ?? [])
    .map((group) => {
      used.set(group.id, group);
      return group.id;
    });
  return {
    machineId: machine.id,
    address,
    subnetPrefix,
    hostName: textAt(machine.properties, 'osProfile', 'computerName') ?? machine.name,
    inbound,
    outbound: inbound.toReversed(),
    outboundAccess: outboundAccess(view, configuration),
  };
}
