import type { DiskUse } from './disk-uses.ts';
import type { MachineRole, NodeKind } from './graph.ts';
import { displayNameOfType } from './resource-kind.ts';

/** What titles and purposes are made of. */
export interface PieceRole {
  kind: NodeKind;
  type: string;
  role?: MachineRole | undefined;
  /** The number of the one machine that it belongs to, counted from 0. */
  index?: number | undefined;
  /** What a disk holds, and for which machine. */
  disk?: DiskUse | undefined;
  /** Whether a storage account keeps the boot diagnostics of machines. */
  keepsDiagnostics?: boolean | undefined;
  /** What a rule or route does, or what lies outside, in the words that are its title. */
  says?: string | undefined;
}

/** The role in plain words, for example `Masters' load balancer` or `Master 0`. */
export function titleOf({ kind, type, role, index, disk, says }: PieceRole): string {
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
      return says ?? 'Load balancer rule';
    case 'securityRule':
      return says ?? 'Security rule';
    case 'route':
      return says ?? 'Route';
    case 'outside':
      return says ?? displayNameOfType(type);
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
      return diskTitle(disk, machine);
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

/** For example `Master 1's OS disk` or `Data disk 0 of web-1`. */
function diskTitle(disk: DiskUse | undefined, machine: string | undefined): string {
  if (disk === undefined) return machine === undefined ? 'Disk' : `${machine}'s disk`;
  const noun =
    disk.holds === 'system' ? 'OS disk' : `data disk${disk.lun === undefined ? '' : ` ${disk.lun}`}`;
  if (machine !== undefined) return `${machine}'s ${noun}`;
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)} of ${disk.machineName}`;
}

/** What a numbered machine is called, for example `Master 0`; undefined for any other. */
export function machineName(role: MachineRole | undefined, index: number | undefined): string | undefined {
  if (role === undefined || index === undefined) return undefined;
  return `${role === 'master' ? 'Master' : 'Agent'} ${index}`;
}
