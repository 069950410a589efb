import type { ReachWay, TraceEnd } from './connection.ts';
import type { Attachment } from './network-parts.ts';
import { endName, internet, pieceEnd } from './reach-spans.ts';
import { gatewayAt } from './read-networks.ts';
import { untracedAround } from './untraced-around.ts';
import { called, Called, portText, type TraceContext } from './words.ts';

/** One way for each piece through which a machine may be reached, or may reach others, in ways that are not evaluated. */
export function pastUntraced(
  context: TraceContext,
  piece: string,
  attachment: Attachment,
  direction: 'to' | 'from',
): ReachWay[] {
  const name = called(context, piece);
  return untracedAround(context, attachment.subnet?.networkId).flatMap(({ id, type }): ReachWay[] => {
    if (id === piece) return [];
    const isGateway = gatewayAt(id) !== undefined;
    const ask = (from: TraceEnd, to: TraceEnd, says: string): ReachWay => ({
      text: `${endName(context, from)} → ${endName(context, to)}, ${portText('Tcp', 443)}`,
      connection: { from, to, protocol: 'Tcp', port: 443 },
      outcome: 'notTraced',
      says: `${says}: ${type.why}.`,
    });
    const untraced = Called(context, id);
    if (direction === 'to' && isGateway) {
      return [ask(pieceEnd(id), pieceEnd(piece), `What comes in by ${called(context, id)} is not traced`)];
    }
    if (direction === 'to' && type.leadsIn !== undefined) {
      return [ask(internet, pieceEnd(id), `${untraced} may lead to ${name}, which is not traced`)];
    }
    if (direction === 'from' && isGateway) {
      return [ask(pieceEnd(piece), pieceEnd(id), `What lies beyond ${called(context, id)} is not traced`)];
    }
    return [];
  });
}
