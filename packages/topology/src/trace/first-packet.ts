import type { Family } from './addresses.ts';
import { attachmentParty, internetParty, type Packet } from './packet.ts';
import type { Connection } from './connection.ts';
import type { Attachment } from './network-parts.ts';
import type { Nobody } from './origin.ts';
import { toCheck } from './untraced.ts';
import { giveUp, startWalk, stop, type Walk } from './walk.ts';
import { capital, type TraceContext } from './words.ts';

type Names = Pick<Packet, 'from' | 'to'>;

/** The packet by which a machine opens a connection; where it goes is still to be said. */
export const packetOfMachine = (connection: Connection, source: Attachment, names: Names): Packet => ({
  ...packetFromInternet(connection, source.family, names),
  source: attachmentParty(source),
});

/** The packet by which somebody on the internet opens a connection; where it goes is still to be said. */
export const packetFromInternet = (
  { port, protocol, from: { port: sourcePort } }: Connection,
  family: Family,
  names: Names,
): Packet => ({
  ...names,
  source: internetParty(family),
  destination: internetParty(family),
  port,
  protocol,
  sourcePort,
});

/** Nothing to follow: it is known to lead nowhere, or where it leads is not evaluated here. */
export function noWalk(connection: Connection, { piece, why, check }: Nobody): Walk {
  const walk = startWalk(packetFromInternet(connection, 'ipv4', { from: 'nowhere', to: 'nowhere' }));
  if (check === undefined) return stop(walk, { piece, says: why }, why);
  return giveUp(walk, { piece, says: why, facts: [toCheck(check)] }, why);
}

/** Why a piece is no end of a connection; `whence` says from where, if it may be one from elsewhere. */
export function noGoal(context: TraceContext, { to }: Connection, name: string, whence = ''): Nobody {
  const { index } = context;
  const piece = to.piece?.toLowerCase() ?? 'internet';
  const untraced = index.untraced.get(piece);
  if (untraced) {
    const { why, check } = untraced.type;
    return { piece, why: `What goes to ${name} is not traced: ${why}.`, check };
  }
  const isKnown =
    piece === 'internet' || piece === 'service' || index.resources.has(piece) || index.subnets.has(piece);
  if (isKnown) return { piece, why: `${capital(name)} takes no connections${whence}.` };
  return {
    piece: 'internet',
    why: 'Where this should go is not among these resources.',
    check: 'the resources around it',
  };
}
