import type { Connection, Trace, TraceInput, TraceOutcome, TracePath } from './connection.ts';
import { noWalk, packetOfMachine } from './first-packet.ts';
import { enter, fromInternet } from './from-internet.ts';
import { fromMachine } from './from-machine.ts';
import { goalParty, type Goal } from './goal.ts';
import { leave } from './leave.ts';
import type { Attachment } from './network-parts.ts';
import { originOf, type Origin } from './origin.ts';
import type { Entrance } from './trace-ends.ts';
import { finished, type Walk } from './walk.ts';
import { contextOf, heading, portText, targetName, type TraceContext } from './words.ts';

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
  const from = targetName(context, source);
  const to = goal.kind === 'attachment' ? targetName(context, goal.attachment) : 'the internet';
  const packet = packetOfMachine(connection, source, { from, to });
  return traceOf(
    context,
    connection,
    leave(context, { ...packet, destination: goalParty(goal) }, source, goal),
  );
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
