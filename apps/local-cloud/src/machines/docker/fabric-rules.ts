import type { NetworkPlan, PlannedInterface } from '../network/network-plan.ts';
import { safeName } from './config-names.ts';
import { metadataAddress, platformAddress } from './platform-addresses.ts';
import { addressElements, notInternetSet, securityChain, virtualNetworkSet } from './security-chain.ts';

type Direction = 'inbound' | 'outbound';

/**
 * The packet filter of a virtual network's fabric, as text for
 * `nft -D vnet_device=… -D internet_device=… -f`: it takes the place of an earlier one in one step, with established
 * connections kept. Needs nftables 1.0 and the kernel's connection tracking and NAT.
 *
 * Every packet of a machine passes the fabric: the machines' addresses are /32 routes to the device `vnet_device`, and
 * on the loopback interface stand the public addresses, Azure's platform address and the metadata address. A new
 * connection passes when all security groups of the sender let it out and all of the receiver let it in; what is not
 * allowed is dropped silently. The load balancer's own connections come from the public address (to a group that is
 * Internet) and its probes from the platform address (AzureLoadBalancer). DNS at the platform address and metadata are
 * not subject to security groups, as in Azure. Forwarded IPv6 is dropped.
 *
 * The addresses of the plan are taken as they are; `networkPlans` has checked them. All other text is made safe.
 */
export function nftRuleset(plan: NetworkPlan): string {
  const { interfaces, listeners } = plan;
  const addresses = interfaces.map(({ address }) => address);
  const withAccess = interfaces
    .filter(({ outboundAccess }) => outboundAccess.kind !== 'none')
    .map(({ address }) => address);
  const publicAddresses = [...new Set(listeners.map(({ publicAddress }) => publicAddress))];
  const endpoints = [...new Set(listeners.map((each) => `${each.publicAddress} . ${each.port}`))];
  const inbound = groupLists(plan, 'inbound');
  const outbound = groupLists(plan, 'outbound');
  return lines([
    `# Security groups and routes of the virtual network ${safeName(plan.id)}.`,
    'table inet slipway {}',
    'delete table inet slipway',
    '',
    'table inet slipway {',
    set('machines', 'type ipv4_addr', addresses.join(', ')),
    set('internet_access', 'type ipv4_addr', withAccess.join(', ')),
    set(virtualNetworkSet, 'type ipv4_addr; flags interval', addressElements(plan.addressPrefixes)),
    set(
      notInternetSet,
      'type ipv4_addr; flags interval',
      addressElements([...plan.addressPrefixes, `${platformAddress}/32`]),
    ),
    set('load_balancer_sources', 'type ipv4_addr', [...publicAddresses, platformAddress].join(', ')),
    set('listeners', 'type ipv4_addr . inet_service', endpoints.join(', ')),
    ...groupChains(plan),
    ...inbound.chains,
    ...outbound.chains,
    verdictMap('inbound_of', inbound.verdicts),
    verdictMap('outbound_of', outbound.verdicts),
    chain('to_machine', ['ip daddr vmap @inbound_of', 'ip daddr @machines accept', 'drop']),
    chain('forward', [
      'type filter hook forward priority filter; policy drop;',
      'meta nfproto ipv6 drop',
      'iifname $vnet_device ip saddr != @machines drop comment "a source that is not a machine"',
      'ct state established,related accept',
      'iifname != $vnet_device drop comment "from outside only through the load balancer"',
      'ip saddr vmap @outbound_of',
      'oifname $vnet_device goto to_machine',
      `ip daddr @${virtualNetworkSet} drop`,
      'oifname $internet_device ip saddr @internet_access accept',
    ]),
    chain('to_listener', ['ip saddr vmap @outbound_of', 'accept']),
    chain('from_machine', [
      `ip daddr ${platformAddress} meta l4proto { tcp, udp } th dport 53 accept`,
      `ip daddr ${metadataAddress} tcp dport 80 accept`,
      'icmp type echo-request accept',
      'ip daddr . tcp dport @listeners goto to_listener',
      'drop',
    ]),
    chain('input', [
      'type filter hook input priority filter; policy drop;',
      'iifname "lo" accept',
      'iifname $vnet_device ip saddr != @machines drop comment "a source that is not a machine"',
      'ct state established,related accept',
      'iifname $vnet_device goto from_machine',
      'iifname $internet_device icmp type echo-request accept',
      'iifname $internet_device ip daddr . tcp dport @listeners accept',
    ]),
    chain('output', [
      'type filter hook output priority filter; policy accept;',
      'ct state established,related accept',
      'oifname $vnet_device ip saddr @load_balancer_sources ip daddr vmap @inbound_of',
    ]),
    chain('postrouting', [
      'type nat hook postrouting priority srcnat; policy accept;',
      'oifname $internet_device masquerade',
    ]),
    '}',
  ]);
}

/** A chain for each security group and direction. */
function groupChains(plan: NetworkPlan): string[] {
  return plan.groups.flatMap((group, index) =>
    (['inbound', 'outbound'] as const).map((direction) =>
      chain(groupChainName(index, direction), [
        `# ${safeName(group.id)}`,
        ...securityChain(group[direction]),
      ]),
    ),
  );
}

function groupChainName(index: number, direction: Direction): string {
  return `group_${index}_${direction}`;
}

/** A chain for each distinct list of groups that interfaces have, and which interface goes through which. */
function groupLists(plan: NetworkPlan, direction: Direction): { chains: string[]; verdicts: string[] } {
  const positions = new Map(plan.groups.map(({ id }, index) => [id, index]));
  const chains = new Map<string, string>();
  const verdicts = plan.interfaces.flatMap((each: PlannedInterface) => {
    const groups = each[direction].flatMap((id) => positions.get(id) ?? []);
    if (groups.length === 0) return [];
    const name = `${direction}_${groups.join('_')}`;
    chains.set(
      name,
      chain(
        name,
        groups.map((index) => `jump ${groupChainName(index, direction)}`),
      ),
    );
    return [`${each.address} : jump ${name}`];
  });
  return { chains: [...chains.values()], verdicts };
}

function chain(name: string, statements: readonly string[]): string {
  return block(`chain ${name}`, statements);
}

function set(name: string, description: string, elements: string): string {
  return block(`set ${name}`, [description, ...(elements === '' ? [] : [`elements = { ${elements} }`])]);
}

function verdictMap(name: string, verdicts: readonly string[]): string {
  const elements = verdicts.length === 0 ? [] : [`elements = { ${verdicts.join(', ')} }`];
  return block(`map ${name}`, ['type ipv4_addr : verdict', ...elements]);
}

function block(head: string, body: readonly string[]): string {
  return lines([`  ${head} {`, ...body.map((line) => `    ${line}`), '  }']).trimEnd();
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
