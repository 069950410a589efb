import { dialled, publishedRulesAt, type PublishedRule } from './published-rules.ts';
import type { Connection, ReachAnswer, ReachWay, TraceInput } from './connection.ts';
import type { Attachment } from './network-parts.ts';
import { byIpv6, mostMachines, neighboursOf, nodeByIpv6, servicesOf, type Node } from './neighbours.ts';
import { addressEnd, askedFirst, endName, internet, pieceEnd, spanWays } from './reach-spans.ts';
import { pastUntraced } from './reach-untraced.ts';
import { anywhereIn, attachmentsAt } from './trace-ends.ts';
import { traceBetween, traceEntrance, traceIn } from './trace-connection.ts';
import { called, contextOf, heading, portText, type TraceContext } from './words.ts';

/** Of a pool this many members are followed at most; they are alike in all but their addresses. */
const mostBackends = 50;

/**
 * What reaches a piece: from the internet every published port that leads there, and from the other machines of its
 * network, and of peered ones, the ports that are admitted, by either family. What may come through pieces that are not evaluated here is
 * said to be so. Nothing for pieces that take no connections.
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
  if (first === undefined) {
    return { piece: id, ways: ways.length > 0 ? ways : atPublicAddress(context, id) };
  }
  const own = ownAddresses(context, attachments).flatMap((item) => fromInternet(context, item));
  const inside = neighboursOf(context, first.subnet?.networkId)
    .filter(({ attachment }) => attachment.id !== first.id)
    .flatMap((node) => among(context, node, { end: pieceEnd(id), attachment: first }));
  const ipv6 = nodeByIpv6(attachments);
  const insideByIpv6 = ipv6
    ? byIpv6(context, first.subnet?.networkId)
        .filter(({ attachment }) => attachment.id !== ipv6.attachment.id)
        .flatMap((node) => among(context, node, ipv6))
    : [];
  const none = ways.length + own.length === 0 ? [nothingFromInternet(context, id)] : [];
  const past = pastUntraced(context, id, first, 'to');
  return { piece: id, ways: [...ways, ...own, ...none, ...past, ...inside, ...insideByIpv6] };
}

/**
 * What a piece reaches: the internet, and which ports of the other machines and internal load balancers of its network.
 * What may be reached through pieces that are not evaluated here is said to be so.
 */
export function whatItReaches(input: TraceInput, piece: string): ReachAnswer {
  const context = contextOf(input);
  const id = piece.toLowerCase();
  const attachments = id === 'internet' ? [] : endsAt(context, id);
  const [first] = attachments;
  if (context.index.untraced.has(id)) {
    return { piece: id, ways: [traced(context, { from: pieceEnd(id), to: internet })] };
  }
  if (first === undefined) {
    const rules = publishedRulesAt(context, id === 'internet' ? 'service' : id, []);
    const others = id === 'internet' ? [...context.index.publicAddresses.keys()] : [];
    return {
      piece: id,
      ways: [
        ...rules.map((rule) => throughRule(context, rule, [])),
        ...others.slice(0, mostMachines).flatMap((other) => atPublicAddress(context, other)),
      ],
    };
  }
  const from = { end: pieceEnd(id), attachment: first };
  const services = servicesOf(context, first.subnet?.networkId);
  const inside = [...neighboursOf(context, first.subnet?.networkId), ...services]
    .filter(({ attachment }) => attachment.id !== first.id)
    .flatMap((node) => among(context, from, node));
  const past = pastUntraced(context, id, first, 'from');
  const ipv6 = nodeByIpv6(attachments);
  const byOther = ipv6
    ? [
        ...toInternet(context, ipv6),
        ...byIpv6(context, first.subnet?.networkId)
          .filter(({ attachment }) => attachment.id !== ipv6.attachment.id)
          .flatMap((node) => among(context, ipv6, node)),
      ]
    : [];
  return {
    piece: id,
    ways: [...toInternet(context, from), ...toInternal(context, from), ...past, ...inside, ...byOther],
  };
}

function endsAt(context: TraceContext, id: string): readonly Attachment[] {
  const found = attachmentsAt(context, id);
  const subnet = context.index.subnets.get(id);
  return found.length === 0 && subnet ? [anywhereIn(subnet)] : found;
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

/** What comes to a public address that no load balancer has: to a machine's, or to that of a piece that is not evaluated. */
function atPublicAddress(context: TraceContext, piece: string): ReachWay[] {
  const { index } = context;
  if (index.untraced.has(piece)) return [traced(context, { from: internet, to: pieceEnd(piece) })];
  const publicAddress = index.publicAddresses.get(piece);
  if (!publicAddress || index.frontendsByPublicIp.has(piece)) return [];
  const attachment = index.attachmentByPublicIp.get(piece);
  if (attachment) return fromInternet(context, attachment);
  return publicAddress.holderId === undefined || index.natGatewayByPublicIp.has(piece)
    ? []
    : [traced(context, { from: internet, to: pieceEnd(piece) })];
}

/** What comes of one connection by HTTPS. */
function traced(context: TraceContext, ends: Pick<Connection, 'from' | 'to'>): ReachWay {
  const connection: Connection = { ...ends, protocol: 'Tcp', port: 443 };
  const { outcome, summary } = traceIn(context, connection);
  const text = `${endName(context, ends.from)} → ${endName(context, ends.to)}, ${portText('Tcp', 443)}`;
  return { text, connection, outcome, says: summary };
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
  const { outcome, summary } = traceIn(context, connection);
  return {
    text: `Internet → ${heading(context, piece)}`,
    connection,
    outcome,
    says:
      outcome === 'blocked'
        ? `No public address leads from the internet to ${called(context, piece)}.`
        : summary,
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
    traceBetween(context, connection, attachment, {
      kind: 'internet',
      family: attachment.family,
      address: undefined,
    }),
  );
}

function toInternal(context: TraceContext, { end, attachment }: Node): ReachWay[] {
  const { index } = context;
  return index.internalFrontends.flatMap(({ balancer, frontend, family }) => {
    if (index.subnets.get(frontend.subnetId ?? '')?.networkId !== attachment.subnet?.networkId) return [];
    return balancer.inbound
      .filter(({ frontendId }) => frontendId === frontend.id)
      .map((rule): ReachWay => {
        const { protocol, port } = dialled(rule);
        const to =
          family === 'ipv6' && frontend.address !== undefined
            ? addressEnd(frontend.address)
            : pieceEnd(balancer.id);
        const connection: Connection = { from: end, to, protocol, port };
        const { outcome, summary } = traceIn(context, connection);
        const text = `${endName(context, end)} → ${endName(context, to)}, ${portText(protocol, port)}`;
        return { text, connection, outcome, says: summary };
      });
  });
}
