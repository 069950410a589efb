import type { Connection, Trace, TraceInput, TraceOutcome, TracePath } from './connection.ts';
import { publicName, throughPublicAddress, toPublic } from './enter.ts';
import { guardsBehind } from './guard.ts';
import { goalParty, type Goal } from './goal.ts';
import { leave } from './leave.ts';
import type { Attachment, PublicAddress } from './network-parts.ts';
import { attachmentParty, internetParty, type Packet } from './packet.ts';
import {
  attachmentsAt,
  entrancesTo,
  goalsAt,
  originOf,
  publicAddressesAt,
  type Entrance,
  type Nobody,
  type Origin,
} from './trace-ends.ts';
import { toCheck } from './untraced.ts';
import { untracedAround } from './untraced-around.ts';
import { finished, giveUp, pass, startWalk, stop, type Step, type Walk } from './walk.ts';
import {
  called,
  capital,
  contextOf,
  heading,
  listed,
  portText,
  targetName,
  type TraceContext,
} from './words.ts';
import { ruleAt } from './backends.ts';

/**
 * Follows a connection through public addresses, load balancers, routes and security groups, as Azure would carry its
 * first packet, and says at each piece what happens there. A question about an internal piece from the internet is
 * answered for every public address that leads to it. Never throws: what is not known is said to be so.
 */
export function traceConnection(input: TraceInput, connection: Connection): Trace {
  return traceIn(contextOf(input), connection);
}

/** The same within a question that has its context already. */
export function traceIn(context: TraceContext, connection: Connection): Trace {
  const origin = originOf(context, connection.from);
  return traceOf(context, connection, walksOf(context, connection, origin));
}

/** Follows a connection from the internet in at one entrance, to those backends only that it names. */
export function traceEntrance(context: TraceContext, connection: Connection, entrance: Entrance): Trace {
  const origin = { kind: 'internet', address: undefined, name: 'the internet' } as const;
  return traceOf(context, connection, enter(context, connection, origin, [entrance]));
}

/** Follows a connection from one configuration to one goal, whatever else its ends may stand for. */
export function traceBetween(
  context: TraceContext,
  connection: Connection,
  source: Attachment,
  goal: Goal,
): Trace {
  const named = (item: Attachment): string => targetName(context, item);
  const origin = { kind: 'attachment', attachment: source, name: named(source) } as const;
  const to = goal.kind === 'attachment' ? named(goal.attachment) : 'the internet';
  const packet = packetOf(connection, origin, to);
  const destination = goalParty(goal);
  return traceOf(context, connection, leave(context, { ...packet, destination }, source, goal));
}

function traceOf(context: TraceContext, connection: Connection, walks: readonly Walk[]): Trace {
  const paths = walks.map((walk) => finished(walk));
  const inOrder = (['arrives', 'notTraced', 'blocked'] as const).flatMap((wanted) =>
    paths.filter((path) => path.outcome === wanted),
  );
  const outcome = outcomeOf(paths);
  return {
    connection,
    title: titleOfConnection(context, connection),
    paths: inOrder,
    outcome,
    summary: summaryOf(inOrder, outcome),
    links: uniqueLinks(paths),
  };
}

/** `Internet → masters' public IP address, TCP 2201`. */
export function titleOfConnection(context: TraceContext, { from, to, protocol, port }: Connection): string {
  const end = ({ kind, piece, address }: Connection['from']): string => {
    if (kind === 'piece' && piece === 'service') return 'This group';
    if (kind === 'piece' && piece !== undefined) return heading(context, piece.toLowerCase());
    return address ?? 'Internet';
  };
  return `${end(from)} → ${end(to)}, ${portText(protocol, port)}`;
}

function outcomeOf(paths: readonly TracePath[]): TraceOutcome {
  const outcomes = new Set(paths.map(({ outcome }) => outcome));
  if (outcomes.has('arrives')) return outcomes.size === 1 ? 'arrives' : 'partly';
  return outcomes.has('notTraced') ? 'notTraced' : 'blocked';
}

function summaryOf(paths: readonly TracePath[], outcome: TraceOutcome): string {
  const [first] = paths;
  if (!first) return 'Nothing to follow.';
  if (outcome === 'arrives') return first.summary;
  const arriving = paths.filter((path) => path.outcome === 'arrives').length;
  const others = paths.filter((path) => path.outcome !== 'arrives');
  const reasons = [...new Set(others.map(({ summary }) => summary))];
  if (outcome !== 'partly') return sentences(reasons);
  return `${arriving} of ${paths.length} ways arrive. ${first.summary} ${reasons[0] ?? ''}`;
}

/** Sentences one after another; of more than three the first ones, and how many more there are. */
const sentences = (items: readonly string[]): string =>
  items.length <= 3 ? items.join(' ') : `${items.slice(0, 2).join(' ')} And ${items.length - 2} more.`;

function uniqueLinks(paths: readonly TracePath[]): [string, string][] {
  const found = new Map<string, Set<string>>();
  for (const { links } of paths) {
    for (const [from, to] of links) {
      const known = found.get(from);
      if (known) known.add(to);
      else found.set(from, new Set([to]));
    }
  }
  return [...found].flatMap(([from, ends]) => [...ends].map((to): [string, string] => [from, to]));
}

function walksOf(context: TraceContext, connection: Connection, origin: Origin): Walk[] {
  switch (origin.kind) {
    case 'none':
      return [noWalk(connection, origin)];
    case 'attachment':
      return fromMachine(context, connection, origin);
    case 'internet':
      return fromInternet(context, connection, origin);
  }
}

const packetOf = (connection: Connection, origin: Origin, to: string): Packet => ({
  source:
    origin.kind === 'attachment'
      ? attachmentParty(origin.attachment)
      : internetParty(origin.kind === 'internet' ? origin.address : undefined),
  from: origin.kind === 'none' ? 'nowhere' : origin.name,
  to,
  destination: internetParty(),
  port: connection.port,
  protocol: connection.protocol,
  sourcePort: connection.from.port,
});

/** Nothing to follow: it is known to lead nowhere, or where it leads is not evaluated here. */
function noWalk(connection: Connection, { piece, why, check }: Nobody): Walk {
  const walk = startWalk(packetOf(connection, { kind: 'none', piece, why }, 'nowhere'));
  if (check === undefined) return stop(walk, { piece, says: why }, why);
  return giveUp(walk, { piece, says: why, facts: [toCheck(check)] }, why);
}

function fromMachine(
  context: TraceContext,
  connection: Connection,
  origin: Extract<Origin, { kind: 'attachment' }>,
): Walk[] {
  const { goals, name } = goalsAt(context, connection, origin.attachment.subnet?.networkId);
  const matching = goals.filter((goal) => takesPort(context, connection, goal));
  const chosen = matching.length > 0 ? matching : goals;
  if (chosen.length === 0) return [noWalk(connection, noGoal(context, connection, name))];
  return chosen.flatMap((goal) => {
    const packet = packetOf(
      connection,
      origin,
      goal.kind === 'attachment' && goals.length > 1
        ? called(context, goal.attachment.machineId ?? goal.attachment.interfaceId)
        : name,
    );
    return leave(context, { ...packet, destination: goalParty(goal) }, origin.attachment, goal);
  });
}

/** Why a piece is no end of a connection. */
function noGoal(context: TraceContext, { to }: Connection, name: string, whence = ''): Nobody {
  const piece = to.piece?.toLowerCase() ?? 'internet';
  const untraced = context.index.untraced.get(piece);
  if (untraced) {
    const { why, check } = untraced.type;
    return { piece, why: `What goes to ${name} is not traced: ${why}.`, check };
  }
  if (isKnownPiece(context, piece)) {
    return { piece, why: `${capital(name)} takes no connections${whence}.` };
  }
  return elsewhere;
}

const isKnownPiece = ({ index }: TraceContext, piece: string): boolean =>
  piece === 'internet' || piece === 'service' || index.resources.has(piece) || index.subnets.has(piece);

const elsewhere: Nobody = {
  piece: 'internet',
  why: 'Where this should go is not among these resources.',
  check: 'the resources around it',
};

/** Whether a load balancer's frontend has a rule for the port; anything else may take every port. */
function takesPort({ index }: TraceContext, { protocol, port }: Connection, goal: Goal): boolean {
  if (goal.kind === 'frontend')
    return ruleAt(goal.placed.balancer, goal.placed.frontend, protocol, port) !== undefined;
  if (goal.kind !== 'publicAddress') return true;
  const placed = index.frontendsByPublicIp.get(goal.publicAddress.id)?.[0];
  return placed !== undefined && ruleAt(placed.balancer, placed.frontend, protocol, port) !== undefined;
}

function fromInternet(
  context: TraceContext,
  connection: Connection,
  origin: Extract<Origin, { kind: 'internet' }>,
): Walk[] {
  const { to, port } = connection;
  if (to.kind === 'internet') {
    const why = 'What goes from the internet to the internet does not come by here.';
    return [noWalk(connection, { piece: 'internet', why, check: 'the networks that it goes through' })];
  }
  if (to.kind === 'address') {
    const { goals, name } = goalsAt(context, connection, undefined);
    const [goal] = goals;
    if (goal?.kind === 'publicAddress')
      return enter(context, connection, origin, [
        { publicAddress: goal.publicAddress, port, only: undefined },
      ]);
    if (goal?.kind === 'internet') {
      const why = `${name} is none of the public addresses here.`;
      return [noWalk(connection, { piece: 'internet', why, check: 'whose address it is' })];
    }
    const why = `${to.address ?? 'This address'} is private: nobody on the internet can dial it.`;
    return [noWalk(connection, { piece: 'internet', why })];
  }
  const piece = to.piece?.toLowerCase() ?? '';
  const publicAddresses = publicAddressesAt(context, piece);
  if (publicAddresses.length > 0) {
    const matching = publicAddresses.filter((publicAddress) =>
      leadsSomewhere(context, connection, publicAddress),
    );
    const chosen = matching.length > 0 ? matching : publicAddresses;
    return enter(
      context,
      connection,
      origin,
      chosen.map((publicAddress) => ({ publicAddress, port, only: undefined })),
    );
  }
  const attachments = attachmentsAt(context, piece);
  if (attachments.length > 0) {
    const entrances = entrancesTo(context, attachments, connection);
    if (entrances.length > 0) return enter(context, connection, origin, entrances);
    return [withoutEntrance(context, connection, origin, { piece, attachments })];
  }
  if (piece === 'service')
    return [
      noWalk(connection, {
        piece: 'internet',
        why: 'There is no public address here, so nothing comes in from the internet.',
      }),
    ];
  return [noWalk(connection, noGoal(context, connection, called(context, piece), ' from the internet'))];
}

function leadsSomewhere(
  context: TraceContext,
  connection: Connection,
  publicAddress: PublicAddress,
): boolean {
  const { index } = context;
  const { id, holderId } = publicAddress;
  return (
    takesPort(context, connection, { kind: 'publicAddress', publicAddress }) ||
    index.attachmentByPublicIp.has(id) ||
    [...index.untraced.values()].some(
      (piece) => piece.type.leadsIn === 'connections' && holderId?.startsWith(`${piece.id}/`),
    )
  );
}

/** Nothing leads from the internet to these configurations: what does, and what their security groups would say. */
function withoutEntrance(
  context: TraceContext,
  connection: Connection,
  origin: Origin,
  { piece, attachments }: { piece: string; attachments: readonly Attachment[] },
): Walk {
  const name = called(context, piece);
  const wanted = portText(connection.protocol, connection.port);
  const rules = attachments.flatMap(({ id }) => context.index.rulesOf.get(id) ?? []);
  const ways = new Set(
    rules.map(({ rule }) => `${rule.protocol.toUpperCase()} ${rule.firstPort} → ${rule.backendPort}`),
  );
  const [first] = attachments;
  const packet = packetOf(connection, origin, name);
  const destination = first ? attachmentParty(first) : packet.destination;
  const step: Step = {
    piece: 'internet',
    with: [piece],
    says: `No public address leads from the internet to ${name} at ${wanted}: it has none of its own, and no rule of a load balancer ends there.`,
    facts: [
      ['Ways in', ways.size > 0 ? listed([...ways], 12) : undefined],
      ['Behind it', first && guardsBehind(context, { ...packet, destination }, first)],
    ],
  };
  const around = untracedAround(context, first?.subnet?.networkId).filter(
    ({ type }) => type.leadsIn === 'connections',
  );
  if (around.length === 0) {
    return stop(
      startWalk(packet),
      step,
      `Stopped on the internet: no public address leads to ${name} at ${wanted}.`,
    );
  }
  const names = listed(around.map(({ id }) => called(context, id)));
  return giveUp(
    startWalk(packet),
    {
      ...step,
      with: [piece, ...around.map(({ id }) => id)],
      says: `${step.says} ${capital(names)} may pass connections on to it, which is not traced.`,
      facts: [...(step.facts ?? []), toCheck(listed(around.map(({ type }) => type.check)))],
    },
    `Not traced: no public address leads straight to ${name} at ${wanted}, but ${names} may pass connections on to it.`,
  );
}

function enter(
  context: TraceContext,
  connection: Connection,
  origin: Extract<Origin, { kind: 'internet' }>,
  entrances: readonly Entrance[],
): Walk[] {
  return entrances.flatMap(({ publicAddress, port, only }) => {
    const name = publicName(context, publicAddress);
    const packet = toPublic({ ...packetOf(connection, origin, name), port }, publicAddress);
    const client =
      origin.address === undefined ? 'Somebody on the internet' : `${origin.name} on the internet`;
    const walk = pass(startWalk(packet), {
      piece: 'internet',
      says: `${client} opens a connection to ${name}, ${portText(packet.protocol, port)}.`,
      facts: [['DNS name', publicAddress.fqdn]],
      links: [['internet', publicAddress.id]],
    });
    return throughPublicAddress(context, walk, publicAddress, { only });
  });
}
