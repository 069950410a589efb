import type { JsonObject } from '@slipway/arm-template';
import type { PlannedListener } from '../network/balancer-plan.ts';
import type { NetworkPlan, PlannedInterface } from '../network/network-plan.ts';
import { securityGroupPlan } from '../network/security-plan.ts';
import type { SecurityGroupPlan } from '../network/security-plan.ts';

/** What a test says of a security rule; the rest is “any”. */
export interface TestRule {
  access: 'Allow' | 'Deny';
  direction?: 'Inbound' | 'Outbound';
  from?: string;
  to?: string;
  port?: string;
  protocol?: string;
  name?: string;
}

/** A group with these rules, in this order, before Azure's own. */
export function testGroup(id: string, rules: readonly TestRule[]): SecurityGroupPlan {
  const securityRules = rules.map((rule, index): JsonObject => ({
    name: rule.name ?? `rule-${index}`,
    properties: {
      priority: 100 + index,
      access: rule.access,
      direction: rule.direction ?? 'Inbound',
      protocol: rule.protocol ?? 'Tcp',
      sourceAddressPrefix: rule.from ?? '*',
      sourcePortRange: '*',
      destinationAddressPrefix: rule.to ?? '*',
      destinationPortRange: rule.port ?? '*',
    },
  }));
  const record = {
    id,
    type: 'Microsoft.Network/networkSecurityGroups',
    name: id,
    envelope: {},
    properties: { securityRules },
    secrets: {},
    provisioningState: 'Succeeded',
    listed: true,
    etag: '',
    createdAt: '',
    changedAt: '',
  };
  return securityGroupPlan(record, new Map());
}

/** An interface with Azure's default way out and the groups that are named, in the order of the way in. */
export function testInterface(address: string, groups: readonly string[] = []): PlannedInterface {
  return {
    machineId: `/machines/${address}`,
    address,
    subnetPrefix: '10.1.0.0/16',
    hostName: `node-${address.replaceAll('.', '-')}`,
    inbound: groups,
    outbound: groups.toReversed(),
    outboundAccess: { kind: 'default' },
  };
}

/** A listener at 203.0.113.1 that leads to the same port of each address. */
export function testListener(
  port: number,
  backendPort: number,
  addresses: readonly string[],
  more: Partial<PlannedListener> = {},
): PlannedListener {
  return {
    id: `/balancers/lb/loadBalancingRules/rule-${port}`,
    publicAddressId: '/public/ip',
    publicAddress: '203.0.113.1',
    port,
    protocol: 'tcp',
    idleTimeoutMinutes: 4,
    backends: addresses.map((address) => ({
      machineId: `/machines/${address}`,
      address,
      port: backendPort,
    })),
    ...more,
  };
}

/** A network 10.1.0.0/16. */
export function testPlan(parts: Partial<NetworkPlan>): NetworkPlan {
  return {
    id: '/networks/vnet',
    addressPrefixes: ['10.1.0.0/16'],
    interfaces: [],
    groups: [],
    listeners: [],
    ...parts,
  };
}
