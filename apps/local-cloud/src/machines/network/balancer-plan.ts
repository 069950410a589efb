import type { JsonObject } from '@slipway/arm-template';
import { idAt, numberAt, objectsAt, sameText, textAt } from '../../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../../providers/provider.ts';
import { addressNumber } from '../../providers/network/address-range.ts';
import { poolIdsOf } from '../../providers/network/load-balancer-rules.ts';
import { keptSubResources, subResourceId } from '../../providers/sub-resources.ts';
import type { SubResource } from '../../providers/sub-resources.ts';
import { compareAddresses, compareIds, isDeleting } from './planned-configurations.ts';
import type { PlannedConfiguration } from './planned-configurations.ts';

/** A port of a public address at which a load balancer takes connections. */
export interface PlannedListener {
  /** Id of the load-balancing rule or inbound NAT rule. */
  readonly id: string;
  readonly publicAddressId: string;
  /** IPv4. */
  readonly publicAddress: string;
  readonly port: number;
  readonly protocol: 'tcp';
  /** How long a connection may be silent, in minutes: 4 to 100. */
  readonly idleTimeoutMinutes: number;
  readonly backends: readonly PlannedBackend[];
  /** Without it every backend counts as healthy. */
  readonly probe?: PlannedProbe;
}

/** Where a listener's connections may end. */
export interface PlannedBackend {
  readonly machineId: string;
  readonly address: string;
  readonly port: number;
}

/** How a backend is found to be healthy. */
export interface PlannedProbe {
  readonly kind: 'tcp' | 'http' | 'https';
  readonly port: number;
  /** For `http` and `https`: as the resource states it, any text. */
  readonly path?: string;
  readonly intervalSeconds: number;
  /** How many probes in a row must fail to take a backend out, and succeed to take it in again. */
  readonly threshold: number;
}

/** A listener with the network of its load balancer's members; nothing as long as it has none. */
export interface BalancerListener {
  readonly networkId: string | undefined;
  readonly listener: PlannedListener;
}

/**
 * The TCP listeners of all load balancers, by public address and port. The members of pools and NAT rules are those
 * IPv4 configurations that refer to them; those without a machine say which network a load balancer serves, but are no
 * backends.
 *
 * Left out: other protocols than TCP (also `All`, which Azure only has for all ports of internal load balancers),
 * frontends without a public IPv4 address, NAT rules for whole pools (`frontendPortRangeStart`) and NAT pools, and rules
 * with ports that are none. Floating IP is not simulated: such rules lead to the backend port of the private address.
 */
export function balancerListeners(
  view: CloudView,
  configurations: readonly PlannedConfiguration[],
): BalancerListener[] {
  const members = membersByReference(configurations);
  return view
    .list({ type: 'Microsoft.Network/loadBalancers' })
    .filter((balancer) => !isDeleting(balancer))
    .flatMap((balancer) => listenersOf(view, balancer, members))
    .toSorted(
      ({ listener: left }, { listener: right }) =>
        compareAddresses(left.publicAddress, right.publicAddress) ||
        left.port - right.port ||
        compareIds(left.id, right.id),
    );
}

type Members = ReadonlyMap<string, readonly PlannedConfiguration[]>;

/** IPv4 configurations by the lower-case ids of the pools and NAT rules that they refer to. */
function membersByReference(configurations: readonly PlannedConfiguration[]): Members {
  const members = new Map<string, PlannedConfiguration[]>();
  for (const configuration of configurations) {
    for (const member of ['loadBalancerBackendAddressPools', 'loadBalancerInboundNatRules'] as const) {
      for (const reference of objectsAt(configuration.properties, member)) {
        const id = (textAt(reference, 'id') ?? '').toLowerCase();
        const known = members.get(id);
        if (known) known.push(configuration);
        else members.set(id, [configuration]);
      }
    }
  }
  return members;
}

function listenersOf(view: CloudView, balancer: ResourceRecord, members: Members): BalancerListener[] {
  const networkId = networkOf(balancer, members);
  const listener = (
    collection: string,
    rule: SubResource,
    found: readonly PlannedConfiguration[],
    probe: PlannedProbe | undefined,
  ): BalancerListener[] => {
    const { properties } = rule;
    const frontend = publicFrontend(view, balancer, idAt(properties, 'frontendIPConfiguration'));
    const port = portAt(properties, 'frontendPort');
    const backendPort = portAt(properties, 'backendPort');
    if (!frontend || port === undefined || backendPort === undefined) return [];
    if (!sameText(textAt(properties, 'protocol'), 'Tcp')) return [];
    const backends = found.flatMap(({ address, isLeaving, machine, networkId: place }): PlannedBackend[] =>
      machine && !isLeaving && place === networkId
        ? [{ machineId: machine.id, address, port: backendPort }]
        : [],
    );
    return [
      {
        networkId,
        listener: {
          id: subResourceId(balancer.id, collection, rule.name),
          ...frontend,
          port,
          protocol: 'tcp',
          idleTimeoutMinutes: wholeBetween(numberAt(properties, 'idleTimeoutInMinutes') ?? 4, 4, 100),
          backends,
          ...(probe ? { probe } : {}),
        },
      },
    ];
  };
  const balanced = keptSubResources(balancer, 'loadBalancingRules').flatMap((rule) => {
    const pools = poolIdsOf(rule.properties).map((id) => members.get(id.toLowerCase()) ?? []);
    const found = [...new Set(pools.flat())];
    return listener('loadBalancingRules', rule, found, probeOf(balancer, idAt(rule.properties, 'probe')));
  });
  const translated = keptSubResources(balancer, 'inboundNatRules').flatMap((rule) => {
    const id = subResourceId(balancer.id, 'inboundNatRules', rule.name).toLowerCase();
    return listener('inboundNatRules', rule, members.get(id) ?? [], undefined);
  });
  return [...balanced, ...translated];
}

/** All members of a load balancer lie in one network in Azure; should they not, the first network by id counts. */
function networkOf(balancer: ResourceRecord, members: Members): string | undefined {
  const parts = ['backendAddressPools', 'inboundNatRules'].flatMap((collection) =>
    keptSubResources(balancer, collection).map((part) => subResourceId(balancer.id, collection, part.name)),
  );
  return parts
    .flatMap((id) => members.get(id.toLowerCase()) ?? [])
    .map(({ networkId }) => networkId)
    .toSorted(compareIds)[0];
}

function publicFrontend(
  view: CloudView,
  balancer: ResourceRecord,
  frontendId: string | undefined,
): { publicAddressId: string; publicAddress: string } | undefined {
  const frontend = keptSubResources(balancer, 'frontendIPConfigurations').find(({ name }) =>
    sameText(subResourceId(balancer.id, 'frontendIPConfigurations', name), frontendId),
  );
  const record = view.get(idAt(frontend?.properties, 'publicIPAddress') ?? '');
  const publicAddress = record && publicIpv4Of(record);
  return publicAddress === undefined ? undefined : { publicAddressId: record?.id ?? '', publicAddress };
}

/** The IPv4 address that a public address resource has been given. */
export function publicIpv4Of(record: ResourceRecord): string | undefined {
  const address = textAt(record.properties, 'ipAddress') ?? '';
  return addressNumber(address)?.family === 'ipv4' ? address : undefined;
}

/**
 * A rule's probe. `probeThreshold` counts in both directions (REST reference of load balancers, `Probe`); the older
 * `numberOfProbes` is not read.
 */
function probeOf(balancer: ResourceRecord, probeId: string | undefined): PlannedProbe | undefined {
  const probe = keptSubResources(balancer, 'probes').find(({ name }) =>
    sameText(subResourceId(balancer.id, 'probes', name), probeId),
  );
  const port = portAt(probe?.properties, 'port');
  if (!probe || port === undefined) return undefined;
  const { properties } = probe;
  const kind = textAt(properties, 'protocol')?.toLowerCase();
  const rest = {
    port,
    intervalSeconds: wholeBetween(numberAt(properties, 'intervalInSeconds') ?? 15, 1, 86_400),
    threshold: wholeBetween(numberAt(properties, 'probeThreshold') ?? 1, 1, 100),
  };
  if (kind === 'tcp') return { kind, ...rest };
  if (kind !== 'http' && kind !== 'https') return undefined;
  return { kind, path: textAt(properties, 'requestPath') ?? '/', ...rest };
}

function portAt(properties: JsonObject | undefined, member: string): number | undefined {
  const port = numberAt(properties, member);
  return port !== undefined && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}

function wholeBetween(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}
