import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { startServices } from '../services.mjs';

/** What the computer does instead of starting a process, in turn; the last again and again. */
const starts: ((child: EventEmitter & { pid?: number }) => void)[] = [];
vi.mock('node:child_process', async (original) => ({
  ...(await original<object>()),
  spawn: (): ChildProcess => {
    const child = Object.assign(new EventEmitter(), {
      kill: () => process.nextTick(() => child.emit('exit', null, 'SIGTERM')),
    });
    const start = starts.length > 1 ? starts.shift() : starts[0];
    start?.(child);
    return child as unknown as ChildProcess;
  },
}));

const environment = { SLIPWAY_CLOUD: 'azure', SLIPWAY_HOST: '127.0.0.1', SLIPWAY_PORT: '0' };
const servers: Server[] = [];
afterEach(() => {
  starts.length = 0;
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** A start that goes well: something answers at the port. */
const works = (child: EventEmitter & { pid?: number }): void => {
  child.pid = 1;
  const server = createServer((_request, answer) => answer.end('{}')).listen(
    Number(environment.SLIPWAY_PORT),
    environment.SLIPWAY_HOST,
  );
  servers.push(server);
  child.once('exit', () => {
    server.close();
    server.closeAllConnections();
  });
};
const isRefused = (child: EventEmitter): void =>
  process.nextTick(() => child.emit('error', new Error('spawn EAGAIN')));

async function takePort(): Promise<void> {
  const server = createServer().listen(0, environment.SLIPWAY_HOST);
  await once(server, 'listening');
  environment.SLIPWAY_PORT = String((server.address() as AddressInfo).port);
  server.close();
  await once(server, 'close');
}

test('a process that cannot be started just now is tried again, and takes nothing else down', async () => {
  await takePort();
  const first = new EventEmitter();
  starts.push(
    (child) => {
      works(child);
      first.once('dies', () => child.emit('exit', 1, null));
    },
    isRefused,
    isRefused,
    works,
  );
  const notes: string[] = [];
  const services = await startServices({ environment, onNote: (note) => notes.push(note) });
  first.emit('dies');
  await expect.poll(() => notes.length, { timeout: 10_000 }).toBe(3);
  expect(notes).toEqual([
    'The API ended (exit code 1) and is started again.',
    'The API could not be started (spawn EAGAIN) and is started again.',
    'The API could not be started (spawn EAGAIN) and is started again.',
  ]);
  const answers = () =>
    fetch(services.portal).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(answers, { timeout: 10_000 }).toBe(true);
  await services.stop();
});

test('a process that cannot be started at all is an error in words', async () => {
  await takePort();
  starts.push(isRefused);
  await expect(startServices({ environment })).rejects.toThrow(
    'The API could not be started (spawn EAGAIN).',
  );
});
