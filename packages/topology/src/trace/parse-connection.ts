import type { Connection, TraceEnd, TraceInput } from './connection.ts';
import { findHost, findPiece } from './find-piece.ts';
import { addressOf } from './addresses.ts';
import { parseCommand, type Dialled } from './parse-command.ts';
import { readPort, usualProtocol } from './parse-port.ts';
import { suggestConnections } from './suggest-connections.ts';
import { attachmentsAt, frontendsAt, publicAddressesAt } from './trace-ends.ts';
import { ruleAt } from './backends.ts';
import { contextOf, type TraceContext } from './words.ts';

export type ConnectionReading = { connection: Connection } | { problem: string; suggestions: string[] };

const longest = 500;
const internet: TraceEnd = { kind: 'internet' };
const internetWords = /^(?:the )?(?:internet|world|web|outside|anywhere|anyone|everyone|public internet)$/i;

/**
 * Reads what somebody types or pastes: `internet → TCP 443`, `443`, `https`, `agent 3 → master 0:2377`, `udp 4789`,
 * `ssh -p 2201 …`, `curl http://…`, names, titles, DNS names and IP addresses. Without a sender it is the internet;
 * without a target, or with a placeholder for it, whatever public address takes the port. The text is only compared,
 * never run; at most 500 characters.
 */
export function parseConnection(input: TraceInput, text: string): ConnectionReading {
  const context = contextOf(input);
  const read = parseIn(context, text);
  if ('connection' in read) return read;
  return {
    ...read,
    suggestions: suggestConnections(input)
      .slice(0, 5)
      .map((item) => item.text),
  };
}

type Reading = { connection: Connection } | { problem: string };

function parseIn(context: TraceContext, given: string): Reading {
  if (given.length > longest) return { problem: `That is longer than ${longest} characters.` };
  const text = given.replaceAll(/\s+/g, ' ').trim();
  if (text === '') return { problem: 'Say what should connect to what, for example “internet → TCP 443”.' };
  const sides = splitSides(text);
  const command = sides === undefined ? parseCommand(text) : undefined;
  if (command) return readCommand(context, command);
  const from = sides === undefined ? internet : readSource(context, sides.from);
  if (from === undefined) {
    return { problem: `Nothing here is called “${sides?.from ?? ''}”.` };
  }
  return readTarget(context, from, sides?.to ?? withoutInternet(text));
}

/** `internet TCP 2375`: where only one side is named, and it is the internet, it is the sender. */
const withoutInternet = (text: string): string =>
  text.replace(/^(?:from )?(?:the )?internet[ ,:]+(?=\S)/i, '');

/** Both sides of an arrow, or of `from … to …`; nothing where a text has no such. */
function splitSides(text: string): { from: string; to: string } | undefined {
  for (const arrow of ['→', '-->', '->', '=>', '⇒', ' > ', ' to ']) {
    const place = text.indexOf(arrow);
    if (place < 0 || (arrow === ' to ' && parseCommand(text))) continue;
    const from = text
      .slice(0, place)
      .trim()
      .replace(/^from /i, '');
    return { from: from === '' ? 'internet' : from, to: text.slice(place + arrow.length).trim() };
  }
  return undefined;
}

function readSource(context: TraceContext, text: string): TraceEnd | undefined {
  if (internetWords.test(text)) return internet;
  if (addressOf(text) !== undefined) return { kind: 'address', address: text };
  const piece = findPiece(context, text);
  return piece === undefined ? undefined : { kind: 'piece', piece };
}

function readCommand(context: TraceContext, { host, port, protocol }: Dialled): Reading {
  const wanted = port ?? 80;
  if (host !== undefined && /^(?:localhost|127\.[\d.]+|::1)$/i.test(host)) {
    return { problem: `${host} is your own computer: follow the tunnel’s SSH connection instead.` };
  }
  const to = host === undefined || isPlaceholder(host) ? undefined : readHost(context, host);
  if (host !== undefined && !isPlaceholder(host) && to === undefined) {
    return { problem: `None of the public addresses here is called “${host}”.` };
  }
  return {
    connection: { from: internet, to: to ?? anyAddress(context, protocol, wanted), protocol, port: wanted },
  };
}

/** What documents write where a name belongs: `HOST`, `NAMEmgmt…`, `<address>`. */
const isPlaceholder = (host: string): boolean =>
  addressOf(host) === undefined && /[<>{}…]|\.\.\.|^[A-Z_-]{3,}|^\$/.test(host);

function readHost(context: TraceContext, host: string): TraceEnd | undefined {
  const piece =
    findHost(context, host) ?? (addressOf(host) === undefined ? findPiece(context, host) : undefined);
  if (piece !== undefined) return { kind: 'piece', piece };
  return addressOf(host) === undefined ? undefined : { kind: 'address', address: host };
}

function readTarget(context: TraceContext, from: TraceEnd, text: string): Reading {
  const command = parseCommand(text);
  if (command) {
    const read = readCommand(context, command);
    return 'connection' in read ? { connection: { ...read.connection, from } } : read;
  }
  const read = readPort(text);
  const whole = read.isBare ? readEnd(context, `${read.rest} ${read.port ?? ''}`.trim()) : undefined;
  const isName = whole !== undefined && read.rest !== '';
  if (read.isWrong && !isName) {
    return { problem: `${read.port ?? 0} is no port: ports go from 1 to 65535.` };
  }
  const end = isName ? whole : readEnd(context, read.rest);
  if (end === undefined && read.rest !== '') return { problem: `Nothing here is called “${read.rest}”.` };
  const stated = isName ? undefined : read.port;
  const protocol = read.protocol ?? (stated === undefined ? 'Tcp' : usualProtocol(stated));
  const port = stated ?? usualPort(context, from, end);
  if (port === undefined) return { problem: `Which port? For example “${text}, TCP 443”.` };
  const fallback = from.kind === 'internet' ? anyAddress(context, protocol, port) : internet;
  return { connection: { from, to: end ?? fallback, protocol, port } };
}

function readEnd(context: TraceContext, text: string): TraceEnd | undefined {
  if (text === '') return undefined;
  if (internetWords.test(text)) return internet;
  const host = readHost(context, text);
  if (host) return host;
  const piece = findPiece(context, text);
  return piece === undefined ? undefined : { kind: 'piece', piece };
}

/** The one public address that takes a port, or all of them where none does, or several do. */
function anyAddress(context: TraceContext, protocol: Connection['protocol'], port: number): TraceEnd {
  const taking = [...context.index.frontendsByPublicIp].filter(([, placed]) =>
    placed.some(({ balancer, frontend }) => ruleAt(balancer, frontend, protocol, port) !== undefined),
  );
  const [only] = taking;
  return { kind: 'piece', piece: taking.length === 1 && only ? only[0] : 'service' };
}

/** The port that a question without one is about: from the internet the first that leads there; to the internet HTTPS. */
function usualPort(context: TraceContext, from: TraceEnd, to: TraceEnd | undefined): number | undefined {
  if (to?.kind === 'internet') return 443;
  if (from.kind !== 'internet' || to?.piece === undefined) return undefined;
  const { index } = context;
  const [attachment] = attachmentsAt(context, to.piece);
  const behind = attachment && index.rulesOf.get(attachment.id)?.[0]?.rule.firstPort;
  if (behind !== undefined) return behind;
  const placed =
    frontendsAt(context, to.piece)[0] ??
    publicAddressesAt(context, to.piece).flatMap(({ id }) => index.frontendsByPublicIp.get(id) ?? [])[0];
  return (
    placed?.balancer.inbound.find(({ frontendId }) => frontendId === placed.frontend.id)?.firstPort ?? 22
  );
}
