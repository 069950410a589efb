import type { MachineRole, NodeKind } from './graph.ts';
import { displayNameOfType } from './resource-kind.ts';

/** What titles and purposes are made of. */
export interface PieceRole {
  kind: NodeKind;
  type: string;
  role: MachineRole | undefined;
  /** The number of the one machine that it belongs to, counted from 0. */
  index: number | undefined;
}

/** The role in plain words, for example `Masters' load balancer` or `Master 0`. */
export function titleOf({ kind, type, role, index }: PieceRole): string {
  const machine = machineName(role, index);
  const owned = (noun: string, Noun: string): string =>
    machine === undefined ? Noun : `${machine}'s ${noun}`;
  const shared = (noun: string, Noun: string): string =>
    role === undefined ? Noun : `${role === 'master' ? 'Masters' : 'Agents'}' ${noun}`;
  switch (kind) {
    case 'containerService':
      return 'Container service';
    case 'internet':
      return 'Internet';
    case 'publicIp':
      return shared('public IP address', 'Public IP address');
    case 'loadBalancer':
      return shared('load balancer', 'Load balancer');
    case 'loadBalancerRule':
      return 'Load balancer rule';
    case 'securityRule':
      return 'Security rule';
    case 'route':
      return 'Route';
    case 'outside':
      return 'Outside';
    case 'networkSecurityGroup':
      return shared('security group', 'Security group');
    case 'virtualNetwork':
      return 'Virtual network';
    case 'subnet':
      return shared('subnet', 'Subnet');
    case 'availabilitySet':
      return shared('availability set', 'Availability set');
    case 'networkInterface':
      return owned('network interface', 'Network interface');
    case 'virtualMachine':
      return machine ?? 'Virtual machine';
    case 'extension':
      return owned('set-up script', 'Set-up script');
    case 'disk':
      return owned('disk', 'Disk');
    case 'scaleSet':
      return role === 'agent' ? 'Agents' : 'Scale set';
    case 'scaleSetInstance':
      return machine ?? 'Machine of the scale set';
    case 'storageAccount':
      return 'Storage account';
    case 'gateway':
    case 'routeTable':
    case 'other':
      return displayNameOfType(type);
  }
}

function machineName(role: MachineRole | undefined, index: number | undefined): string | undefined {
  if (role === undefined || index === undefined) return undefined;
  return `${role === 'master' ? 'Master' : 'Agent'} ${index}`;
}
