import { deliver } from './deliver.ts';
import { blockedBy, guardsBehind } from './guard.ts';
import { ipv4Number, ipv4Text, probeSource } from './ipv4.ts';
import type { NetworkIndex, PlacedFrontend } from './network-index.ts';
import type { Attachment, Balancer, Frontend, InboundRule, Probe } from './network-parts.ts';
import { addressParty, attachmentParty, type Packet } from './packet.ts';
import { stop, pass, type Step, type Walk } from './walk.ts';
import { called, Called, listed, portText, targetName, withAddress, type TraceContext } from './words.ts';

export interface BalanceOptions {
  isClosedWithoutGroup: boolean;
  /** Only these backends, by configuration id; every one without it. */
  only?: ReadonlySet<string> | undefined;
  /** The configuration that opens the connection, where it is a machine's. */
  sourceId?: string | undefined;
}

/** The rule that takes a port at a frontend; of several the one for the fewest ports. */
export function ruleAt(
  balancer: Balancer,
  frontend: Frontend,
  protocol: Packet['protocol'],
  port: number,
): InboundRule | undefined {
  let best: InboundRule | undefined;
  for (const rule of balancer.inbound) {
    const fits =
      rule.frontendId === frontend.id &&
      (rule.protocol === 'all' || rule.protocol === protocol.toLowerCase()) &&
      rule.firstPort <= port &&
      port <= rule.lastPort;
    if (fits && (!best || width(rule) < width(best))) best = rule;
  }
  return protocol === 'Icmp' ? undefined : best;
}

const width = ({ firstPort, lastPort }: InboundRule): number => lastPort - firstPort;

/** Where a rule's connections may end, with the port there. A rule for a range gives each member one port of it. */
export function backendsOf(
  index: NetworkIndex,
  balancer: Balancer,
  rule: InboundRule,
  port: number,
): { attachment: Attachment; port: number }[] {
  if (rule.kind === 'natRange') {
    const members = rule.poolIds.flatMap((id) => index.members.get(id) ?? []);
    return members.flatMap((attachment, place) => {
      const own = natPort(index, balancer, rule, attachment, place);
      const isOne = attachment.count > 1 ? own <= port && port < own + attachment.count : own === port;
      return isOne ? [{ attachment, port: rule.backendPort }] : [];
    });
  }
  const ids = rule.kind === 'nat' ? [rule.id] : rule.poolIds;
  const members = new Set(ids.flatMap((id) => index.members.get(id) ?? []));
  return [...members].map((attachment) => ({
    attachment,
    port: rule.backendPort === 0 ? port : rule.backendPort,
  }));
}

/** The frontend port that a member of a pool has: as the load balancer states it, else counted in the members' order. */
export function natPort(
  { natPorts }: NetworkIndex,
  balancer: Balancer,
  rule: InboundRule,
  attachment: Attachment,
  place: number,
): number {
  const stated = natPorts.get(`${balancer.id}/inboundnatrules/${rule.name.toLowerCase()} ${attachment.id}`);
  return stated ?? rule.firstPort + place;
}

/** Takes a packet through a load balancer: one path for each backend that may get it. */
export function throughFrontend(
  context: TraceContext,
  walk: Walk,
  { balancer, frontend }: PlacedFrontend,
  options: BalanceOptions,
): Walk[] {
  const { protocol, port, destination } = walk.packet;
  const rule = ruleAt(balancer, frontend, protocol, port);
  if (!rule) return [withoutRule(context, walk, balancer, frontend)];
  const all = backendsOf(context.index, balancer, rule, port);
  const backends = options.only ? all.filter(({ attachment }) => options.only?.has(attachment.id)) : all;
  const where = destination.address === undefined ? '' : ` at ${ipv4Text(destination.address)}`;
  const arriving = `${portText(protocol, port)}${where}`;
  if (backends.length === 0) {
    const empty =
      rule.kind === 'nat' ? 'no machine is joined to it' : 'its pool has no machine for this port';
    return [
      stop(
        walk,
        {
          piece: rule.id,
          with: [balancer.id],
          says: `${arriving} meets rule ${rule.name}, but ${empty}.`,
          facts: [['Rule', rule.name]],
        },
        `Stopped at ${called(context, balancer.id)}: nothing stands behind its rule ${rule.name}.`,
      ),
    ];
  }
  const machines = all.reduce((sum, { attachment }) => sum + attachment.count, 0);
  const shared: Step['facts'] = [
    ['Rule', rule.name],
    ['Kind', ruleKinds[rule.kind]],
    ['Backends', rule.kind === 'balancing' ? sharersText(context, all, machines) : undefined],
    ['Spread', rule.kind === 'balancing' ? spreadText(rule.distribution) : undefined],
    ['Probe', rule.probe && probeText(rule.probe)],
    ['Floating IP', rule.isFloating ? 'on: the machine sees the address that the client dialled' : undefined],
    ['Client', 'the machine sees the client’s own address'],
  ];
  return backends.map((backend) =>
    toBackend(context, walk, { balancer, rule, arriving, machines, shared, options }, backend),
  );
}

/** How many machines share a rule, and the first of them. */
function sharersText(
  context: TraceContext,
  backends: readonly { attachment: Attachment }[],
  machines: number,
): string {
  const most = 12;
  const names = backends.slice(0, most).map(({ attachment }) => targetName(context, attachment));
  const more = backends.length > most ? ` and ${backends.length - most} more` : '';
  return `${machines} share it: ${more === '' ? listed(names, most) : `${names.join(', ')}${more}`}`;
}

const ruleKinds: Readonly<Record<InboundRule['kind'], string>> = {
  balancing: 'load balancing rule',
  nat: 'inbound NAT rule for one machine',
  natRange: 'inbound NAT rule with a port for each machine',
};

interface Balanced {
  balancer: Balancer;
  rule: InboundRule;
  arriving: string;
  machines: number;
  shared: NonNullable<Step['facts']>;
  options: BalanceOptions;
}

/**
 * One backend. Unless the rule has floating IP, Azure writes the machine's address into the packet, and always the
 * backend port; security groups see it after that, with the client's own address (network security groups overview,
 * «Virtual machines in load-balanced pools»). With floating IP the destination stays the frontend's address (multiple
 * frontends for Azure Load Balancer; for security groups see issue 10083 of kubernetes-sigs/cloud-provider-azure).
 */
function toBackend(
  context: TraceContext,
  walk: Walk,
  { balancer, rule, arriving, machines, shared, options }: Balanced,
  { attachment, port }: { attachment: Attachment; port: number },
): Walk {
  const before = walk.packet;
  const packet: Packet = {
    ...before,
    port,
    destination: rule.isFloating ? before.destination : attachmentParty(attachment),
  };
  const name = targetName(context, attachment);
  const target = withAddress(name, attachment.address);
  const goes =
    machines > 1 && rule.kind === 'balancing' && attachment.count === 1
      ? `port ${port} of one of ${machines} machines, here ${target}`
      : `port ${port} of ${target}`;
  const step: Step = {
    piece: rule.id,
    with: [balancer.id],
    says: `${arriving} goes to ${goes}.`,
    facts: shared,
    packet,
    links: [
      [rule.id, attachment.interfaceId],
      [rule.id, attachment.scaleSetId],
      [rule.id, attachment.machineId],
      [balancer.id, attachment.interfaceId],
    ],
  };
  if (options.sourceId === attachment.id) {
    return stop(
      walk,
      { ...step, says: `${arriving} would go back to ${name} itself, which a load balancer cannot do.` },
      `Stopped at ${called(context, balancer.id)}: a machine cannot reach itself through its own load balancer.`,
    );
  }
  const unhealthy = probeBlock(context, rule, packet, attachment);
  if (unhealthy !== undefined) {
    return stop(
      walk,
      { ...step, says: unhealthy, packet: before },
      `Stopped at ${called(context, balancer.id)}: the probe of ${name} is blocked, so it gets nothing.`,
    );
  }
  const isShared = machines > attachment.count && rule.kind === 'balancing';
  return deliver(context, pass(walk, step), attachment, {
    isClosedWithoutGroup: options.isClosedWithoutGroup,
    summary: (end) =>
      `${arriving} reaches ${end} at port ${port}${isShared ? `, one of ${machines} machines that share it` : ''}.`,
  });
}

/**
 * Why a backend counts as down: its probe does not get through. Probes come from 168.63.129.16 to the machine's own
 * address and must be admitted (Azure Load Balancer health probes).
 */
function probeBlock(
  context: TraceContext,
  { probe }: InboundRule,
  packet: Packet,
  attachment: Attachment,
): string | undefined {
  if (!probe) return undefined;
  const from = ipv4Number(probeSource);
  if (from === undefined) return undefined;
  const probing: Packet = {
    ...packet,
    source: addressParty(from),
    sourcePort: undefined,
    destination: attachmentParty(attachment),
    protocol: 'Tcp',
    port: probe.port,
  };
  const found = blockedBy(context, probing, attachment, 'inbound');
  if (!found) return undefined;
  return `The probe would be blocked, so this backend gets nothing: rule ${found.rule.name} of ${called(context, found.groupId)} turns away ${portText('Tcp', probe.port)} from ${probeSource}.`;
}

function withoutRule(context: TraceContext, walk: Walk, balancer: Balancer, frontend: Frontend): Walk {
  const { protocol, port } = walk.packet;
  const name = called(context, balancer.id);
  const ports = publishedPorts(balancer, frontend);
  const has = ports === '' ? 'it has none for this address' : `it has ${ports}`;
  const why =
    protocol === 'Icmp'
      ? 'it passes on TCP and UDP only'
      : `it has no rule for ${portText(protocol, port)} (${has})`;
  return stop(
    walk,
    {
      piece: balancer.id,
      with: [],
      says:
        protocol === 'Icmp'
          ? `${Called(context, balancer.id)} passes on TCP and UDP only, no ICMP.`
          : `${Called(context, balancer.id)} has no rule for ${portText(protocol, port)}; ${has}.`,
      facts: [
        ['Ports', ports || undefined],
        ['Behind it', behind(context, walk.packet, balancer, frontend)],
      ],
    },
    `Stopped at ${name}: ${why}.`,
  );
}

/** What the security groups of a frontend's machines would make of a packet that no rule takes. */
function behind(
  context: TraceContext,
  packet: Packet,
  { inbound }: Balancer,
  { id }: Frontend,
): string | undefined {
  const attachment = inbound
    .filter(({ frontendId }) => frontendId === id)
    .flatMap((rule) => [rule.id, ...rule.poolIds])
    .flatMap((from) => context.index.members.get(from) ?? [])[0];
  return (
    attachment && guardsBehind(context, { ...packet, destination: attachmentParty(attachment) }, attachment)
  );
}

/** The ports that a load balancer takes at a frontend: `TCP 80, 443 and 8080`. */
export function publishedPorts(balancer: Balancer, frontend: Frontend): string {
  const own = balancer.inbound.filter(({ frontendId }) => frontendId === frontend.id);
  const byProtocol = Map.groupBy(
    own.toSorted((left, right) => left.firstPort - right.firstPort),
    ({ protocol }) => (protocol === 'all' ? 'TCP and UDP' : protocol.toUpperCase()),
  );
  return [...byProtocol]
    .map(
      ([protocol, rules]) =>
        `${protocol} ${listed(
          rules.map((rule) => rangeText(rule)),
          12,
        )}`,
    )
    .join('; ');
}

function rangeText({ firstPort, lastPort }: InboundRule): string {
  if (firstPort === 0) return 'every port';
  return firstPort === lastPort ? String(firstPort) : `${firstPort}–${lastPort}`;
}

/** How connections are spread (Azure Load Balancer distribution modes). */
function spreadText(distribution: string | undefined): string {
  switch (distribution?.toLowerCase() ?? 'default') {
    case 'sourceip':
      return 'by client address: the same client stays with the same machine';
    case 'sourceipprotocol':
      return 'by client address and protocol: the same client stays with the same machine';
    default:
      return 'each new connection anew';
  }
}

function probeText({ name, protocol, port, path, interval }: Probe): string {
  const every = interval === undefined ? '' : ` every ${interval} s`;
  return `${name}: ${protocol.toUpperCase()} ${port}${path ?? ''}${every}`;
}
