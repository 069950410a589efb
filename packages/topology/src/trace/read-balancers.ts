import { idsAt, listAt, numberAt, textAt, valueAt, type TopologyResource } from '../arm-resource.ts';
import { idAt, idsOf, partsAt, statedFamily, type ArmPart } from './arm-parts.ts';
import { addressOf } from './addresses.ts';
import type {
  Balancer,
  Frontend,
  InboundRule,
  OutboundRule,
  PoolMember,
  Probe,
  PublicAddress,
} from './network-parts.ts';

/** Whether a resource states the Standard SKU (or Gateway, which is a kind of it). */
const isStandard = (resource: TopologyResource): boolean =>
  ['standard', 'standardv2', 'gateway'].includes((textAt(resource, 'sku.name') ?? '').toLowerCase());

/** A load balancer with its rules. */
export function readBalancer(resource: TopologyResource): Balancer {
  const probes = new Map(partsAt(resource, 'probes').map((part) => [part.id, readProbe(part)]));
  return {
    id: resource.id.toLowerCase(),
    isStandard: isStandard(resource),
    isGlobal: textAt(resource, 'sku.tier')?.toLowerCase() === 'global',
    frontends: partsAt(resource, 'frontendIPConfigurations').map((part) => readFrontend(part)),
    inbound: [
      ...partsAt(resource, 'inboundNatRules').map((part) => readNatRule(part)),
      ...partsAt(resource, 'loadBalancingRules').map((part) => readBalancingRule(part, probes)),
      ...partsAt(resource, 'inboundNatPools').map((part) => readNatPool(part)),
    ],
    outbound: partsAt(resource, 'outboundRules').map((part) => readOutboundRule(part)),
    pools: new Map(partsAt(resource, 'backendAddressPools').map(({ id, value }) => [id, readMembers(value)])),
  };
}

function readFrontend({ id, name, value }: ArmPart): Frontend {
  const address = addressOf(textAt(value, 'properties.privateIPAddress'));
  return {
    id,
    name,
    publicIpId: idAt(value, 'properties.publicIPAddress'),
    address,
    statedFamily: statedFamily(value, 'properties.privateIPAddressVersion', address),
    subnetId: idAt(value, 'properties.subnet'),
    chainedTo: idAt(value, 'properties.gatewayLoadBalancer'),
  };
}

function protocolOf({ value }: ArmPart): 'tcp' | 'udp' | 'all' {
  const stated = textAt(value, 'properties.protocol')?.toLowerCase();
  return stated === 'tcp' || stated === 'udp' ? stated : 'all';
}

const base = ({ id, name, value }: ArmPart) => ({
  id,
  name,
  frontendId: idAt(value, 'properties.frontendIPConfiguration'),
  backendPort: numberAt(value, 'properties.backendPort') ?? 0,
  isFloating: valueAt(value, 'properties.enableFloatingIP') === true,
});

/**
 * A balancing rule. Port 0 for both ports with protocol `All` takes every port of both protocols (high availability
 * ports); `backendPort` 0 leaves the port as it is.
 */
function readBalancingRule(part: ArmPart, probes: ReadonlyMap<string, Probe>): InboundRule {
  const port = numberAt(part.value, 'properties.frontendPort') ?? 0;
  return {
    ...base(part),
    kind: 'balancing',
    protocol: protocolOf(part),
    firstPort: port,
    lastPort: port === 0 ? 65_535 : port,
    probe: probes.get(idAt(part.value, 'properties.probe') ?? ''),
    distribution: textAt(part.value, 'properties.loadDistribution'),
    poolIds: idsOf(part.value, 'properties.backendAddressPool', 'properties.backendAddressPools'),
    targetIds: [],
    letsOut: valueAt(part.value, 'properties.disableOutboundSnat') !== true,
  };
}

/**
 * An inbound NAT rule of either kind: for one machine (`frontendPort`), or for a whole pool, which gives each member one
 * port of `frontendPortRangeStart` to `frontendPortRangeEnd` (Azure's documentation on inbound NAT rules).
 */
function readNatRule(part: ArmPart): InboundRule {
  const pool = idAt(part.value, 'properties.backendAddressPool');
  const port = numberAt(part.value, 'properties.frontendPort') ?? 0;
  const target = idAt(part.value, 'properties.backendIPConfiguration');
  const first = numberAt(part.value, 'properties.frontendPortRangeStart') ?? 0;
  const isRange = pool !== undefined && first > 0;
  return {
    ...base(part),
    kind: isRange ? 'natRange' : 'nat',
    protocol: protocolOf(part),
    firstPort: isRange ? first : port,
    lastPort: isRange ? (numberAt(part.value, 'properties.frontendPortRangeEnd') ?? first) : port,
    probe: undefined,
    distribution: undefined,
    poolIds: pool === undefined ? [] : [pool],
    targetIds: target === undefined ? [] : [target],
    letsOut: false,
  };
}

/** A scale set's NAT pool, the older form: Azure makes a NAT rule of it for each machine, and those count first. */
function readNatPool(part: ArmPart): InboundRule {
  const first = numberAt(part.value, 'properties.frontendPortRangeStart') ?? 0;
  return {
    ...base(part),
    kind: 'natRange',
    protocol: protocolOf(part),
    firstPort: first,
    lastPort: numberAt(part.value, 'properties.frontendPortRangeEnd') ?? first,
    probe: undefined,
    distribution: undefined,
    poolIds: [part.id],
    targetIds: [],
    letsOut: false,
  };
}

function readOutboundRule(part: ArmPart): OutboundRule {
  return {
    id: part.id,
    name: part.name,
    protocol: protocolOf(part),
    frontendIds: idsAt(part.value, 'properties.frontendIPConfigurations'),
    poolIds: idsOf(part.value, 'properties.backendAddressPool', 'properties.backendAddressPools'),
    ports: numberAt(part.value, 'properties.allocatedOutboundPorts'),
  };
}

function readProbe({ name, value }: ArmPart): Probe {
  return {
    name,
    protocol: textAt(value, 'properties.protocol') ?? 'Tcp',
    port: numberAt(value, 'properties.port') ?? 0,
    path: textAt(value, 'properties.requestPath'),
    interval: numberAt(value, 'properties.intervalInSeconds'),
  };
}

function readMembers(pool: unknown): PoolMember[] {
  const none: ReadonlyMap<string, number> = new Map();
  const byConfiguration = idsAt(pool, 'properties.backendIPConfigurations').map((configurationId) => ({
    configurationId,
    address: undefined,
    networkId: undefined,
    frontendId: undefined,
    natPorts: none,
  }));
  const listed = listAt(pool, 'properties.loadBalancerBackendAddresses').map((item) => ({
    configurationId: idAt(item, 'properties.networkInterfaceIPConfiguration'),
    address: addressOf(textAt(item, 'properties.ipAddress')),
    networkId:
      idAt(item, 'properties.virtualNetwork') ?? idAt(pool, 'properties.virtualNetwork') ?? undefined,
    frontendId: idAt(item, 'properties.loadBalancerFrontendIPConfiguration'),
    natPorts: new Map(
      listAt(item, 'properties.inboundNatRulesPortMapping').flatMap((mapping): [string, number][] => {
        const rule = textAt(mapping, 'inboundNatRuleName');
        const port = numberAt(mapping, 'frontendPort');
        return rule === undefined || port === undefined ? [] : [[rule.toLowerCase(), port]];
      }),
    ),
  }));
  return [...byConfiguration, ...listed];
}

/** A public IP address, of one family. */
export function readPublicAddress(resource: TopologyResource): PublicAddress {
  const address = addressOf(textAt(resource.properties, 'ipAddress'));
  return {
    id: resource.id.toLowerCase(),
    family: statedFamily(resource.properties, 'publicIPAddressVersion', address),
    address,
    fqdn: textAt(resource.properties, 'dnsSettings.fqdn')?.toLowerCase(),
    isStandard: isStandard(resource),
    holderId: idAt(resource.properties, 'ipConfiguration'),
  };
}
