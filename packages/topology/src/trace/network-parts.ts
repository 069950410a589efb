import type { Address, AddressRange, Family } from './addresses.ts';

/** A subnet, as far as packets care. Every id in these parts is in lower case. */
export interface Subnet {
  readonly id: string;
  readonly networkId: string;
  readonly ranges: readonly AddressRange[];
  readonly groupId: string | undefined;
  readonly routeTableId: string | undefined;
  readonly natGatewayId: string | undefined;
  /** Whether machines have no default outbound access (`defaultOutboundAccess: false`). */
  readonly isPrivate: boolean;
  /** Whether it is handed to an Azure service, whose instances are no resources of the group. */
  readonly isDelegated: boolean;
  /** What learns routes for the network and stands in this subnet: virtual network gateways, route servers. */
  readonly gatewayIds: readonly string[];
}

export interface Peering {
  readonly name: string;
  readonly remoteId: string;
  /** `Connected`, `Initiated`, `Disconnected`, or what else is stated. */
  readonly state: string;
  readonly allowsAccess: boolean;
  /** Whether the network takes over the routes of the other network's gateway. */
  readonly usesRemoteGateways: boolean;
  readonly ranges: readonly AddressRange[];
}

export interface Network {
  readonly id: string;
  readonly ranges: readonly AddressRange[];
  readonly peerings: readonly Peering[];
  readonly subnets: readonly Subnet[];
}

/** An IP configuration, of one family: the place where a machine, or each machine of a scale set, is attached to its subnet. */
export interface Attachment {
  readonly id: string;
  readonly family: Family;
  /** The node that stands for it: a network interface; the machine or scale set where its interfaces are not among the resources. */
  readonly interfaceId: string;
  /** Node of the machine, or of the scale set where its machines are not among the resources. */
  readonly machineId: string | undefined;
  readonly scaleSetId: string | undefined;
  /** The private endpoint or private link service that the interface belongs to, instead of a machine. */
  readonly serviceId: string | undefined;
  /** The gateway load balancer whose appliances see everything first that comes to its public address, or leaves by it. */
  readonly chainedTo: string | undefined;
  /** How many machines it stands for: more than one only for a scale set's profile. */
  readonly count: number;
  readonly address: Address | undefined;
  readonly subnet: Subnet | undefined;
  readonly groupId: string | undefined;
  readonly publicIpId: string | undefined;
  /** Whether it has, or each machine gets, a public address of its own. */
  readonly hasPublicIp: boolean;
  readonly poolIds: readonly string[];
  readonly natRuleIds: readonly string[];
  readonly natPoolIds: readonly string[];
  readonly applicationGroupIds: ReadonlySet<string>;
  readonly forwards: boolean;
}

export interface PublicAddress {
  readonly id: string;
  readonly family: Family;
  readonly address: Address | undefined;
  readonly fqdn: string | undefined;
  readonly isStandard: boolean;
  /** Id of the IP configuration that it states to belong to. */
  readonly holderId: string | undefined;
}

export interface Frontend {
  readonly id: string;
  readonly name: string;
  readonly publicIpId: string | undefined;
  /** Of an internal load balancer. */
  readonly address: Address | undefined;
  /** The family that its own address is stated to have; that of a public one stands there. */
  readonly statedFamily: Family;
  readonly subnetId: string | undefined;
  /** The gateway load balancer whose appliances see everything first that comes to it. */
  readonly chainedTo: string | undefined;
}

export interface Probe {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
  readonly path: string | undefined;
  readonly interval: number | undefined;
}

/** A rule by which a load balancer takes connections: `balancing`, `nat` for one target, `natRange` with one port for each member. */
export interface InboundRule {
  readonly id: string;
  readonly name: string;
  readonly kind: 'balancing' | 'nat' | 'natRange';
  readonly protocol: 'tcp' | 'udp' | 'all';
  readonly frontendId: string | undefined;
  readonly firstPort: number;
  readonly lastPort: number;
  /** Not read for rules that take every port, which leave the port as it is. */
  readonly backendPort: number;
  readonly isFloating: boolean;
  readonly probe: Probe | undefined;
  /** `Default`, `SourceIP`, `SourceIPProtocol`. */
  readonly distribution: string | undefined;
  readonly poolIds: readonly string[];
  /** Ids of the IP configurations that a NAT rule names. */
  readonly targetIds: readonly string[];
  /** Whether members of its pools may also leave by it (`disableOutboundSnat` not stated). */
  readonly letsOut: boolean;
}

export interface OutboundRule {
  readonly id: string;
  readonly name: string;
  readonly protocol: 'tcp' | 'udp' | 'all';
  readonly frontendIds: readonly string[];
  readonly poolIds: readonly string[];
  readonly ports: number | undefined;
}

/** A member of a pool as the load balancer lists it. */
export interface PoolMember {
  readonly configurationId: string | undefined;
  readonly address: Address | undefined;
  readonly networkId: string | undefined;
  /** A frontend of another load balancer: only a global load balancer has such members. */
  readonly frontendId: string | undefined;
  /** The ports that it got from NAT rules for the whole pool, by the rules' names in lower case. */
  readonly natPorts: ReadonlyMap<string, number>;
}

export interface Balancer {
  readonly id: string;
  readonly isStandard: boolean;
  /** Whether it spreads connections over load balancers of several regions. */
  readonly isGlobal: boolean;
  readonly frontends: readonly Frontend[];
  readonly inbound: readonly InboundRule[];
  readonly outbound: readonly OutboundRule[];
  readonly pools: ReadonlyMap<string, readonly PoolMember[]>;
}

export interface Route {
  readonly id: string;
  readonly name: string;
  readonly range: AddressRange | undefined;
  /** As it is written: a prefix, or a service tag. */
  readonly prefix: string;
  /** `virtualappliance`, `none`, `internet`, `vnetlocal`, `virtualnetworkgateway`: lower case. */
  readonly nextHop: string;
  readonly nextAddress: Address | undefined;
}

/** A route table. */
export interface RouteTable {
  readonly id: string;
  readonly routes: readonly Route[];
  /** Whether its subnets take over the routes that gateways learn (`disableBgpRoutePropagation` not stated). */
  readonly takesLearned: boolean;
}

export interface NatGateway {
  readonly id: string;
  readonly publicIpIds: readonly string[];
  /** Its addresses for IPv6, which only SKU StandardV2 has. */
  readonly publicIpV6Ids: readonly string[];
  readonly hasPrefix: boolean;
  readonly hasPrefixV6: boolean;
  /** Whether it is of SKU StandardV2, which passes on pings and IPv6, too. */
  readonly isV2: boolean;
}
