import { textAt } from '../arm-resource.ts';
import type { Family } from './addresses.ts';
import { idAt } from './arm-parts.ts';
import type { NetworkIndex } from './network-index.ts';
import type { Attachment, Balancer, Frontend, NatGateway, OutboundRule } from './network-parts.ts';

/** How a machine reaches the internet. */
export type WayOut =
  | { readonly kind: 'natGateway'; readonly gateway: NatGateway }
  | { readonly kind: 'publicIp'; readonly publicIpId: string | undefined }
  | {
      readonly kind: 'balancer';
      readonly balancer: Balancer;
      readonly frontend: Frontend;
      /** Node id of the outbound rule, or of the balancing rule that lets its pool out on the side. */
      readonly ruleId: string;
      readonly outbound: OutboundRule | undefined;
    }
  | { readonly kind: 'default' }
  /** There is one, but what becomes of what takes it is not documented. */
  | { readonly kind: 'unclear'; readonly why: string; readonly check: string }
  | { readonly kind: 'none'; readonly why: string };

/**
 * The way out of a configuration, in Azure's order of precedence: the subnet's NAT gateway, a public address of its own,
 * outbound rules of the pools that it is in, then balancing rules without `disableOutboundSnat` (what is NAT gateway;
 * source network address translation for outbound connections). Without any of these there is default outbound access,
 * except in a private subnet, behind a Standard load balancer and in scale sets with flexible orchestration (default
 * outbound access in Azure); it is for IPv4 only, and so are NAT gateways without IPv6 addresses of their own. A NAT gateway takes
 * TCP and UDP only, one of SKU StandardV2 also pings (Azure NAT Gateway SKUs); load balancers take TCP and UDP only.
 */
export function wayOut(
  index: NetworkIndex,
  attachment: Attachment,
  protocol: 'Tcp' | 'Udp' | 'Icmp',
): WayOut {
  const { family } = attachment;
  const gateway = index.natGateways.get(attachment.subnet?.natGatewayId ?? '');
  if (gateway && (family === 'ipv4' || gateway.publicIpV6Ids.length > 0 || gateway.hasPrefixV6)) {
    return protocol === 'Icmp' && !gateway.isV2
      ? { kind: 'none', why: 'a NAT gateway of SKU Standard passes on TCP and UDP only' }
      : { kind: 'natGateway', gateway };
  }
  if (attachment.hasPublicIp) return { kind: 'publicIp', publicIpId: attachment.publicIpId };
  const poolIds = index.poolsOf.get(attachment.id) ?? [];
  const balancers = [...new Set(poolIds.map((id) => id.split('/backendaddresspools/')[0] ?? ''))].flatMap(
    (id) => index.balancers.get(id) ?? [],
  );
  const asked = { poolIds, protocol, family };
  const way =
    balancers.map((balancer) => byOutboundRule(index, balancer, asked)).find(Boolean) ??
    balancers.map((balancer) => byBalancingRule(index, balancer, asked)).find(Boolean);
  if (way && gateway?.isV2 === true) {
    return {
      kind: 'unclear',
      why: 'a NAT gateway of SKU StandardV2 without IPv6 addresses disrupts what a load balancer lets out by IPv6',
      check: 'whether IPv6 connections come about; Azure lists it as a known issue',
    };
  }
  if (way) return way;
  if (family === 'ipv6') {
    return { kind: 'none', why: 'nothing gives it a public IPv6 address, and Azure lends none' };
  }
  if (attachment.subnet?.isPrivate === true) {
    return { kind: 'none', why: 'its subnet is private, and nothing else leads out' };
  }
  if (isFlexible(index, attachment)) {
    return {
      kind: 'none',
      why: 'machines of scale sets with flexible orchestration need an explicit way out',
    };
  }
  if (balancers.some(({ isStandard }) => isStandard)) {
    return {
      kind: 'none',
      why: 'it is behind a Standard load balancer, which lets nothing out without an outbound rule',
    };
  }
  return { kind: 'default' };
}

/** Whether it is a machine of a scale set with flexible orchestration, or stands for those of one. */
function isFlexible(index: NetworkIndex, { machineId, scaleSetId }: Attachment): boolean {
  const mode = textAt(index.resources.get(scaleSetId ?? '')?.properties, 'orchestrationMode');
  return (
    mode?.toLowerCase() === 'flexible' ||
    idAt(index.resources.get(machineId ?? '')?.properties, 'virtualMachineScaleSet') !== undefined
  );
}

const takes = (rule: 'tcp' | 'udp' | 'all', protocol: string): boolean =>
  protocol !== 'Icmp' && (rule === 'all' || rule === protocol.toLowerCase());

interface Asked {
  readonly poolIds: readonly string[];
  readonly protocol: string;
  readonly family: Family;
}

function byOutboundRule(
  index: NetworkIndex,
  balancer: Balancer,
  { poolIds, protocol, family }: Asked,
): WayOut | undefined {
  for (const rule of balancer.outbound) {
    if (!takes(rule.protocol, protocol) || !rule.poolIds.some((id) => poolIds.includes(id))) continue;
    for (const id of rule.frontendIds) {
      const placed = index.frontends.get(id);
      if (placed?.family !== family) continue;
      return { kind: 'balancer', balancer, frontend: placed.frontend, ruleId: rule.id, outbound: rule };
    }
  }
  return undefined;
}

function byBalancingRule(
  index: NetworkIndex,
  balancer: Balancer,
  { poolIds, protocol, family }: Asked,
): WayOut | undefined {
  for (const rule of balancer.inbound) {
    if (!rule.letsOut || !takes(rule.protocol, protocol)) continue;
    if (!rule.poolIds.some((id) => poolIds.includes(id))) continue;
    const placed = index.frontends.get(rule.frontendId ?? '');
    if (placed?.family === family && placed.frontend.publicIpId !== undefined) {
      return { kind: 'balancer', balancer, frontend: placed.frontend, ruleId: rule.id, outbound: undefined };
    }
  }
  return undefined;
}
