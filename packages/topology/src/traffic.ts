import { idsAt, listAt, numberAt, textAt, type TopologyResource } from './arm-resource.ts';
import { resolveId } from './references.ts';

type Pieces = ReadonlyMap<string, TopologyResource>;

/** One rule of a load balancer and the nodes that its traffic reaches. */
export interface TrafficRule {
  loadBalancer: string;
  kind: 'nat' | 'balanced' | 'outbound';
  name: string;
  protocol: string;
  frontendPort: number;
  backendPort: number;
  targets: ReadonlySet<string>;
}

/** A port as people write it: 0 stands for all ports in a load balancer's rules. */
export const portText = (port: number): string => (port === 0 ? 'all ports' : String(port));

/** A protocol as people write it: ARM says `Tcp`, `Udp`, `All`. */
export const protocolText = (protocol: string): string =>
  protocol.toLowerCase() === 'all' ? 'All' : protocol.toUpperCase();

/** A rule in one line, for example `TCP 2200 → 22`. */
export function ruleText(rule: TrafficRule): string {
  return `${protocolText(rule.protocol)} ${portText(rule.frontendPort)} → ${portText(rule.backendPort)}`;
}

/**
 * Every rule of every load balancer, with what stands behind it: NAT rules from either end of the link, pools by
 * their members, and members by the pools that they name.
 */
export function collectTrafficRules(pieces: Pieces): TrafficRule[] {
  const membership = collectMembership(pieces);
  const rules: TrafficRule[] = [];
  for (const [loadBalancer, resource] of pieces) {
    if (resource.type.toLowerCase() !== 'microsoft.network/loadbalancers') continue;
    const pools = poolMembers(resource, pieces);
    const membersOf = (pool: string): Set<string> =>
      new Set([...(pools.get(pool) ?? []), ...(membership.get(pool) ?? [])]);

    for (const rule of listAt(resource.properties, 'inboundNatRules')) {
      const targets = new Set(membership.get(textAt(rule, 'id')?.toLowerCase() ?? ''));
      const backend = textAt(rule, 'properties.backendIPConfiguration.id');
      const target = backend === undefined ? undefined : resolveId(backend, pieces);
      if (target !== undefined) targets.add(target);
      rules.push({ ...describe(loadBalancer, 'nat', rule), targets });
    }
    for (const rule of listAt(resource.properties, 'loadBalancingRules')) {
      const targets = new Set(rulePools(rule).flatMap((pool) => [...membersOf(pool)]));
      rules.push({ ...describe(loadBalancer, 'balanced', rule), targets });
    }
    for (const rule of listAt(resource.properties, 'outboundRules')) {
      const targets = new Set(rulePools(rule).flatMap((pool) => [...membersOf(pool)]));
      rules.push({ ...describe(loadBalancer, 'outbound', rule), targets });
    }
  }
  return rules.toSorted((a, b) => a.frontendPort - b.frontendPort);
}

function describe(
  loadBalancer: string,
  kind: TrafficRule['kind'],
  rule: unknown,
): Omit<TrafficRule, 'targets'> {
  return {
    loadBalancer,
    kind,
    name: textAt(rule, 'name') ?? '',
    protocol: textAt(rule, 'properties.protocol') ?? 'All',
    frontendPort: numberAt(rule, 'properties.frontendPort') ?? 0,
    backendPort: numberAt(rule, 'properties.backendPort') ?? 0,
  };
}

/** The pools of a rule; ARM states one as `backendAddressPool` and repeats it in `backendAddressPools`. */
function rulePools(rule: unknown): string[] {
  const single = textAt(rule, 'properties.backendAddressPool.id')?.toLowerCase();
  return [
    ...new Set([...(single === undefined ? [] : [single]), ...idsAt(rule, 'properties.backendAddressPools')]),
  ];
}

/** Members of each pool as the load balancer itself lists them. */
function poolMembers(loadBalancer: TopologyResource, pieces: Pieces): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const pool of listAt(loadBalancer.properties, 'backendAddressPools')) {
    const id = textAt(pool, 'id')?.toLowerCase();
    if (id === undefined) continue;
    const found = idsAt(pool, 'properties.backendIPConfigurations').flatMap(
      (member) => resolveId(member, pieces) ?? [],
    );
    members.set(id, found);
  }
  return members;
}

/** Which interfaces and scale sets name a pool or NAT rule in their IP configurations. */
function collectMembership(pieces: Pieces): Map<string, Set<string>> {
  const membership = new Map<string, Set<string>>();
  const note = (id: string, member: string): void => {
    const members = membership.get(id) ?? new Set<string>();
    membership.set(id, members.add(member));
  };
  for (const [id, resource] of pieces) {
    for (const configuration of ipConfigurations(resource)) {
      for (const pool of idsAt(configuration, 'properties.loadBalancerBackendAddressPools')) note(pool, id);
      for (const rule of idsAt(configuration, 'properties.loadBalancerInboundNatRules')) note(rule, id);
    }
  }
  return membership;
}

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
