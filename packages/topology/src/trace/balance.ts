import { backendsOf, hasMembersElsewhere, ruleAt } from './backends.ts';
import { chained } from './chained.ts';
import { deliver } from './deliver.ts';
import { textOf } from './addresses.ts';
import type { PlacedFrontend } from './network-index.ts';
import type { Attachment, Balancer, InboundRule } from './network-parts.ts';
import { attachmentParty, type Packet } from './packet.ts';
import { pingFrontend } from './ping.ts';
import { probeBlock, probeText } from './probe.ts';
import { toCheck } from './untraced.ts';
import { giveUp, pass, stop, type Step, type Walk } from './walk.ts';
import { withoutRule } from './without-rule.ts';
import { called, listed, portText, targetName, withAddress, type TraceContext } from './words.ts';

export interface BalanceOptions {
  isClosedWithoutGroup: boolean;
  /** Only these backends, by configuration id; every one without it. */
  only?: ReadonlySet<string> | undefined;
  /** The configuration that opens the connection, where it is a machine's. */
  sourceId?: string | undefined;
}

/** Takes a packet through a load balancer: one path for each backend that may get it. */
export function throughFrontend(
  context: TraceContext,
  walk: Walk,
  placed: PlacedFrontend,
  options: BalanceOptions,
): Walk[] {
  const { balancer, frontend } = placed;
  const { protocol, port, destination } = walk.packet;
  if (protocol === 'Icmp') return [pingFrontend(context, walk, placed, options.only !== undefined)];
  const rule = ruleAt(balancer, frontend, protocol, port);
  if (!rule) return [withoutRule(context, walk, balancer, frontend)];
  const all = backendsOf(context.index, balancer, rule, port);
  const backends = options.only ? all.filter(({ attachment }) => options.only?.has(attachment.id)) : all;
  const where = destination.address === undefined ? '' : ` at ${textOf(destination.address)}`;
  const arriving = `${portText(protocol, port)}${where}`;
  if (all.length === 0 && hasMembersElsewhere(context.index, balancer, rule)) {
    return [
      giveUp(
        walk,
        {
          piece: rule.id,
          with: [balancer.id],
          says: `${arriving} meets rule ${rule.name}, whose backends are not among these resources.`,
          facts: [
            ['Rule', rule.name],
            toCheck('the backends of the rule, and the security groups before them'),
          ],
        },
        `Not traced further than ${called(context, balancer.id)}: the backends of its rule ${rule.name} are not among these resources.`,
      ),
    ];
  }
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
  const seen = chained(context, walk, frontend.chainedTo);
  return backends.map((backend) =>
    toBackend(context, seen, { balancer, rule, arriving, machines, shared, options }, backend),
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
