import { idsAt, listAt, numberAt, textAt, type TopologyResource } from './arm-resource.ts';
import type { NodeKind } from './graph.ts';
import { inlineId, type Pieces } from './pieces.ts';

/** Ports as a rule names them; `from` and `to` are the same for one port, 0 stands for all. */
export interface PortRange {
  from: number;
  to: number;
}

/** One rule of a load balancer and the pieces that its traffic reaches. */
export interface TrafficRule {
  id: string;
  /** The load balancer's id; it may be missing among the pieces. */
  loadBalancer: string;
  kind: 'nat' | 'balanced' | 'outbound';
  name: string;
  protocol: string;
  frontendPort: PortRange;
  backendPort: number;
  targets: ReadonlySet<string>;
  /** The parts of the load balancer that it names, as they stand there. */
  frontends: readonly unknown[];
  probe: unknown;
}

/** The rules of all load balancers, by every end at which they are asked for. */
export interface TrafficRules {
  /** By the ports at which traffic enters. */
  all: readonly TrafficRule[];
  byId: ReadonlyMap<string, TrafficRule>;
  ofLoadBalancer: ReadonlyMap<string, readonly TrafficRule[]>;
  toTarget: ReadonlyMap<string, readonly TrafficRule[]>;
}

/** Ports as people write them. */
export function portText({ from, to }: PortRange): string {
  if (from === 0 && (to === 0 || to === 65_535)) return 'all ports';
  return from === to ? String(from) : `${from}–${to}`;
}

/** A protocol as people write it: ARM says `Tcp`, `Udp`, `All`. */
export const protocolText = (protocol: string): string =>
  protocol.toLowerCase() === 'all' || protocol === '*' ? 'All' : protocol.toUpperCase();

/** What arrives, for example `TCP 2200` or `TCP 50000–50119`. */
export function arrivalText({ protocol, frontendPort }: TrafficRule): string {
  const ports = portText(frontendPort);
  if (ports !== 'all ports') return `${protocolText(protocol)} ${ports}`;
  return protocolText(protocol) === 'All' ? 'Everything' : `${protocolText(protocol)} on all ports`;
}

/** A rule in one line, for example `TCP 2200 → 22`. */
export function ruleText(rule: TrafficRule): string {
  return `${arrivalText(rule)} → ${portText({ from: rule.backendPort, to: rule.backendPort })}`;
}

const ruleKinds: ReadonlyMap<string, TrafficRule['kind']> = new Map([
  ['microsoft.network/loadbalancers/loadbalancingrules', 'balanced'],
  ['microsoft.network/loadbalancers/inboundnatrules', 'nat'],
  ['microsoft.network/loadbalancers/inboundnatpools', 'nat'],
  ['microsoft.network/loadbalancers/outboundrules', 'outbound'],
]);

/** What kind of rule an ARM type is. */
export const ruleKindOfType = (type: string): TrafficRule['kind'] | undefined =>
  ruleKinds.get(type.toLowerCase());

/**
 * Every rule of every load balancer, with what stands behind it: NAT rules from either end of the link, pools by
 * their members, and members by the pools that they name.
 */
export function collectTrafficRules(pieces: Pieces, kinds: ReadonlyMap<string, NodeKind>): TrafficRules {
  const { all, resolve } = pieces;
  const membership = collectMembership(all, kinds);
  const parts = collectParts(pieces, kinds);
  const membersOf = (pool: string): string[] => [
    ...(parts.members.get(pool) ?? []),
    ...(membership.get(pool) ?? []),
  ];
  const rules: TrafficRule[] = [];
  for (const [id, resource] of all) {
    const kind = kinds.get(id) === 'loadBalancerRule' ? ruleKindOfType(resource.type) : undefined;
    if (kind === undefined) continue;
    const loadBalancer = id.split('/').slice(0, -2).join('/');
    const backend = textAt(resource.properties, 'backendIPConfiguration.id');
    const target = backend === undefined ? undefined : resolve(backend);
    const frontends = [
      textAt(resource.properties, 'frontendIPConfiguration.id')?.toLowerCase() ?? [],
      ...idsAt(resource.properties, 'frontendIPConfigurations'),
    ].flat();
    rules.push({
      id,
      loadBalancer,
      kind,
      name: resource.name.split('/').at(-1) ?? resource.name,
      protocol: textAt(resource.properties, 'protocol') ?? 'All',
      frontendPort: frontendPorts(resource.properties),
      backendPort: numberAt(resource.properties, 'backendPort') ?? 0,
      targets: new Set([
        ...(membership.get(id) ?? []),
        ...(target === undefined ? [] : [target]),
        ...rulePools(resource.properties, loadBalancer).flatMap(membersOf),
      ]),
      frontends: frontends.flatMap((frontend) => parts.frontends.get(frontend) ?? []),
      probe: parts.probes.get(textAt(resource.properties, 'probe.id')?.toLowerCase() ?? ''),
    });
  }
  const sorted = rules.toSorted(
    (a, b) => a.frontendPort.from - b.frontendPort.from || (a.id < b.id ? -1 : 1),
  );
  const toTarget = new Map<string, TrafficRule[]>();
  for (const rule of sorted) {
    for (const target of rule.targets) {
      const known = toTarget.get(target);
      if (known === undefined) toTarget.set(target, [rule]);
      else known.push(rule);
    }
  }
  return {
    all: sorted,
    byId: new Map(sorted.map((rule) => [rule.id, rule])),
    ofLoadBalancer: Map.groupBy(sorted, (rule) => rule.loadBalancer),
    toTarget,
  };
}

function frontendPorts(properties: unknown): PortRange {
  const single = numberAt(properties, 'frontendPort');
  const from = single ?? numberAt(properties, 'frontendPortRangeStart') ?? 0;
  return { from, to: single ?? numberAt(properties, 'frontendPortRangeEnd') ?? from };
}

/**
 * The pools of a rule, which are its own load balancer's; ARM states one as `backendAddressPool` and repeats it in
 * `backendAddressPools`.
 */
function rulePools(properties: unknown, loadBalancer: string): string[] {
  const single = textAt(properties, 'backendAddressPool.id')?.toLowerCase();
  const named = [...(single === undefined ? [] : [single]), ...idsAt(properties, 'backendAddressPools')];
  return [...new Set(named)].filter((pool) => pool.startsWith(`${loadBalancer}/`));
}

/** The parts of load balancers that rules name, by their ids: frontends, probes, and each pool's members as listed there. */
function collectParts({ all, resolve }: Pieces, kinds: ReadonlyMap<string, NodeKind>) {
  const frontends = new Map<string, unknown>();
  const probes = new Map<string, unknown>();
  const members = new Map<string, string[]>();
  for (const [id, resource] of all) {
    if (kinds.get(id) !== 'loadBalancer') continue;
    const partsAt = (collection: string): [string, unknown][] =>
      listAt(resource.properties, collection).flatMap((part): [string, unknown][] => {
        const partId = inlineId(id, collection, part)?.toLowerCase();
        return partId === undefined ? [] : [[partId, part]];
      });
    for (const [part, frontend] of partsAt('frontendIPConfigurations')) frontends.set(part, frontend);
    for (const [part, probe] of partsAt('probes')) probes.set(part, probe);
    for (const [part, pool] of partsAt('backendAddressPools')) {
      const found = idsAt(pool, 'properties.backendIPConfigurations').flatMap(
        (member) => resolve(member) ?? [],
      );
      members.set(part, found);
    }
  }
  return { frontends, probes, members };
}

/** Which interfaces and scale sets name a pool or NAT rule in their IP configurations. */
function collectMembership(
  all: ReadonlyMap<string, TopologyResource>,
  kinds: ReadonlyMap<string, NodeKind>,
): Map<string, Set<string>> {
  const membership = new Map<string, Set<string>>();
  const note = (id: string, member: string): void => {
    const members = membership.get(id) ?? new Set<string>();
    membership.set(id, members.add(member));
  };
  for (const [id, resource] of all) {
    const kind = kinds.get(id);
    if (kind !== 'networkInterface' && kind !== 'scaleSet') continue;
    for (const configuration of ipConfigurations(resource)) {
      for (const collection of memberships) {
        for (const target of idsAt(configuration, `properties.${collection}`)) note(target, id);
      }
    }
  }
  return membership;
}

const memberships = [
  'loadBalancerBackendAddressPools',
  'loadBalancerInboundNatRules',
  'loadBalancerInboundNatPools',
] as const;

/** The IP configurations of a network interface, or of the interfaces that a scale set gives its machines. */
export function ipConfigurations(resource: TopologyResource): readonly unknown[] {
  return [
    ...listAt(resource.properties, 'ipConfigurations'),
    ...listAt(
      resource.properties,
      'virtualMachineProfile.networkProfile.networkInterfaceConfigurations',
    ).flatMap((configuration) => listAt(configuration, 'properties.ipConfigurations')),
  ];
}
