import { addressOf } from './addresses.ts';

type Protocol = 'Tcp' | 'Udp' | 'Icmp';

/** Names that people use for ports (IANA's service names, and Docker's documentation for Swarm's). */
export const servicePorts: ReadonlyMap<string, { port: number; protocol: Protocol }> = new Map([
  ['ssh', { port: 22, protocol: 'Tcp' }],
  ['smtp', { port: 25, protocol: 'Tcp' }],
  ['dns', { port: 53, protocol: 'Udp' }],
  ['http', { port: 80, protocol: 'Tcp' }],
  ['ntp', { port: 123, protocol: 'Udp' }],
  ['https', { port: 443, protocol: 'Tcp' }],
  ['docker', { port: 2375, protocol: 'Tcp' }],
  ['swarm', { port: 2377, protocol: 'Tcp' }],
  ['mysql', { port: 3306, protocol: 'Tcp' }],
  ['rdp', { port: 3389, protocol: 'Tcp' }],
  ['vxlan', { port: 4789, protocol: 'Udp' }],
  ['overlay', { port: 4789, protocol: 'Udp' }],
  ['postgres', { port: 5432, protocol: 'Tcp' }],
  ['postgresql', { port: 5432, protocol: 'Tcp' }],
  ['redis', { port: 6379, protocol: 'Tcp' }],
  ['ping', { port: 0, protocol: 'Icmp' }],
]);

/** A text with the port that it names taken out of it. */
export interface PortReading {
  readonly rest: string;
  readonly port: number | undefined;
  readonly protocol: Protocol | undefined;
  /** Whether the port is a bare number at the end, which may as well belong to a name: `agent 3`. */
  readonly isBare: boolean;
  /** Whether a number was stated that is no port. */
  readonly isWrong: boolean;
}

const protocolWord = /^(?:tcp|udp|icmp)$/i;

/**
 * Takes the port out of `master 0:2377/udp`, `tcp 443`, `443/tcp`, `web port 80`, `https`, and with `isBare` out of
 * `web 8080`. What is left is the name of what is meant.
 */
export function readPort(text: string): PortReading {
  const words = text
    .replaceAll(',', ' ')
    .split(' ')
    .flatMap((word) => splitWord(word))
    .filter((word) => word !== '');
  let protocol: Protocol | undefined;
  let port: number | undefined;
  let isBare = false;
  const rest: string[] = [];
  for (const [place, word] of words.entries()) {
    const before = words[place - 1]?.toLowerCase() ?? '';
    const isNumber = /^:?\d{1,6}$/.test(word);
    const isMeant = word.startsWith(':') || before === 'port' || protocolWord.test(before);
    if (protocolWord.test(word)) protocol = protocolOf(word);
    else if (isNumber && (isMeant || isBeforeProtocol(words, place))) {
      port = Number(word.replace(':', ''));
    } else if (word.toLowerCase() !== 'port' || !/^\d/.test(words[place + 1] ?? '')) rest.push(word);
  }
  const last = rest.at(-1) ?? '';
  const service = servicePorts.get(last.toLowerCase());
  if (port === undefined && service && protocol !== 'Icmp') {
    rest.pop();
    port = service.port;
    protocol ??= service.protocol;
  } else if (port === undefined && /^\d{1,6}$/.test(last)) {
    rest.pop();
    port = Number(last);
    isBare = true;
  }
  if (protocol === 'Icmp') port = 0;
  return {
    rest: rest.join(' '),
    port,
    protocol,
    isBare,
    isWrong: port !== undefined && protocol !== 'Icmp' && (port < 1 || port > 65_535),
  };
}

/** Whether a number stands before its protocol (`443 tcp`), and that not before another (`master 0 tcp 443`). */
const isBeforeProtocol = (words: readonly string[], place: number): boolean =>
  protocolWord.test(words[place + 1] ?? '') && !/^:?\d/.test(words[place + 2] ?? '');

/** `443/tcp` and `tcp/443` are two words, `name:443` and `[fd00::4]:443` too; anything else stays as it is. */
function splitWord(word: string): string[] {
  if (addressOf(word) !== undefined) return [word];
  const [, bracketed, port] = /^\[([^\]]+)\](:\d{1,6}(?:\/(?:tcp|udp))?)?$/i.exec(word) ?? [];
  if (bracketed !== undefined) return [bracketed, ...(port?.split('/') ?? [])];
  const colon = word.lastIndexOf(':');
  const tail = word.slice(colon);
  if (colon > 0 && /^:\d{1,6}(?:\/(?:tcp|udp))?$/i.test(tail)) {
    return [word.slice(0, colon), ...tail.split('/')];
  }
  return /^(?::?\d{1,6}\/(?:tcp|udp)|(?:tcp|udp)[/:]\d{1,6})$/i.test(word)
    ? word.replace(/^(tcp|udp):/i, '$1/').split('/')
    : [word];
}

function protocolOf(word: string): Protocol {
  const lower = word.toLowerCase();
  return lower === 'udp' ? 'Udp' : lower === 'icmp' ? 'Icmp' : 'Tcp';
}

/** The protocol of a port that is stated alone: UDP for what only UDP carries. */
export const usualProtocol = (port: number): Protocol =>
  [...servicePorts.values()].find((known) => known.port === port)?.protocol ?? 'Tcp';
