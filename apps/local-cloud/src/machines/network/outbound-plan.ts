import { booleanAt, idAt, objectsAt, sameText, textAt } from '../../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../../providers/provider.ts';
import { poolIdsOf } from '../../providers/network/load-balancer-rules.ts';
import { keptSubResources, subResourceId } from '../../providers/sub-resources.ts';
import { publicIpv4Of } from './balancer-plan.ts';
import type { PlannedConfiguration } from './planned-configurations.ts';

/**
 * How an interface reaches the internet: through a public address of its own or of a gateway or load balancer, through
 * an address of the cloud that no resource shows (Azure's default outbound access), or not at all.
 */
export type OutboundAccess =
  | { readonly kind: 'publicAddress'; readonly address: string }
  | { readonly kind: 'default' }
  | { readonly kind: 'none' };

/**
 * The way out of an IPv4 configuration. In Azure's order: the subnet's NAT gateway, the configuration's own public
 * address, outbound rules of the pools that it is in, then their load-balancing rules that do not say
 * `disableOutboundSnat`. Without any of these there is default outbound access, unless the subnet is private
 * (`defaultOutboundAccess: false`) or a Standard load balancer has the configuration in a pool. Rules count whatever
 * their protocol. Sources: Azure's documentation on outbound connections and on default outbound access.
 */
export function outboundAccess(view: CloudView, configuration: PlannedConfiguration): OutboundAccess {
  const { properties, subnet } = configuration;
  const gateway = view.get(idAt(subnet, 'natGateway') ?? '');
  const ownIds = [
    ...objectsAt(gateway?.properties, 'publicIpAddresses').map((reference) => textAt(reference, 'id')),
    idAt(properties, 'publicIPAddress'),
  ];
  const pools = objectsAt(properties, 'loadBalancerBackendAddressPools').flatMap((reference) => {
    const poolId = textAt(reference, 'id') ?? '';
    const balancer = view.get(poolId.replace(/\/backendAddressPools\/[^/]*$/i, ''));
    return balancer && poolId !== '' ? [{ poolId, balancer }] : [];
  });
  const frontendIds = [
    ...pools.flatMap(({ poolId, balancer }) => outboundFrontends(balancer, poolId)),
    ...pools.flatMap(({ poolId, balancer }) => balancedFrontends(balancer, poolId)),
  ];
  for (const id of [...ownIds, ...frontendIds]) {
    const record = view.get(id ?? '');
    const address = record && publicIpv4Of(record);
    if (address !== undefined) return { kind: 'publicAddress', address };
  }
  const isPrivate = booleanAt(subnet, 'defaultOutboundAccess') === false;
  const isStandard = pools.some(({ balancer }) =>
    sameText(textAt(balancer.envelope, 'sku', 'name'), 'Standard'),
  );
  return { kind: isPrivate || isStandard ? 'none' : 'default' };
}

/** Ids of the public addresses through which outbound rules let a pool out. */
function outboundFrontends(balancer: ResourceRecord, poolId: string): string[] {
  return keptSubResources(balancer, 'outboundRules')
    .filter((rule) => sameText(idAt(rule.properties, 'backendAddressPool'), poolId))
    .flatMap((rule) => objectsAt(rule.properties, 'frontendIPConfigurations'))
    .flatMap((reference) => publicAddressIdOf(balancer, textAt(reference, 'id')));
}

/** Ids of the public addresses through which load-balancing rules let a pool out on the side. */
function balancedFrontends(balancer: ResourceRecord, poolId: string): string[] {
  return keptSubResources(balancer, 'loadBalancingRules')
    .filter(
      ({ properties }) =>
        booleanAt(properties, 'disableOutboundSnat') !== true &&
        poolIdsOf(properties).some((pool) => sameText(pool, poolId)),
    )
    .flatMap((rule) => publicAddressIdOf(balancer, idAt(rule.properties, 'frontendIPConfiguration')));
}

function publicAddressIdOf(balancer: ResourceRecord, frontendId: string | undefined): string[] {
  return keptSubResources(balancer, 'frontendIPConfigurations')
    .filter(({ name }) => sameText(subResourceId(balancer.id, 'frontendIPConfigurations', name), frontendId))
    .flatMap(({ properties }) => idAt(properties, 'publicIPAddress') ?? []);
}
