import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { booleanAt, idAt, numberAt, objectsAt, sameText, textAt } from '../json-reading.ts';
import { subResourceId } from '../sub-resources.ts';
import type { SubResource } from '../sub-resources.ts';

/** The sub-resources of a load balancer, by collection. */
export interface BalancerParts {
  readonly id: string;
  readonly frontends: readonly SubResource[];
  readonly pools: readonly SubResource[];
  readonly rules: readonly SubResource[];
  readonly probes: readonly SubResource[];
  readonly natRules: readonly SubResource[];
  readonly natPools: readonly SubResource[];
  readonly outboundRules: readonly SubResource[];
}

/** Checks the rules of a load balancer against each other as Azure does. */
export function checkBalancerRules(parts: BalancerParts): void {
  checkFrontendPorts(parts);
  checkBackendPorts(parts);
  checkOutboundRules(parts);
}

/** The ids of the backend pools that a rule names, in either of its two forms. */
export function poolIdsOf(properties: JsonObject): string[] {
  const several = objectsAt(properties, 'backendAddressPools').map((pool) => textAt(pool, 'id') ?? '');
  const single = idAt(properties, 'backendAddressPool');
  return [...new Set([...(single === undefined ? [] : [single]), ...several])];
}

/** Whether two protocols of rules meet: `All` meets each. */
export function protocolsMeet(left: string | undefined, right: string | undefined): boolean {
  return sameText(left, right) || sameText(left, 'All') || sameText(right, 'All');
}

interface FrontendUse {
  readonly id: string;
  readonly frontendId: string | undefined;
  readonly protocol: string | undefined;
  readonly firstPort: number;
  readonly lastPort: number;
}

function frontendUses(parts: BalancerParts): FrontendUse[] {
  const use = (collection: string, rule: SubResource): FrontendUse => {
    const port = numberAt(rule.properties, 'frontendPort');
    return {
      id: subResourceId(parts.id, collection, rule.name),
      frontendId: idAt(rule.properties, 'frontendIPConfiguration'),
      protocol: textAt(rule.properties, 'protocol'),
      firstPort: port ?? numberAt(rule.properties, 'frontendPortRangeStart') ?? 0,
      lastPort: port ?? numberAt(rule.properties, 'frontendPortRangeEnd') ?? 0,
    };
  };
  return [
    ...parts.rules.map((rule) => use('loadBalancingRules', rule)),
    ...parts.natRules.map((rule) => use('inboundNatRules', rule)),
    ...parts.natPools.map((pool) => use('inboundNatPools', pool)),
  ];
}

function checkFrontendPorts(parts: BalancerParts): void {
  const uses = frontendUses(parts);
  for (const [index, use] of uses.entries()) {
    const other = uses
      .slice(0, index)
      .find(
        (earlier) =>
          sameText(earlier.frontendId, use.frontendId) &&
          protocolsMeet(earlier.protocol, use.protocol) &&
          earlier.firstPort <= use.lastPort &&
          use.firstPort <= earlier.lastPort,
      );
    if (!other) continue;
    throw new ArmError(
      400,
      'RulesUseSameFrontendPortProtocolAndIPConfig',
      `Load balancer rules ${other.id} and ${use.id} use the same frontend port ${use.firstPort} and protocol ${use.protocol ?? 'Tcp'}, and must not be used with the same frontend IP configuration ${use.frontendId ?? ''}.`,
    );
  }
}

function checkBackendPorts(parts: BalancerParts): void {
  for (const [index, rule] of parts.rules.entries()) {
    if (booleanAt(rule.properties, 'enableFloatingIP') === true) continue;
    const port = numberAt(rule.properties, 'backendPort');
    const pools = poolIdsOf(rule.properties);
    for (const earlier of parts.rules.slice(0, index)) {
      if (booleanAt(earlier.properties, 'enableFloatingIP') === true) continue;
      if (numberAt(earlier.properties, 'backendPort') !== port) continue;
      const protocol = textAt(rule.properties, 'protocol');
      if (!protocolsMeet(protocol, textAt(earlier.properties, 'protocol'))) continue;
      const shared = pools.find((pool) =>
        poolIdsOf(earlier.properties).some((other) => sameText(other, pool)),
      );
      if (shared === undefined) continue;
      throw new ArmError(
        400,
        'RulesUseSameBackendPortProtocolAndPool',
        `Load balancing rules ${earlier.name} and ${rule.name} with floating IP disabled use the same protocol ${protocol ?? 'Tcp'} and backend port ${port ?? 0}, and must not be used with the same backend address pool ${shared.slice(shared.lastIndexOf('/') + 1)}.`,
      );
    }
  }
}

function checkOutboundRules(parts: BalancerParts): void {
  const outboundId = (rule: SubResource) => subResourceId(parts.id, 'outboundRules', rule.name);
  for (const frontend of parts.frontends) {
    const frontendId = subResourceId(parts.id, 'frontendIPConfigurations', frontend.name);
    const outbound = parts.outboundRules.filter((rule) =>
      objectsAt(rule.properties, 'frontendIPConfigurations').some((reference) =>
        sameText(textAt(reference, 'id'), frontendId),
      ),
    );
    if (outbound.length === 0) continue;
    for (const [index, rule] of outbound.entries()) {
      const other = outbound
        .slice(0, index)
        .find((earlier) =>
          protocolsMeet(textAt(earlier.properties, 'protocol'), textAt(rule.properties, 'protocol')),
        );
      if (!other) continue;
      throw new ArmError(
        400,
        'MoreThanOneOutboundRuleUsingSameFrontendIPConfigurationAndProtocolIsNotSupported',
        `It is not supported to have more than a single outbound rule using frontendIPConfiguration ${frontendId} with same or overlapping protocol. This frontendIPConfiguration is used by the following outbound rules: ${outboundId(other)},${outboundId(rule)}`,
      );
    }
    const snatting = parts.rules.filter(
      (rule) =>
        sameText(idAt(rule.properties, 'frontendIPConfiguration'), frontendId) &&
        booleanAt(rule.properties, 'disableOutboundSnat') !== true,
    );
    if (snatting.length === 0) continue;
    throw new ArmError(
      400,
      'LoadBalancingRuleMustDisableSNATSinceSameFrontendIPConfigurationIsReferencedByOutboundRule',
      `Load Balancing Rules ${snatting.map((rule) => subResourceId(parts.id, 'loadBalancingRules', rule.name)).join(',')} must have disableOutboundSNAT set to true when same FrontendIPConfiguration ${frontendId} is referenced by Outbound Rules ${outbound.map((rule) => outboundId(rule)).join(',')}.`,
    );
  }
}
