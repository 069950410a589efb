import { dialled, publishedRulesAt, type PublishedRule } from './published-rules.ts';
import { portSpans, type PortSpan } from './admitted-ports.ts';
import type { Connection, ReachAnswer, ReachWay, Trace, TraceEnd, TraceInput } from './connection.ts';
import { isConnected } from './effective-route.ts';
import type { Attachment } from './network-parts.ts';
import { anywhereIn, attachmentsAt } from './trace-ends.ts';
import { traceBetween, traceEntrance, traceIn } from './trace-connection.ts';
import { called, capital, contextOf, heading, listed, portText, type TraceContext } from './words.ts';

/** With more machines than this, questions about «every other machine» are answered for their subnets. */
const mostMachines = 24;
/** Of a pool this many members are followed at most; they are alike in all but their addresses. */
const mostBackends = 50;
/** Docker's port without encryption: the one that people ask about first. */
const askedFirst = 2375;

/**
 * What reaches a piece: from the internet every published port that leads there, and from the other machines of its
 * network, and of peered ones, the ports that are admitted. Nothing for pieces that take no connections.
 */
export function whatReaches(input: TraceInput, piece: string): ReachAnswer {
  const context = contextOf(input);
  const id = piece.toLowerCase();
  if (id === 'internet') {
    return { piece: id, ways: neighboursOf(context, undefined).flatMap((node) => toInternet(context, node)) };
  }
  const attachments = endsAt(context, id);
  const published = publishedRulesAt(context, id, attachments);
  const ways = published.map((rule) => throughRule(context, rule, attachments));
  const [first] = attachments;
  if (first === undefined) return { piece: id, ways };
  const own = ownAddresses(context, attachments).flatMap((item) => fromInternet(context, item));
  const inside = neighboursOf(context, first.subnet?.networkId)
    .filter(({ attachment }) => attachment.id !== first.id)
    .flatMap((node) =>
      among(
        context,
        { end: node.end, attachment: node.attachment },
        { end: pieceEnd(id), attachment: first },
      ),
    );
  const none = ways.length + own.length === 0 ? [nothingFromInternet(context, id)] : [];
  return { piece: id, ways: [...ways, ...own, ...none, ...inside] };
}

/** What a piece reaches: the internet, and which ports of the other machines and internal load balancers of its network. */
export function whatItReaches(input: TraceInput, piece: string): ReachAnswer {
  const context = contextOf(input);
  const id = piece.toLowerCase();
  const attachments = id === 'internet' ? [] : endsAt(context, id);
  const [first] = attachments;
  if (first === undefined) {
    const rules = publishedRulesAt(context, id === 'internet' ? 'service' : id, []);
    return { piece: id, ways: rules.map((rule) => throughRule(context, rule, [])) };
  }
  const from = { end: pieceEnd(id), attachment: first };
  const inside = neighboursOf(context, first.subnet?.networkId)
    .filter(({ attachment }) => attachment.id !== first.id)
    .flatMap((node) => among(context, from, node));
  return { piece: id, ways: [...toInternet(context, from), ...toInternal(context, from), ...inside] };
}

const pieceEnd = (piece: string): TraceEnd => ({ kind: 'piece', piece });
const internet: TraceEnd = { kind: 'internet' };

/** A node as an end of connections, with the configuration that stands for it. */
interface Node {
  end: TraceEnd;
  attachment: Attachment;
}

function endsAt(context: TraceContext, id: string): readonly Attachment[] {
  const found = attachmentsAt(context, id);
  const subnet = context.index.subnets.get(id);
  return found.length === 0 && subnet ? [anywhereIn(subnet)] : found;
}

/**
 * The machines of a network and of those peered with it, each scale set once; their subnets where there are many. Without
 * a network those of all networks.
 */
function neighboursOf({ index }: TraceContext, networkId: string | undefined): Node[] {
  const peered = (index.networks.get(networkId ?? '')?.peerings ?? [])
    .filter((peering) => isConnected(peering))
    .map(({ remoteId }) => remoteId);
  const networks =
    networkId === undefined
      ? [...index.networks.values()]
      : [networkId, ...peered].flatMap((id) => index.networks.get(id) ?? []);
  const nodes = new Map<string, Node>();
  for (const { id } of networks) {
    for (const attachment of index.attachmentsOf.get(id) ?? []) {
      const node = attachment.scaleSetId ?? attachment.machineId;
      if (node !== undefined && !nodes.has(node)) nodes.set(node, { end: pieceEnd(node), attachment });
    }
  }
  if (nodes.size <= mostMachines) return [...nodes.values()];
  const used = networks.flatMap(({ subnets }) => subnets).filter(({ id }) => index.attachmentsOf.has(id));
  return used
    .slice(0, mostMachines)
    .map((subnet) => ({ end: pieceEnd(subnet.id), attachment: anywhereIn(subnet) }));
}

function throughRule(
  context: TraceContext,
  { publicAddress, rule }: PublishedRule,
  attachments: readonly Attachment[],
): ReachWay {
  const { protocol, port } = dialled(rule);
  const connection: Connection = { from: internet, to: pieceEnd(publicAddress.id), protocol, port };
  const ids = attachments.length > 0 ? attachments : (context.index.members.get(rule.poolIds[0] ?? '') ?? []);
  const only = ids.length === 0 ? undefined : new Set(ids.slice(0, mostBackends).map(({ id }) => id));
  const trace = traceEntrance(context, connection, {
    publicAddress,
    port,
    only: rule.kind === 'natRange' ? undefined : only,
  });
  const range = rule.lastPort > rule.firstPort ? ` to ${rule.lastPort}` : '';
  return {
    text: `Internet → ${heading(context, publicAddress.id)}, ${portText(protocol, port)}${range}`,
    connection,
    outcome: trace.outcome,
    says: trace.summary,
  };
}

/** Configurations with a public address of their own, each once for a scale set. */
function ownAddresses({ index }: TraceContext, attachments: readonly Attachment[]): Attachment[] {
  return attachments
    .filter(({ publicIpId }) => index.publicAddresses.has(publicIpId ?? ''))
    .slice(0, mostMachines);
}

function fromInternet(context: TraceContext, attachment: Attachment): ReachWay[] {
  const publicAddress = context.index.publicAddresses.get(attachment.publicIpId ?? '');
  if (!publicAddress) return [];
  const ends = { from: internet, to: pieceEnd(publicAddress.id) };
  return spanWays(context, ends, [attachment], (connection) =>
    traceEntrance(context, connection, {
      publicAddress,
      port: connection.port,
      only: new Set([attachment.id]),
    }),
  );
}

function nothingFromInternet(context: TraceContext, piece: string): ReachWay {
  const connection: Connection = { from: internet, to: pieceEnd(piece), protocol: 'Tcp', port: askedFirst };
  return {
    text: `Internet → ${heading(context, piece)}`,
    connection,
    outcome: 'blocked',
    says: `No public address leads from the internet to ${called(context, piece)}.`,
  };
}

function among(context: TraceContext, from: Node, to: Node): ReachWay[] {
  const { attachment } = to;
  const ends = { from: from.end, to: to.end };
  return spanWays(context, ends, [from.attachment, attachment], (connection) =>
    traceBetween(context, connection, from.attachment, { kind: 'attachment', attachment }),
  );
}

function toInternet(context: TraceContext, { end, attachment }: Node): ReachWay[] {
  const ends = { from: end, to: internet };
  return spanWays(context, ends, [attachment], (connection) =>
    traceBetween(context, connection, attachment, { kind: 'internet', address: undefined }),
  );
}

function toInternal(context: TraceContext, { end, attachment }: Node): ReachWay[] {
  const { index } = context;
  return index.internalFrontends.flatMap(({ balancer, frontend }) => {
    if (index.subnets.get(frontend.subnetId ?? '')?.networkId !== attachment.subnet?.networkId) return [];
    return balancer.inbound
      .filter(({ frontendId }) => frontendId === frontend.id)
      .map((rule): ReachWay => {
        const { protocol, port } = dialled(rule);
        const connection: Connection = { from: end, to: pieceEnd(balancer.id), protocol, port };
        const { outcome, summary } = traceIn(context, connection);
        const text = `${endName(context, end)} → ${heading(context, balancer.id)}, ${portText(protocol, port)}`;
        return { text, connection, outcome, says: summary };
      });
  });
}

/** One way for the ports of each protocol that arrive, and one for those of both that do not. */
function spanWays(
  context: TraceContext,
  ends: Pick<Connection, 'from' | 'to'>,
  attachments: readonly Attachment[],
  follow: (connection: Connection) => Trace,
): ReachWay[] {
  const protocols = (['Tcp', 'Udp'] as const).map((protocol) => ({
    protocol,
    spans: portSpans(context, attachments, (port) => follow({ ...ends, protocol, port })),
  }));
  const route = `${endName(context, ends.from)} → ${endName(context, ends.to)}`;
  const all = protocols.flatMap(({ spans }) => spans);
  const [first] = all;
  if (all.length === protocols.length && all.every(({ trace }) => trace.outcome === first?.trace.outcome)) {
    const { connection, outcome, summary } = follow({
      ...ends,
      protocol: 'Tcp',
      port: ends.to.kind === 'internet' ? 443 : askedFirst,
    });
    const says =
      outcome === 'arrives' ? `${sentenceStart(context, ends)} at every TCP and UDP port.` : summary;
    return [{ text: `${route}, every port`, connection, outcome, says }];
  }
  const open = protocols.flatMap(({ protocol, spans }): ReachWay[] => {
    const arriving = spans.filter(({ trace }) => trace.outcome !== 'blocked');
    const [one] = arriving;
    if (!one) return [];
    const ports = `${protocol.toUpperCase()} ${listed(
      arriving.flatMap((span) => spanTexts(span)),
      12,
    )}`;
    const { connection, outcome } = one.trace;
    return [
      {
        text: `${route}, ${ports}`,
        connection,
        outcome,
        says: `${sentenceStart(context, ends)} at ${ports}.`,
      },
    ];
  });
  const closed = all.filter(({ trace }) => trace.outcome === 'blocked');
  const asked = closed.find(({ first: from, last }) => from <= askedFirst && askedFirst <= last);
  const other =
    asked === undefined ? closed[0]?.trace : follow({ ...asked.trace.connection, port: askedFirst });
  if (!other) return open;
  const { connection, summary } = other;
  return [...open, { text: `${route}, every other port`, connection, outcome: 'blocked', says: summary }];
}

/** A span as items of a list: `80`, `80` and `81`, `80 to 90`. */
function spanTexts({ first, last }: PortSpan): string[] {
  if (last - first > 1) return [`${first} to ${last}`];
  return first === last ? [String(first)] : [String(first), String(last)];
}

const endName = (context: TraceContext, end: TraceEnd): string =>
  end.kind === 'piece' && end.piece !== undefined ? heading(context, end.piece) : 'Internet';

function sentenceStart(context: TraceContext, { from, to }: Pick<Connection, 'from' | 'to'>): string {
  const name = (end: TraceEnd): string =>
    called(context, end.kind === 'piece' ? (end.piece ?? 'internet') : 'internet');
  const verb = name(from) === 'the agents' ? 'reach' : 'reaches';
  return `${capital(name(from))} ${verb} ${name(to)}`;
}
