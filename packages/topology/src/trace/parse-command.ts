import { servicePorts } from './parse-port.ts';

/** Where a command line or address connects to. */
export interface Dialled {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly protocol: 'Tcp' | 'Icmp';
}

/** Options of `ssh` that take a value (ssh's manual). */
const sshValues = /[BbcDEeFIiJLlmOoPpQRSWw]/;
/** Options of `curl` that take a value, the common ones. */
const curlValues = new Set([
  '-H',
  '-X',
  '-d',
  '-o',
  '-u',
  '-A',
  '-m',
  '--header',
  '--request',
  '--data',
  '--output',
  '--user',
  '--max-time',
  '--connect-timeout',
  '--resolve',
  '--cacert',
  '--retry',
]);

/**
 * What a pasted command line dials: `ssh`, `scp`, `sftp`, `curl`, `wget`, `ping`, `telnet`, `nc`, `docker -H`, or an
 * address with a scheme. Of a tunnel (`-L`) it is the connection to the server that counts. Nothing for other texts.
 */
export function parseCommand(text: string): Dialled | undefined {
  const words = commandWords(text).filter((word) => word !== '$' && word !== 'sudo' && word !== '');
  const [command, ...rest] = words;
  switch (command?.toLowerCase() ?? '') {
    case 'ssh':
    case 'sftp':
    case 'scp':
    case 'ssh-copy-id':
      return dialledBySsh(rest, command?.toLowerCase() ?? '');
    case 'curl':
    case 'wget':
      return dialledByCurl(rest);
    case 'ping':
      return { host: rest.findLast((word) => !word.startsWith('-')), port: 0, protocol: 'Icmp' };
    case 'telnet':
    case 'nc':
    case 'ncat': {
      const [host, port] = rest.filter((word) => !word.startsWith('-'));
      return { host, port: portNumber(port), protocol: 'Tcp' };
    }
    default: {
      const url = words
        .map((word) => dialledByUrl(word.replace(/^(?:DOCKER_HOST|--host|-H)=?/, '')))
        .find(Boolean);
      return url;
    }
  }
}

/** The words of a command line; what stands in quotes is one, without them. */
function commandWords(text: string): string[] {
  const words = [''];
  let quote = '';
  for (const letter of text) {
    if (quote === '' && (letter === '"' || letter === "'")) quote = letter;
    else if (letter === quote) quote = '';
    else if (letter === ' ' && quote === '') words.push('');
    else words.push(`${words.pop() ?? ''}${letter}`);
  }
  return words;
}

function dialledBySsh(words: readonly string[], command: string): Dialled {
  let port: number | undefined;
  let host: string | undefined;
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    if (!word.startsWith('-') || word === '-') {
      host ??= command === 'scp' && !word.includes(':') ? undefined : word;
      continue;
    }
    const letter = word.slice(1).search(sshValues);
    if (letter < 0) continue;
    const option = word.charAt(letter + 1);
    const attached = word.slice(letter + 2);
    const value = attached === '' ? words[++place] : attached;
    if (option === 'p' || (option === 'P' && command !== 'ssh')) port = portNumber(value);
    if (option === 'o' && value?.toLowerCase().startsWith('port=') === true)
      port = portNumber(value.slice(5));
  }
  if (host?.startsWith('ssh://') === true) {
    const url = dialledByUrl(host);
    return { host: url?.host, port: port ?? url?.port ?? 22, protocol: 'Tcp' };
  }
  const place = host?.slice(host.lastIndexOf('@') + 1);
  const isPath = command === 'scp' || place?.startsWith('[') === true;
  return { host: isPath ? hostAndPort(place ?? '').host : place, port: port ?? 22, protocol: 'Tcp' };
}

function dialledByCurl(words: readonly string[]): Dialled | undefined {
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    if (curlValues.has(word)) place++;
    else if (!word.startsWith('-')) {
      return dialledByUrl(word) ?? dialledByUrl(`http://${word}`);
    }
  }
  return undefined;
}

/** Host and port of an address with a scheme; quotes around it do not count. */
function dialledByUrl(word: string): Dialled | undefined {
  const bare = word.replace(/^["'<(]+/, '').replace(/["'>),;]+$/, '');
  const scheme = bare.indexOf('://');
  if (scheme < 1 || !/^[a-z][a-z0-9+.-]*$/i.test(bare.slice(0, scheme))) return undefined;
  const authority = bare.slice(scheme + 3).split(/[/?#]/, 1)[0] ?? '';
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  const { host, port } = hostAndPort(place);
  const usual = servicePorts.get(bare.slice(0, scheme).toLowerCase());
  return {
    host,
    port: port === undefined ? usual?.port : portNumber(port),
    protocol: 'Tcp',
  };
}

/** `host:port`, and `[fd00::4]:port` with an IPv6 address (RFC 3986, section 3.2.2); what follows may be a path as well. */
function hostAndPort(text: string): { host: string | undefined; port: string | undefined } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/.exec(text) ?? [];
  return { host: (bracketed ?? plain) || undefined, port };
}

function portNumber(text: string | undefined): number | undefined {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}
