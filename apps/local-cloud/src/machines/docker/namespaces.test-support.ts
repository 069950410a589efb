import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

function run(command: string, args: readonly string[], input = ''): string {
  const { error, status, stderr, stdout } = spawnSync(command, args, { encoding: 'utf8', input });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Whether this process may make network namespaces and load packet filters into them. */
export function hasNamespaces(): boolean {
  const name = `slipway-try-${process.pid}`;
  try {
    run('ip', ['netns', 'add', name]);
  } catch {
    return false;
  }
  try {
    run('ip', ['netns', 'exec', name, 'nft', 'add', 'table', 'inet', 'slipway']);
    run('ip', ['-n', name, 'link', 'add', 'bridge', 'type', 'bridge']);
    return true;
  } catch {
    return false;
  } finally {
    run('ip', ['netns', 'del', name]);
  }
}

/** What became of a connection: the text it got, `closed` without a text, or `silent`. */
export type Outcome = string;

export interface Attempt {
  host: string;
  port: number;
  /** Source address, when it is not to be the machine's own. */
  from?: string;
  /** How long to wait for the text; a drop can only be told by silence. */
  waitMs: number;
}

const server = `
const { createServer } = require('node:net');
const endpoints = JSON.parse(process.argv[1]);
let left = endpoints.length;
for (const [host, port] of endpoints) {
  createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(socket.localAddress + ' saw ' + socket.remoteAddress);
  }).listen(port, host, () => { if (--left === 0) console.log('listening'); });
}`;

const client = `
const { connect } = require('node:net');
const attempts = JSON.parse(process.argv[1]);
const one = ({ host, port, from, waitMs }) => new Promise((resolve) => {
  let text = '';
  const socket = connect({ host, port, ...(from ? { localAddress: from } : {}) });
  const end = (outcome) => { clearTimeout(timer); socket.destroy(); resolve(outcome); };
  const timer = setTimeout(() => end('silent'), waitMs);
  socket.on('data', (data) => { text += data; });
  socket.on('close', () => end(text || 'closed'));
  socket.on('error', () => end(text || 'closed'));
});
Promise.all(attempts.map(one)).then((outcomes) => console.log(JSON.stringify(outcomes)));`;

/** Network namespaces of one test file, with the processes in them; `close` removes all of it. */
export class Namespaces {
  readonly #prefix: string;
  readonly #names: string[] = [];
  readonly #processes: ChildProcess[] = [];

  constructor(label: string) {
    this.#prefix = `slipway-${label}-${process.pid}`;
  }

  add(name: string): void {
    run('ip', ['netns', 'add', this.#full(name)]);
    this.#names.push(name);
    this.ip(name, 'link set lo up');
  }

  /** Runs `ip` with words that contain no space. */
  ip(name: string, words: string): void {
    run('ip', ['-n', this.#full(name), ...words.split(' ')]);
  }

  /** A cable between two namespaces: a device in each. */
  connect(name: string, device: string, otherName: string, otherDevice: string): void {
    this.ip(name, `link add ${device} type veth peer name ${otherDevice} netns ${this.#full(otherName)}`);
    this.ip(name, `link set ${device} up`);
    this.ip(otherName, `link set ${otherDevice} up`);
  }

  exec(name: string, command: string, args: readonly string[], input = ''): string {
    return run('ip', ['netns', 'exec', this.#full(name), command, ...args], input);
  }

  /** Listens at these addresses and ports until `close`; each connection is told who it is and whom it reached. */
  async serve(name: string, endpoints: readonly (readonly [host: string, port: number])[]): Promise<void> {
    const args = [
      'netns',
      'exec',
      this.#full(name),
      process.execPath,
      '-e',
      server,
      JSON.stringify(endpoints),
    ];
    const child = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#processes.push(child);
    await once(child.stdout, 'data');
  }

  /** Tries connections side by side. */
  async attempt(name: string, attempts: readonly Attempt[]): Promise<Outcome[]> {
    const args = [
      'netns',
      'exec',
      this.#full(name),
      process.execPath,
      '-e',
      client,
      JSON.stringify(attempts),
    ];
    const child = spawn('ip', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#processes.push(child);
    let text = '';
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
    });
    await once(child, 'close');
    return JSON.parse(text) as Outcome[];
  }

  close(): void {
    for (const child of this.#processes) child.kill('SIGKILL');
    for (const name of this.#names) run('ip', ['netns', 'del', this.#full(name)]);
  }

  #full(name: string): string {
    return `${this.#prefix}-${name}`;
  }
}
