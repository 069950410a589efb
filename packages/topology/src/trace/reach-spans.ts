import { textOf, type Address } from './addresses.ts';
import { portSpans, type PortSpan } from './admitted-ports.ts';
import type { Connection, ReachWay, Trace, TraceEnd } from './connection.ts';
import type { Attachment } from './network-parts.ts';
import { called, capital, heading, listed, type TraceContext } from './words.ts';

/** Docker's port without encryption: the one that people ask about first. */
export const askedFirst = 2375;

export const pieceEnd = (piece: string): TraceEnd => ({ kind: 'piece', piece });
export const addressEnd = (address: Address): TraceEnd => ({ kind: 'address', address: textOf(address) });
export const internet: TraceEnd = { kind: 'internet' };

/** One way for the ports of each protocol that arrive or are not traced to their end, and one for all that do not arrive. */
export function spanWays(
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
  const open = protocols.flatMap(({ protocol, spans }) =>
    [false, true].flatMap((isUntraced): ReachWay[] => {
      const own = spans.filter(
        ({ trace }) => trace.outcome !== 'blocked' && (trace.outcome === 'notTraced') === isUntraced,
      );
      const [one] = own;
      if (!one) return [];
      const ports = `${protocol.toUpperCase()} ${listed(
        own.flatMap((span) => spanTexts(span)),
        12,
      )}`;
      const { connection, outcome, summary } = one.trace;
      const says = isUntraced ? summary : `${sentenceStart(context, ends)} at ${ports}.`;
      return [{ text: `${route}, ${ports}`, connection, outcome, says }];
    }),
  );
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

/** What an end is called where it stands alone. */
export function endName(context: TraceContext, { kind, piece, address }: TraceEnd): string {
  if (kind === 'piece' && piece !== undefined) return heading(context, piece);
  return address ?? 'Internet';
}

function sentenceStart(context: TraceContext, { from, to }: Pick<Connection, 'from' | 'to'>): string {
  const name = ({ piece, address }: TraceEnd): string => address ?? called(context, piece ?? 'internet');
  const verb = name(from) === 'the agents' ? 'reach' : 'reaches';
  return `${capital(name(from))} ${verb} ${name(to)}`;
}
