import { ArmError } from '../../arm-error.ts';
import { booleanAt, numberAt, textAt } from '../json-reading.ts';
import type { FoundSubResource } from '../sub-resources.ts';
import { protocolsMeet } from './load-balancer-rules.ts';

/** Two inbound NAT rules must not lead to the same port, protocol and IP configuration of one interface. */
export function refuseSharedBackendPorts(
  configurationId: string,
  natRules: readonly FoundSubResource[],
): void {
  for (const [index, rule] of natRules.entries()) {
    const port = numberAt(rule.item.properties, 'backendPort');
    const protocol = textAt(rule.item.properties, 'protocol');
    if (booleanAt(rule.item.properties, 'enableFloatingIP') === true) continue;
    const other = natRules
      .slice(0, index)
      .find(
        ({ item }) =>
          booleanAt(item.properties, 'enableFloatingIP') !== true &&
          numberAt(item.properties, 'backendPort') === port &&
          protocolsMeet(textAt(item.properties, 'protocol'), protocol),
      );
    if (!other) continue;
    throw new ArmError(
      400,
      'RulesUseSameBackendPortProtocolAndIPConfig',
      `Load balancer rules ${other.id} and ${rule.id} with floating IP disabled use the same backend port ${port ?? 0} and protocol ${protocol ?? 'Tcp'}, and must not be used with the same backend IP ${configurationId}.`,
    );
  }
}
