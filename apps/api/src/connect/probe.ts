import { type Socket, connect as connectTcp, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { EntranceCheck } from '@slipway/contract';
import { asError } from '../api-error.ts';

/** What is spoken at an entrance: `tcp` where nothing is known but that it takes connections. */
export type ProbeKind = 'ssh' | 'http' | 'https' | 'tcp';

export interface ProbeTarget {
  host: string;
  port: number;
  kind: ProbeKind;
}

/** What a probe came to, without the address. */
export type Probed = Omit<EntranceCheck, 'address'>;

const timeLimitMs = 5_000;
/** Servers may say something before their banner (RFC 4253, section 4.2); more than this is not read. */
const longestAnswerBytes = 16 * 1024;
const longestBanner = 100;

/**
 * Tries to connect and to get a first word: the banner of an SSH server, the status of `GET /`, nothing more. Ends
 * after five seconds at the latest; what it came to is the result, never an error.
 *
 * @param signal ends the try before time; the promise is then rejected with the signal's reason
 */
export function probe(
  { host, port, kind }: ProbeTarget,
  { signal, limitMs = timeLimitMs }: { signal: AbortSignal; limitMs?: number },
): Promise<Probed> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const startedAt = performance.now();
    const socket = openSocket(host, port, kind);
    let connected = false;
    let heard = '';
    let over = false;

    const stop = (): void => {
      over = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
    };
    const end = (outcome: Probed['outcome'], words: (milliseconds: number) => string): void => {
      if (over) return;
      stop();
      const milliseconds = Math.round(performance.now() - startedAt);
      resolve({ outcome, detail: words(milliseconds), milliseconds });
    };
    const abort = (): void => {
      stop();
      reject(asError(signal.reason));
    };
    signal.addEventListener('abort', abort);
    const timer = setTimeout(() => {
      if (connected) end('silent', () => silentWords(kind, limitMs));
      else end('unreachable', () => `No connection came about within ${limitMs / 1000} s.`);
    }, limitMs);

    socket.on('connect', () => (connected = true));
    socket.on(kind === 'https' ? 'secureConnect' : 'connect', () => {
      if (kind === 'tcp') end('answered', (ms) => `Connected in ${ms} ms.`);
      else if (kind !== 'ssh') socket.write(httpRequest(host, port, kind));
    });
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.toString('latin1');
      const found = firstWord(kind, heard);
      if (found) end('answered', (ms) => `${found} in ${ms} ms.`);
      else if (found === undefined || heard.length > longestAnswerBytes)
        end('closed', () => strangeWords(kind));
    });
    socket.on('end', () =>
      end('closed', () =>
        heard === ''
          ? `Connected, but the connection was closed before ${names[kind]} answered.`
          : strangeWords(kind),
      ),
    );
    // Stays to the end: also a socket that was given up may tell of an error.
    socket.on('error', (thrown: NodeJS.ErrnoException) => {
      const code = thrown.code ?? '';
      // The news of a reset may come before that of the connection that was reset.
      if (connected || code === 'ECONNRESET')
        end('closed', () => `Connected, but then ${brokenWords(kind, code)}.`);
      else if (code === 'ECONNREFUSED') end('refused', () => 'Refused: nothing listens there.');
      else end('unreachable', () => unreachableWords(host, code));
    });
  });
}

const names: Record<ProbeKind, string> = { ssh: 'SSH', http: 'HTTP', https: 'HTTPS', tcp: 'anything' };

function openSocket(host: string, port: number, kind: ProbeKind): Socket {
  if (kind !== 'https') return connectTcp({ host, port });
  // Whose certificate it is matters to nobody here: nothing is told to the server and nothing of it believed.
  return connectTls({ host, port, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) });
}

function httpRequest(host: string, port: number, kind: 'http' | 'https'): string {
  const name = host.includes(':') ? `[${host}]` : host;
  const authority = port === (kind === 'http' ? 80 : 443) ? name : `${name}:${port}`;
  return `GET / HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: Slipway\r\nAccept: */*\r\nConnection: close\r\n\r\n`;
}

/** What the first line that counts says; empty while it has not come; undefined when it will not come any more. */
function firstWord(kind: ProbeKind, heard: string): string | undefined {
  if (kind === 'ssh') {
    const banner = /^(SSH-[^\r\n]*)\r?\n/m.exec(heard)?.[1];
    return banner === undefined ? '' : banner.replaceAll(/[^\x20-\x7E]/g, '').slice(0, longestBanner);
  }
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})\b/.exec(heard)?.[1];
  if (status !== undefined) return `HTTP ${status}`;
  return /[\r\n]/.test(heard) || !'HTTP/'.startsWith(heard.slice(0, 5)) ? undefined : '';
}

const strangeWords = (kind: ProbeKind): string => `Something else than ${names[kind]} answers there.`;

function silentWords(kind: ProbeKind, limitMs: number): string {
  const said = `Connected, but nothing answered within ${limitMs / 1000} s`;
  return kind === 'ssh' ? `${said}.` : `${said}: no container is published on this port yet?`;
}

function brokenWords(kind: ProbeKind, code: string): string {
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was cut';
  return kind === 'https'
    ? 'no TLS connection came about'
    : `the connection broke (${code || 'no reason given'})`;
}

function unreachableWords(host: string, code: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA')
    return `The name ${host} leads to no address, as the portal's computer sees it.`;
  if (code === 'ETIMEDOUT') return 'No connection came about in time.';
  return `There is no way to it from the portal's computer${code === '' ? '' : ` (${code})`}.`;
}
