import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { idAt, numberAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { readSubResources, storedSubResources, subResourceId } from '../sub-resources.ts';
import type { FoundSubResource, SubResource } from '../sub-resources.ts';
import { configurationsReferring, holderOfPublicAddress } from './ip-configurations.ts';
import { checkBalancerRules, poolIdsOf } from './load-balancer-rules.ts';
import type { BalancerParts } from './load-balancer-rules.ts';
import { refuseSharedBackendPorts } from './nat-rule-conflicts.ts';
import { SubnetAddresses } from './private-addresses.ts';
import { invalidReference, requireResource, requireSubResource } from './references.ts';

/** What a load balancer's properties are worked out from. */
export interface BalancerInput {
  readonly id: string;
  readonly sku: 'Basic' | 'Standard';
  readonly location: string | undefined;
  readonly sent: JsonObject;
  readonly existing: ResourceRecord | undefined;
  readonly view: CloudView;
}

/** Defaults that Azure fills in, by collection. */
const defaults: Readonly<Record<string, JsonObject>> = {
  loadBalancingRules: {
    enableFloatingIP: false,
    idleTimeoutInMinutes: 4,
    enableTcpReset: false,
    disableOutboundSnat: false,
    loadDistribution: 'Default',
  },
  inboundNatRules: { enableFloatingIP: false, idleTimeoutInMinutes: 4, enableTcpReset: false },
  inboundNatPools: { enableFloatingIP: false, idleTimeoutInMinutes: 4, enableTcpReset: false },
  probes: { intervalInSeconds: 15, numberOfProbes: 2, probeThreshold: 1 },
  outboundRules: { allocatedOutboundPorts: 0, idleTimeoutInMinutes: 4, enableTcpReset: false },
};

const protocolNames: Readonly<Record<string, string>> = {
  tcp: 'Tcp',
  udp: 'Udp',
  all: 'All',
  http: 'Http',
  https: 'Https',
};

/** Members that are worked out when the load balancer is read. */
const computedMembers = new Set([
  'provisioningstate',
  'inboundnatrules',
  'outboundrules',
  'loadbalancingrules',
  'inboundnatpools',
  'backendipconfigurations',
  'backendipconfiguration',
]);

function withDefaults(collection: string, item: SubResource): SubResource {
  const sent = Object.fromEntries(
    Object.entries(item.properties).filter(
      ([key, value]) => value !== null && !computedMembers.has(key.toLowerCase()),
    ),
  );
  const protocol = textAt(sent, 'protocol');
  return {
    ...item,
    properties: {
      ...defaults[collection],
      ...sent,
      ...(protocol === undefined ? {} : { protocol: protocolNames[protocol.toLowerCase()] ?? protocol }),
    },
  };
}

/** Checks a load balancer as Azure does and returns its properties as they are kept. */
export function planLoadBalancer(input: BalancerInput): JsonObject {
  const { id, sent } = input;
  const read = (collection: string) =>
    readSubResources(id, sent, collection).map((item) => withDefaults(collection, item));
  const parts: BalancerParts = {
    id,
    frontends: placeFrontends(input, read('frontendIPConfigurations')),
    pools: read('backendAddressPools'),
    rules: read('loadBalancingRules'),
    probes: read('probes'),
    natRules: read('inboundNatRules'),
    natPools: read('inboundNatPools'),
    outboundRules: read('outboundRules'),
  };
  checkPorts(parts);
  checkInnerReferences(parts);
  checkBalancerRules(parts);
  checkAttachedNatRules(input.view, parts);
  return {
    frontendIPConfigurations: storedSubResources(parts.frontends),
    backendAddressPools: storedSubResources(parts.pools),
    loadBalancingRules: storedSubResources(parts.rules),
    probes: storedSubResources(parts.probes),
    inboundNatRules: storedSubResources(parts.natRules),
    inboundNatPools: storedSubResources(parts.natPools),
    outboundRules: storedSubResources(parts.outboundRules),
  };
}

function placeFrontends(input: BalancerInput, frontends: readonly SubResource[]): SubResource[] {
  const { id, existing, location, sku, view } = input;
  const addresses = new Map<string, SubnetAddresses>();
  return frontends.map((frontend) => {
    const frontendId = subResourceId(id, 'frontendIPConfigurations', frontend.name);
    const publicId = idAt(frontend.properties, 'publicIPAddress');
    const subnetId = idAt(frontend.properties, 'subnet');
    if (publicId !== undefined) {
      checkPublicAddress(view, { publicId, frontendId, balancerId: id, sku, location });
      return {
        ...frontend,
        properties: { privateIPAllocationMethod: 'Dynamic', ...frontend.properties },
      };
    }
    if (subnetId === undefined) {
      throw new ArmError(
        400,
        'LoadBalancerFrontendIPConfigurationMustReferenceSubnetOrPublicIP',
        `Frontend IP configuration ${frontendId} must reference either a subnet or a public IP address.`,
      );
    }
    const subnet = requireSubResource(
      view,
      subnetId,
      'Microsoft.Network/virtualNetworks',
      frontendId,
      location,
    );
    const pool =
      addresses.get(subnet.id) ?? new SubnetAddresses(view, subnet.id, subnet.item, existing?.id ?? id);
    addresses.set(subnet.id, pool);
    const stated = textAt(frontend.properties, 'privateIPAddress');
    const isStatic = sameText(textAt(frontend.properties, 'privateIPAllocationMethod'), 'Static');
    const before = objectsAt(existing?.properties, 'frontendIPConfigurations').find((old) =>
      sameText(textAt(old, 'name'), frontend.name),
    );
    const address =
      isStatic && stated !== undefined
        ? pool.take(stated, frontendId, id)
        : pool.takeNext(id, 'ipv4', textAt(before, 'properties', 'privateIPAddress'));
    return {
      ...frontend,
      properties: {
        ...frontend.properties,
        privateIPAllocationMethod: isStatic ? 'Static' : 'Dynamic',
        privateIPAddressVersion: 'IPv4',
        privateIPAddress: address,
      },
    };
  });
}

function checkPublicAddress(
  view: CloudView,
  use: {
    publicId: string;
    frontendId: string;
    balancerId: string;
    sku: 'Basic' | 'Standard';
    location: string | undefined;
  },
): void {
  const address = requireResource(
    view,
    use.publicId,
    'Microsoft.Network/publicIPAddresses',
    use.balancerId,
    use.location,
  );
  const sku = textAt(address.envelope, 'sku', 'name') ?? 'Basic';
  if (!sameText(sku, use.sku)) {
    throw new ArmError(
      400,
      'PublicIPAndLBSkuDoNotMatch',
      `${use.sku} sku load balancer ${use.balancerId} cannot reference ${sku} sku publicIP ${address.id}.`,
    );
  }
  refuseTakenPublicAddress(view, address.id, use.frontendId);
}

/** A public address can only be used once. */
export function refuseTakenPublicAddress(view: CloudView, publicId: string, configurationId: string): void {
  const holder = holderOfPublicAddress(view, publicId);
  if (!holder || sameText(holder.id, configurationId)) return;
  throw new ArmError(
    400,
    'PublicIPAddressInUse',
    `Resource ${configurationId} is referencing public IP address ${publicId} that is already allocated to resource ${holder.id}.`,
  );
}

function checkPorts(parts: BalancerParts): void {
  const named = [
    ...parts.rules.map((rule) => ['loadBalancingRules', rule] as const),
    ...parts.natRules.map((rule) => ['inboundNatRules', rule] as const),
    ...parts.probes.map((probe) => ['probes', probe] as const),
  ];
  for (const [collection, item] of named) {
    for (const member of ['frontendPort', 'backendPort', 'port'] as const) {
      const port = numberAt(item.properties, member);
      // Port 0 of both sides together with protocol All is a rule for all ports.
      if (port === undefined || (port >= 0 && port <= 65_535)) continue;
      throw new ArmError(
        400,
        'InvalidPortRange',
        `${member} ${port} of ${subResourceId(parts.id, collection, item.name)} is not a port. It must be between 1 and 65535.`,
      );
    }
  }
}

function checkInnerReferences(parts: BalancerParts): void {
  const check = (
    referencing: string,
    id: string | undefined,
    collection: string,
    items: readonly SubResource[],
    isRequired: boolean,
  ): void => {
    if (id === undefined) {
      if (!isRequired) return;
      throw new ArmError(400, 'InvalidRequestFormat', 'Cannot parse the request.', {
        details: [
          new ArmError(
            400,
            'MissingJsonReferenceId',
            `Value for reference id is missing: ${referencing} must refer to one of the load balancer's ${collection}.`,
          ),
        ],
      });
    }
    if (!items.some((item) => sameText(subResourceId(parts.id, collection, item.name), id))) {
      throw invalidReference(id, referencing);
    }
  };
  const frontend = 'frontendIPConfigurations';
  for (const rule of parts.rules) {
    const id = subResourceId(parts.id, 'loadBalancingRules', rule.name);
    check(id, idAt(rule.properties, 'frontendIPConfiguration'), frontend, parts.frontends, true);
    check(id, idAt(rule.properties, 'probe'), 'probes', parts.probes, false);
    for (const pool of poolIdsOf(rule.properties)) check(id, pool, 'backendAddressPools', parts.pools, true);
  }
  for (const rule of parts.natRules) {
    const id = subResourceId(parts.id, 'inboundNatRules', rule.name);
    check(id, idAt(rule.properties, 'frontendIPConfiguration'), frontend, parts.frontends, true);
  }
  for (const pool of parts.natPools) {
    const id = subResourceId(parts.id, 'inboundNatPools', pool.name);
    check(id, idAt(pool.properties, 'frontendIPConfiguration'), frontend, parts.frontends, true);
  }
  for (const rule of parts.outboundRules) {
    const id = subResourceId(parts.id, 'outboundRules', rule.name);
    check(id, idAt(rule.properties, 'backendAddressPool'), 'backendAddressPools', parts.pools, true);
    const frontends = objectsAt(rule.properties, 'frontendIPConfigurations');
    if (frontends.length === 0) check(id, undefined, frontend, parts.frontends, true);
    for (const reference of frontends) check(id, textAt(reference, 'id'), frontend, parts.frontends, true);
  }
}

/** NAT rules that interfaces use already must stay compatible when the load balancer is put again. */
function checkAttachedNatRules(view: CloudView, parts: BalancerParts): void {
  const found = parts.natRules.map((item): Pick<FoundSubResource, 'id' | 'item'> => ({
    item,
    id: subResourceId(parts.id, 'inboundNatRules', item.name),
  }));
  const seen = new Set<string>();
  for (const rule of found) {
    for (const holder of configurationsReferring(view, 'loadBalancerInboundNatRules', rule.id)) {
      if (seen.has(holder.id)) continue;
      seen.add(holder.id);
      const used = found.filter(({ id }) =>
        objectsAt(holder.item.properties, 'loadBalancerInboundNatRules').some((reference) =>
          sameText(textAt(reference, 'id'), id),
        ),
      );
      refuseSharedBackendPorts(
        holder.id,
        used.map((entry) => ({ ...entry, owner: holder.owner })),
      );
    }
  }
}
