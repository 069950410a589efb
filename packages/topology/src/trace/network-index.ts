import { isRecord, textAt, listAt, type TopologyResource } from '../arm-resource.ts';
import type { Address, Family } from './addresses.ts';
import { scaleSetOfId, readAttachments } from './read-attachments.ts';
import { readBalancer, readPublicAddress } from './read-balancers.ts';
import { gatewayAt, readNatGateway, readNetwork, readRouteTable } from './read-networks.ts';
import { readSecurityGroup, type SecurityGroup } from './read-security-groups.ts';
import { readUntraced, type UntracedPiece } from './untraced-pieces.ts';
import type {
  Attachment,
  Balancer,
  Frontend,
  InboundRule,
  NatGateway,
  Network,
  PublicAddress,
  RouteTable,
  Subnet,
} from './network-parts.ts';

/** A frontend with its load balancer, and the family of its address. */
export interface PlacedFrontend {
  readonly balancer: Balancer;
  readonly frontend: Frontend;
  readonly family: Family;
}

/** Everything that packets may meet among some resources, by lower-case ids. */
export interface NetworkIndex {
  readonly resources: ReadonlyMap<string, TopologyResource>;
  readonly networks: ReadonlyMap<string, Network>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly groups: ReadonlyMap<string, SecurityGroup>;
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  readonly natGateways: ReadonlyMap<string, NatGateway>;
  readonly balancers: ReadonlyMap<string, Balancer>;
  readonly publicAddresses: ReadonlyMap<string, PublicAddress>;
  readonly attachments: readonly Attachment[];
  readonly attachmentsOf: ReadonlyMap<string, readonly Attachment[]>;
  readonly attachmentsByAddress: ReadonlyMap<Address, readonly Attachment[]>;
  readonly attachmentByPublicIp: ReadonlyMap<string, Attachment>;
  readonly frontendsByPublicIp: ReadonlyMap<string, readonly PlacedFrontend[]>;
  readonly frontends: ReadonlyMap<string, PlacedFrontend>;
  readonly internalFrontends: readonly PlacedFrontend[];
  readonly natGatewayByPublicIp: ReadonlyMap<string, NatGateway>;
  /** Members of each pool, and of each NAT rule and NAT pool that configurations name. */
  readonly members: ReadonlyMap<string, readonly Attachment[]>;
  /** The pools that each configuration is in, by configuration id. */
  readonly poolsOf: ReadonlyMap<string, readonly string[]>;
  /** Ports that members got from NAT rules for their pool: by `rule id + space + configuration id`. */
  readonly natPorts: ReadonlyMap<string, number>;
  /** Load balancers' rules that name a configuration or a pool that it is in, by configuration id. */
  readonly rulesOf: ReadonlyMap<string, readonly PlacedRule[]>;
  /** Pieces whose ways with connections are not evaluated here. */
  readonly untraced: ReadonlyMap<string, UntracedPiece>;
  /** What learns routes, by the networks in which it stands; its resource may be in another group. */
  readonly gatewaysByNetwork: ReadonlyMap<string, readonly string[]>;
  /** A machine's power as ARM's instance view words it, such as `deallocated`; nothing where it is not known. */
  readonly powerOf: ReadonlyMap<string, string>;
}

export interface PlacedRule {
  readonly balancer: Balancer;
  readonly rule: InboundRule;
}

const indexes = new WeakMap<readonly TopologyResource[], NetworkIndex>();

/** The index of some resources; made once for each array. */
export function networkIndex(resources: readonly TopologyResource[]): NetworkIndex {
  const known = indexes.get(resources);
  if (known) return known;
  const made = makeIndex(resources.filter((item) => isResource(item)));
  indexes.set(resources, made);
  return made;
}

const isResource = (value: unknown): boolean =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['type'] === 'string';

const parentOf = (id: string): string => id.split('/').slice(0, -2).join('/');

const byId = <Part extends { id: string }>(parts: readonly Part[]): Map<string, Part> =>
  new Map(parts.map((part) => [part.id, part]));

function makeIndex(resources: readonly TopologyResource[]): NetworkIndex {
  const byType = Map.groupBy(resources, ({ type }) => type.toLowerCase());
  const ofType = (type: string): readonly TopologyResource[] => byType.get(`microsoft.network/${type}`) ?? [];
  const childrenOf = (...types: string[]): Map<string, TopologyResource[]> =>
    Map.groupBy(
      types.flatMap((type) => ofType(type)),
      ({ id }) => parentOf(id.toLowerCase()),
    );

  const inNetworks = childrenOf('virtualnetworks/subnets', 'virtualnetworks/virtualnetworkpeerings');
  const networks = byId(
    ofType('virtualnetworks').map((item) => readNetwork(item, inNetworks.get(item.id.toLowerCase()) ?? [])),
  );
  const subnets = byId([...networks.values()].flatMap((network) => network.subnets));
  const inGroups = childrenOf('networksecuritygroups/securityrules');
  const inTables = childrenOf('routetables/routes');
  const attachments = readAttachments(resources, subnets);
  const balancers = byId(ofType('loadbalancers').map((item) => readBalancer(item)));
  const natGateways = byId(ofType('natgateways').map((item) => readNatGateway(item)));
  const publicAddresses = byId(ofType('publicipaddresses').map((item) => readPublicAddress(item)));
  const placed = [...balancers.values()].flatMap((balancer) =>
    balancer.frontends.map((frontend): PlacedFrontend => ({
      balancer,
      frontend,
      family: publicAddresses.get(frontend.publicIpId ?? '')?.family ?? frontend.statedFamily,
    })),
  );
  const untraced = byId(readUntraced(resources));
  const { members, natPorts } = readMembership([...balancers.values()], attachments);
  return {
    resources: new Map(resources.map((item) => [item.id.toLowerCase(), item])),
    networks,
    subnets,
    groups: byId(
      ofType('networksecuritygroups').map((item) =>
        readSecurityGroup(item, inGroups.get(item.id.toLowerCase()) ?? []),
      ),
    ),
    routeTables: byId(
      ofType('routetables').map((item) => readRouteTable(item, inTables.get(item.id.toLowerCase()) ?? [])),
    ),
    natGateways,
    balancers,
    publicAddresses,
    attachments,
    attachmentsOf: attachmentsByNode(attachments),
    attachmentsByAddress: Map.groupBy(
      attachments.filter(({ address }) => address !== undefined),
      ({ address }) => address ?? 0n,
    ),
    attachmentByPublicIp: new Map(
      attachments.flatMap((item): [string, Attachment][] =>
        item.publicIpId === undefined ? [] : [[item.publicIpId, item]],
      ),
    ),
    frontendsByPublicIp: Map.groupBy(
      placed.filter(({ frontend }) => frontend.publicIpId !== undefined),
      ({ frontend }) => frontend.publicIpId ?? '',
    ),
    frontends: new Map(placed.map((item) => [item.frontend.id, item])),
    internalFrontends: placed.filter(({ frontend }) => frontend.publicIpId === undefined),
    natGatewayByPublicIp: new Map(
      [...natGateways.values()].flatMap((gateway) =>
        [...gateway.publicIpIds, ...gateway.publicIpV6Ids].map((id): [string, NatGateway] => [id, gateway]),
      ),
    ),
    members,
    poolsOf: poolsByConfiguration(members),
    natPorts,
    rulesOf: rulesByConfiguration([...balancers.values()], members),
    untraced,
    gatewaysByNetwork: gatewaysByNetwork(subnets, [...untraced.values()]),
    powerOf: readPower(resources),
  };
}

/** Gateways and route servers by network: as the network lists them in its subnets, and as they state their subnets. */
function gatewaysByNetwork(
  subnets: ReadonlyMap<string, Subnet>,
  untraced: readonly UntracedPiece[],
): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  const add = (networkId: string, id: string): void => {
    const known = found.get(networkId);
    if (known) known.add(id);
    else found.set(networkId, new Set([id]));
  };
  for (const { networkId, gatewayIds } of subnets.values()) for (const id of gatewayIds) add(networkId, id);
  for (const { id, subnetIds } of untraced) {
    if (gatewayAt(id) === undefined) continue;
    for (const subnetId of subnetIds) add(parentOf(subnetId), id);
  }
  return new Map([...found].map(([networkId, ids]) => [networkId, [...ids]]));
}

/** What is attached where, by every node that it belongs to: interface, machine, scale set, subnet and network. */
function attachmentsByNode(attachments: readonly Attachment[]): Map<string, Attachment[]> {
  const found = new Map<string, Attachment[]>();
  for (const item of attachments) {
    const nodes = new Set([
      item.interfaceId,
      item.machineId,
      item.scaleSetId,
      item.serviceId,
      item.subnet?.id,
      item.subnet?.networkId,
    ]);
    for (const node of nodes) {
      if (node === undefined) continue;
      const list = found.get(node);
      if (list) list.push(item);
      else found.set(node, [item]);
    }
  }
  return found;
}

/**
 * Who is behind each pool and NAT rule, from either end of the link: configurations name their pools, pools list their
 * members by configuration or by address. A member that is not among the resources counts as its scale set's profile.
 */
function readMembership(
  balancers: readonly Balancer[],
  attachments: readonly Attachment[],
): { members: Map<string, Attachment[]>; natPorts: Map<string, number> } {
  const sets = new Map<string, Set<Attachment>>();
  const natPorts = new Map<string, number>();
  const add = (id: string, item: Attachment): void => {
    const set = sets.get(id);
    if (set) set.add(item);
    else sets.set(id, new Set([item]));
  };
  const byConfiguration = new Map(attachments.map((item) => [item.id, item]));
  const byAddress = Map.groupBy(attachments, ({ address }) => address);
  const profiles = Map.groupBy(
    attachments.filter(({ machineId, scaleSetId }) => scaleSetId !== undefined && machineId === scaleSetId),
    ({ scaleSetId }) => scaleSetId,
  );
  for (const item of attachments) {
    for (const id of [...item.poolIds, ...item.natRuleIds, ...item.natPoolIds]) add(id, item);
  }
  const find = (configurationId: string): Attachment | undefined => {
    const known = byConfiguration.get(configurationId);
    const scaleSet = scaleSetOfId(configurationId);
    if (known || scaleSet === undefined) return known;
    // The profile's configurations go by the same names as those of the machines.
    const name = configurationId.slice(configurationId.lastIndexOf('/'));
    const own = profiles.get(scaleSet);
    return own?.find(({ id }) => id.endsWith(name)) ?? own?.[0];
  };
  for (const balancer of balancers) {
    for (const [poolId, listed] of balancer.pools) {
      for (const { configurationId, address, networkId, natPorts: ports } of listed) {
        const found =
          configurationId === undefined
            ? byAddress
                .get(address)
                ?.find(
                  (item) =>
                    address !== undefined &&
                    (networkId === undefined || item.subnet?.networkId === networkId),
                )
            : find(configurationId);
        if (!found) continue;
        add(poolId, found);
        for (const [rule, port] of ports)
          natPorts.set(`${balancer.id}/inboundnatrules/${rule} ${found.id}`, port);
      }
    }
    for (const rule of balancer.inbound) {
      for (const target of rule.targetIds) {
        const found = find(target);
        if (found) add(rule.id, found);
      }
    }
  }
  return { members: new Map([...sets].map(([id, set]) => [id, [...set]])), natPorts };
}

function poolsByConfiguration(members: ReadonlyMap<string, readonly Attachment[]>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [id, own] of members) {
    if (!id.includes('/backendaddresspools/')) continue;
    for (const member of own) {
      const list = found.get(member.id);
      if (list) list.push(id);
      else found.set(member.id, [id]);
    }
  }
  return found;
}

function rulesByConfiguration(
  balancers: readonly Balancer[],
  members: ReadonlyMap<string, readonly Attachment[]>,
): Map<string, PlacedRule[]> {
  const found = new Map<string, PlacedRule[]>();
  for (const balancer of balancers) {
    for (const rule of balancer.inbound) {
      const own = new Set([rule.id, ...rule.poolIds].flatMap((id) => members.get(id) ?? []));
      for (const { id } of own) {
        const list = found.get(id);
        if (list) list.push({ balancer, rule });
        else found.set(id, [{ balancer, rule }]);
      }
    }
  }
  return found;
}

/** Power states from instance views (`PowerState/running`), where the resources were read with them. */
function readPower(resources: readonly TopologyResource[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const resource of resources) {
    for (const status of listAt(resource.properties, 'instanceView.statuses')) {
      const code = textAt(status, 'code') ?? '';
      if (/^powerstate\//i.test(code)) found.set(resource.id.toLowerCase(), code.slice(11).toLowerCase());
    }
  }
  return found;
}
