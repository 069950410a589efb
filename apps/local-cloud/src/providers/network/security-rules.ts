import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../../arm-error.ts';
import { arrayAt, numberAt, sameText, textAt } from '../json-reading.ts';
import { storedSubResources } from '../sub-resources.ts';
import type { SubResource } from '../sub-resources.ts';
import { addressNumber } from './address-range.ts';

/** Checks the rules of a network security group as Azure does, and returns them as they are kept. */
export function checkSecurityRules(groupId: string, rules: readonly SubResource[]): JsonValue[] {
  const byPriority = new Map<string, SubResource>();
  for (const rule of rules) {
    const id = `${groupId}/securityRules/${rule.name}`;
    const priority = numberAt(rule.properties, 'priority');
    if (priority === undefined || priority < 100 || priority > 4096) {
      throw new ArmError(
        400,
        'SecurityRuleInvalidPriority',
        `Security rule has invalid Priority. Value provided: ${priority ?? 'none'}. Value should be between 100 and 4096. Rule: ${id}.`,
      );
    }
    requireOneOf(id, rule, 'direction', ['Inbound', 'Outbound']);
    requireOneOf(id, rule, 'access', ['Allow', 'Deny']);
    requireOneOf(id, rule, 'protocol', ['*', 'Tcp', 'Udp', 'Icmp', 'Esp', 'Ah']);
    checkPorts(id, rule, 'sourcePortRange', 'sourcePortRanges');
    checkPorts(id, rule, 'destinationPortRange', 'destinationPortRanges');
    checkAddresses(
      id,
      rule,
      'sourceAddressPrefix',
      'sourceAddressPrefixes',
      'sourceApplicationSecurityGroups',
    );
    checkAddresses(
      id,
      rule,
      'destinationAddressPrefix',
      'destinationAddressPrefixes',
      'destinationApplicationSecurityGroups',
    );
    const place = `${textAt(rule.properties, 'direction')?.toLowerCase()} ${priority}`;
    const other = byPriority.get(place);
    if (other) {
      throw new ArmError(
        400,
        'SecurityRuleConflict',
        `Security rule ${other.name} conflicts with rule ${rule.name}. Rules cannot have the same Priority and Direction.`,
      );
    }
    byPriority.set(place, rule);
  }
  return storedSubResources(
    rules.map((rule) => ({
      ...rule,
      properties: {
        sourcePortRanges: [],
        destinationPortRanges: [],
        sourceAddressPrefixes: [],
        destinationAddressPrefixes: [],
        ...withoutNulls(rule.properties),
      },
    })),
  );
}

function withoutNulls(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).filter(([key, value]) => value !== null && key !== 'provisioningState'),
  );
}

function requireOneOf(id: string, rule: SubResource, member: string, allowed: readonly string[]): void {
  const value = textAt(rule.properties, member);
  if (allowed.some((candidate) => sameText(candidate, value))) return;
  throw new ArmError(
    400,
    'InvalidRequestFormat',
    `Security rule ${id} has invalid ${member}. Value provided: ${value ?? 'none'}. Allowed values: ${allowed.join(', ')}.`,
  );
}

function checkPorts(id: string, rule: SubResource, single: string, several: string): void {
  const values = [textAt(rule.properties, single), ...arrayAt(rule.properties, several)];
  const stated = values.filter((value) => value !== undefined && value !== '');
  const wrong = stated.find((value) => !isPortRange(value));
  if (wrong === undefined && stated.length > 0) return;
  throw new ArmError(
    400,
    'SecurityRuleInvalidPortRange',
    `Security rule has invalid Port range. Value provided: ${wrong === undefined ? 'none' : JSON.stringify(wrong)}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535. Rule: ${id}, ${single}.`,
  );
}

function checkAddresses(
  id: string,
  rule: SubResource,
  single: string,
  several: string,
  groups: string,
): void {
  const values = [textAt(rule.properties, single), ...arrayAt(rule.properties, several)];
  const stated = values.filter((value) => value !== undefined && value !== '');
  const wrong = stated.find((value) => !isAddressPrefix(value));
  if (wrong === undefined && (stated.length > 0 || arrayAt(rule.properties, groups).length > 0)) return;
  throw new ArmError(
    400,
    'SecurityRuleInvalidAddressPrefix',
    `Security rule has invalid Address prefix. Value provided: ${wrong === undefined ? 'none' : JSON.stringify(wrong)}. Rule: ${id}, ${single}.`,
  );
}

/** `*`, a port, or two ports with a hyphen. */
function isPortRange(value: JsonValue | undefined): boolean {
  if (value === '*') return true;
  const match = typeof value === 'string' ? /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(value) : null;
  if (!match) return false;
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
  return first <= last && last <= 65_535;
}

/** `*`, a service tag such as `Internet`, an address or a range. */
function isAddressPrefix(value: JsonValue | undefined): boolean {
  if (typeof value !== 'string') return false;
  if (value === '*' || /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)?$/.test(value)) return true;
  const [address = '', length, ...rest] = value.split('/');
  const parsed = addressNumber(address);
  const bits = parsed?.family === 'ipv6' ? 128 : 32;
  return (
    parsed !== undefined &&
    rest.length === 0 &&
    (length === undefined || (/^\d+$/.test(length) && Number(length) <= bits))
  );
}

/** The six rules that Azure adds to every group. */
export const defaultSecurityRules: readonly SubResource[] = [
  defaultRule(
    'AllowVnetInBound',
    65_000,
    'Inbound',
    'Allow',
    'VirtualNetwork',
    'VirtualNetwork',
    'Allow inbound traffic from all VMs in VNET',
  ),
  defaultRule(
    'AllowAzureLoadBalancerInBound',
    65_001,
    'Inbound',
    'Allow',
    'AzureLoadBalancer',
    '*',
    'Allow inbound traffic from azure load balancer',
  ),
  defaultRule('DenyAllInBound', 65_500, 'Inbound', 'Deny', '*', '*', 'Deny all inbound traffic'),
  defaultRule(
    'AllowVnetOutBound',
    65_000,
    'Outbound',
    'Allow',
    'VirtualNetwork',
    'VirtualNetwork',
    'Allow outbound traffic from all VMs to all VMs in VNET',
  ),
  defaultRule(
    'AllowInternetOutBound',
    65_001,
    'Outbound',
    'Allow',
    '*',
    'Internet',
    'Allow outbound traffic from all VMs to Internet',
  ),
  defaultRule('DenyAllOutBound', 65_500, 'Outbound', 'Deny', '*', '*', 'Deny all outbound traffic'),
];

function defaultRule(
  name: string,
  priority: number,
  direction: 'Inbound' | 'Outbound',
  access: 'Allow' | 'Deny',
  source: string,
  destination: string,
  description: string,
): SubResource {
  return {
    name,
    properties: {
      description,
      protocol: '*',
      sourcePortRange: '*',
      destinationPortRange: '*',
      sourceAddressPrefix: source,
      destinationAddressPrefix: destination,
      access,
      priority,
      direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  };
}
