import { textAt, type TopologyResource } from './arm-resource.ts';
import type { MachineRole, NodeKind } from './graph.ts';
import type { Reference } from './references.ts';
import { ipConfigurations, type TrafficRules } from './traffic.ts';

export interface Roles {
  roleOf: ReadonlyMap<string, MachineRole>;
  /** The number of a master, counted from 0: machines, and the pieces that belong to one machine alone. */
  indexOf: ReadonlyMap<string, number>;
}

interface Material {
  pieces: ReadonlyMap<string, TopologyResource>;
  kinds: ReadonlyMap<string, NodeKind>;
  parents: ReadonlyMap<string, string>;
  references: readonly Reference[];
  rules: TrafficRules;
  /** Whether the resources are known to be one cluster. */
  isCluster: boolean;
}

const noRoles: Roles = { roleOf: new Map(), indexOf: new Map() };

/**
 * Masters and agents by structure: single machines behind NAT rules are masters, scale sets behind balancing rules
 * are agents; every other piece serves those that it leads to. The masters of a load balancer are numbered in order of
 * their SSH entrances, then of their private addresses. What is not known to be a cluster has roles only where both kinds
 * are there: a lone machine behind a NAT rule is not called a master.
 */
export function tellRoles(material: Material): Roles {
  const { pieces, kinds, parents, references, rules, isCluster } = material;
  const roleOf = new Map<string, MachineRole>();
  const indexOf = new Map<string, number>();
  const neighbours = neighboursOf(references);
  const near = (id: string, kind: NodeKind): string[] =>
    [...(neighbours.get(id) ?? [])].filter((other) => kinds.get(other) === kind);

  const entrances = new Map<string, { port: number; loadBalancer: string }>();
  for (const rule of rules.all) {
    for (const target of rule.targets) {
      const scaleSet = kinds.get(target) === 'scaleSet' ? target : scaleSetAround(target, kinds, parents);
      if (rule.kind === 'balanced' && scaleSet !== undefined) roleOf.set(scaleSet, 'agent');
      if (rule.kind !== 'nat' || scaleSet !== undefined || kinds.get(target) !== 'networkInterface') continue;
      const { frontendPort, loadBalancer } = rule;
      const known = entrances.get(target);
      if (known === undefined || known.port < frontendPort.from) {
        entrances.set(target, { port: frontendPort.from, loadBalancer });
      }
    }
  }
  tellUnfinishedBalancers(roleOf, rules);
  const told = new Set(roleOf.values());
  if (!isCluster && !((told.has('master') || entrances.size > 0) && told.has('agent'))) return noRoles;
  const childrenOf = childrenByParent(parents);
  for (const { networkInterface, index } of numbered(entrances, pieces)) {
    const machines = near(networkInterface, 'virtualMachine');
    const own = [
      networkInterface,
      ...machines,
      ...machines.flatMap((machine) => [...near(machine, 'disk'), ...(childrenOf.get(machine) ?? [])]),
    ];
    for (const id of own) {
      roleOf.set(id, 'master');
      indexOf.set(id, index);
    }
  }
  for (const id of kinds.keys()) {
    const scaleSet = scaleSetAround(id, kinds, parents);
    const role = scaleSet === undefined ? undefined : roleOf.get(scaleSet);
    if (role !== undefined) roleOf.set(id, role);
  }
  spreadRoles({ roleOf, kinds, parents, rules, near });
  return { roleOf, indexOf };
}

function numbered(
  entrances: ReadonlyMap<string, { port: number; loadBalancer: string }>,
  pieces: ReadonlyMap<string, TopologyResource>,
): { networkInterface: string; index: number }[] {
  const masters = [...entrances].map(([networkInterface, { port, loadBalancer }]) => {
    return { networkInterface, port, loadBalancer, address: privateAddress(pieces.get(networkInterface)) };
  });
  return [...Map.groupBy(masters, ({ loadBalancer }) => loadBalancer).values()].flatMap((own) =>
    own
      .toSorted(
        (a, b) =>
          a.port - b.port ||
          compareAddresses(a.address, b.address) ||
          (a.networkInterface < b.networkInterface ? -1 : 1),
      )
      .map(({ networkInterface }, index) => ({ networkInterface, index })),
  );
}

/** While a cluster is built nothing may stand behind a load balancer yet: then its rules tell whom it will serve. */
function tellUnfinishedBalancers(roleOf: Map<string, MachineRole>, rules: TrafficRules): void {
  for (const [id, own] of rules.ofLoadBalancer) {
    const inbound = own.filter(({ kind }) => kind !== 'outbound');
    const kinds = new Set(inbound.map(({ kind }) => kind));
    if (kinds.size !== 1 || inbound.some(({ targets }) => targets.size > 0)) continue;
    roleOf.set(id, kinds.has('nat') ? 'master' : 'agent');
  }
}

interface Spreading {
  roleOf: Map<string, MachineRole>;
  kinds: ReadonlyMap<string, NodeKind>;
  parents: ReadonlyMap<string, string>;
  rules: TrafficRules;
  near: (id: string, kind: NodeKind) => string[];
}

/** Gives each piece that serves machines their role, where all of its machines have the same. */
function spreadRoles({ roleOf, kinds, parents, rules, near }: Spreading): void {
  const inwards: readonly [NodeKind, readonly NodeKind[]][] = [
    ['loadBalancer', ['networkInterface', 'scaleSet']],
    ['subnet', ['networkInterface', 'scaleSet']],
    ['availabilitySet', ['virtualMachine']],
    ['networkSecurityGroup', ['subnet', 'networkInterface', 'scaleSet']],
    ['publicIp', ['loadBalancer', 'networkInterface']],
  ];
  const byKind = Map.groupBy(kinds.keys(), (id) => kinds.get(id));
  for (const [kind, served] of inwards) {
    for (const id of byKind.get(kind) ?? []) {
      const behind = (rules.ofLoadBalancer.get(id) ?? []).flatMap(({ targets }) => [...targets]);
      const neighbours = served.flatMap((other) => near(id, other));
      const found = new Set([...neighbours, ...behind].flatMap((other) => roleOf.get(other) ?? []));
      const [role] = found;
      if (found.size === 1 && role !== undefined) roleOf.set(id, role);
    }
  }
  for (const kind of ['loadBalancerRule', 'securityRule'] as const) {
    for (const id of byKind.get(kind) ?? []) {
      const role = roleOf.get(parents.get(id) ?? '');
      if (role !== undefined) roleOf.set(id, role);
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

function childrenByParent(parents: ReadonlyMap<string, string>): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const [id, parent] of parents) {
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [id]);
    else known.push(id);
  }
  return children;
}

/** The scale set that a piece lies in. */
function scaleSetAround(
  id: string,
  kinds: ReadonlyMap<string, NodeKind>,
  parents: ReadonlyMap<string, string>,
): string | undefined {
  for (let at = parents.get(id); at !== undefined; at = parents.get(at)) {
    if (kinds.get(at) === 'scaleSet') return at;
  }
  return undefined;
}

/** By address, those without one last. */
const compareAddresses = (one: number, other: number): number => (one === other ? 0 : one - other);

/** The first private IPv4 address as a number; infinity where there is none yet. */
function privateAddress(resource: TopologyResource | undefined): number {
  const [configuration] = resource === undefined ? [] : ipConfigurations(resource);
  const address = textAt(configuration, 'properties.privateIPAddress');
  const bytes = address?.split('.').map(Number);
  if (bytes?.length !== 4 || bytes.some((byte) => !Number.isInteger(byte))) return Number.POSITIVE_INFINITY;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
