import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { compact, idAt, objectAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import type { CloudView, ResourceRecord } from '../provider.ts';
import { subResourceId } from '../sub-resources.ts';
import { configurationsReferring } from './ip-configurations.ts';
import { poolIdsOf } from './load-balancer-rules.ts';

/** The back-references of a load balancer's parts, worked out from its rules and from all interfaces. */
export function presentBalancerParts(
  record: ResourceRecord,
  view: CloudView,
  present: (collection: string, computed: (id: string, name: string) => JsonObject) => JsonValue[],
): JsonObject {
  const list = (collection: string, refers: (properties: JsonObject) => boolean): JsonValue[] | undefined => {
    const ids = objectsAt(record.properties, collection)
      .filter((item) => refers(objectAt(item, 'properties')))
      .map((item): JsonValue => ({ id: subResourceId(record.id, collection, textAt(item, 'name') ?? '') }));
    return ids.length === 0 ? undefined : ids;
  };
  return {
    frontendIPConfigurations: present('frontendIPConfigurations', (id) =>
      compact({
        loadBalancingRules: list('loadBalancingRules', frontendOf(id)),
        inboundNatRules: list('inboundNatRules', frontendOf(id)),
        inboundNatPools: list('inboundNatPools', frontendOf(id)),
        outboundRules: list('outboundRules', (properties) =>
          objectsAt(properties, 'frontendIPConfigurations').some((frontend) =>
            sameText(textAt(frontend, 'id'), id),
          ),
        ),
      }),
    ),
    backendAddressPools: present('backendAddressPools', (id) => {
      const members = configurationsReferring(view, 'loadBalancerBackendAddressPools', id);
      return compact({
        loadBalancerBackendAddresses: members.map((member): JsonValue => ({
          name: `${record.name}_${member.owner.name}${member.item.name}`,
          properties: { networkInterfaceIPConfiguration: { id: member.id } },
        })),
        backendIPConfigurations:
          members.length === 0 ? undefined : members.map((member): JsonValue => ({ id: member.id })),
        loadBalancingRules: list('loadBalancingRules', (properties) =>
          poolIdsOf(properties).some((pool) => sameText(pool, id)),
        ),
        outboundRules: list('outboundRules', (properties) =>
          sameText(idAt(properties, 'backendAddressPool'), id),
        ),
      });
    }),
    loadBalancingRules: present('loadBalancingRules', () => ({})),
    probes: present('probes', (id) =>
      compact({
        loadBalancingRules: list('loadBalancingRules', (properties) =>
          sameText(idAt(properties, 'probe'), id),
        ),
      }),
    ),
    inboundNatRules: present('inboundNatRules', (id): JsonObject => {
      const [user] = configurationsReferring(view, 'loadBalancerInboundNatRules', id);
      return user ? { backendIPConfiguration: { id: user.id } } : {};
    }),
    inboundNatPools: present('inboundNatPools', () => ({})),
    outboundRules: present('outboundRules', () => ({})),
  };
}

function frontendOf(id: string): (properties: JsonObject) => boolean {
  return (properties) => sameText(idAt(properties, 'frontendIPConfiguration'), id);
}
