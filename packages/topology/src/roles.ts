import { textAt, type TopologyResource } from './arm-resource.ts';
import type { MachineRole, NodeKind } from './graph.ts';
import type { Reference } from './references.ts';
import { ipConfigurations, type TrafficRule } from './traffic.ts';

export interface Roles {
  roleOf: ReadonlyMap<string, MachineRole>;
  /** The number of a master, counted from 0: machines, and the pieces that belong to one machine alone. */
  indexOf: ReadonlyMap<string, number>;
}

interface Material {
  pieces: ReadonlyMap<string, TopologyResource>;
  kinds: ReadonlyMap<string, NodeKind>;
  references: readonly Reference[];
  rules: readonly TrafficRule[];
}

/**
 * Masters and agents by structure: single machines behind NAT rules are masters, scale sets behind balancing rules
 * are agents; every other piece serves those that it leads to. Masters are numbered in order of their SSH
 * entrances, then of their private addresses.
 */
export function tellRoles({ pieces, kinds, references, rules }: Material): Roles {
  const roleOf = new Map<string, MachineRole>();
  const indexOf = new Map<string, number>();
  const neighbours = neighboursOf(references);
  const near = (id: string, kind: NodeKind): string[] =>
    [...(neighbours.get(id) ?? [])].filter((other) => kinds.get(other) === kind);

  const entrances = new Map<string, number>();
  for (const rule of rules) {
    for (const target of rule.targets) {
      if (rule.kind === 'nat' && kinds.get(target) === 'networkInterface') {
        entrances.set(target, Math.max(entrances.get(target) ?? 0, rule.frontendPort));
      }
      const scaleSet = kinds.get(target) === 'scaleSet' ? target : scaleSetAround(target, kinds);
      if (rule.kind === 'balanced' && scaleSet !== undefined) roleOf.set(scaleSet, 'agent');
    }
  }
  const masters = [...entrances]
    .map(([networkInterface, entrance]) => ({
      networkInterface,
      entrance,
      address: privateAddress(pieces.get(networkInterface)),
    }))
    .toSorted((a, b) => a.entrance - b.entrance || a.address - b.address);
  for (const [index, { networkInterface }] of masters.entries()) {
    const machines = near(networkInterface, 'virtualMachine');
    const own = [
      networkInterface,
      ...machines,
      ...machines.flatMap((machine) => [...near(machine, 'disk'), ...childrenOf(machine, kinds)]),
    ];
    for (const id of own) {
      roleOf.set(id, 'master');
      indexOf.set(id, index);
    }
  }
  for (const id of kinds.keys()) {
    const scaleSet = scaleSetAround(id, kinds);
    const role = scaleSet === undefined ? undefined : roleOf.get(scaleSet);
    if (role !== undefined) roleOf.set(id, role);
  }
  tellUnfinishedBalancers(roleOf, rules);
  spreadRoles(roleOf, kinds, near);
  return { roleOf, indexOf };
}

/** While a cluster is built nothing may stand behind a load balancer yet: then its rules tell whom it will serve. */
function tellUnfinishedBalancers(roleOf: Map<string, MachineRole>, rules: readonly TrafficRule[]): void {
  const inbound = rules.filter(({ kind }) => kind !== 'outbound');
  for (const [id, own] of Map.groupBy(inbound, (rule) => rule.loadBalancer)) {
    const kinds = new Set(own.map(({ kind }) => kind));
    if (kinds.size !== 1 || own.some(({ targets }) => targets.size > 0)) continue;
    roleOf.set(id, kinds.has('nat') ? 'master' : 'agent');
  }
}

/** Gives each piece that serves machines their role, where all of its machines have the same. */
function spreadRoles(
  roleOf: Map<string, MachineRole>,
  kinds: ReadonlyMap<string, NodeKind>,
  near: (id: string, kind: NodeKind) => string[],
): void {
  const inwards: readonly [NodeKind, readonly NodeKind[]][] = [
    ['loadBalancer', ['networkInterface', 'scaleSet']],
    ['subnet', ['networkInterface', 'scaleSet']],
    ['availabilitySet', ['virtualMachine']],
    ['networkSecurityGroup', ['subnet', 'networkInterface', 'scaleSet']],
    ['publicIp', ['loadBalancer', 'networkInterface']],
  ];
  for (const [kind, served] of inwards) {
    for (const [id, ownKind] of kinds) {
      if (ownKind !== kind) continue;
      const found = new Set(
        served.flatMap((other) => near(id, other)).flatMap((other) => roleOf.get(other) ?? []),
      );
      const [role] = found;
      if (found.size === 1 && role !== undefined) roleOf.set(id, role);
    }
  }
}

function neighboursOf(references: readonly Reference[]): Map<string, Set<string>> {
  const neighbours = new Map<string, Set<string>>();
  for (const { from, to } of references) {
    neighbours.set(from, (neighbours.get(from) ?? new Set()).add(to));
    neighbours.set(to, (neighbours.get(to) ?? new Set()).add(from));
  }
  return neighbours;
}

const childrenOf = (id: string, kinds: ReadonlyMap<string, NodeKind>): string[] =>
  [...kinds.keys()].filter((other) => other.startsWith(`${id}/`));

/** The scale set whose id this id continues. */
function scaleSetAround(id: string, kinds: ReadonlyMap<string, NodeKind>): string | undefined {
  for (let end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1)) {
    if (kinds.get(id.slice(0, end)) === 'scaleSet') return id.slice(0, end);
  }
  return undefined;
}

/** The first private IPv4 address as a number; infinity where there is none yet. */
function privateAddress(resource: TopologyResource | undefined): number {
  const [configuration] = resource === undefined ? [] : ipConfigurations(resource);
  const address = textAt(configuration, 'properties.privateIPAddress');
  const bytes = address?.split('.').map(Number);
  if (bytes?.length !== 4 || bytes.some((byte) => !Number.isInteger(byte))) return Number.POSITIVE_INFINITY;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
