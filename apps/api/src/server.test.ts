import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { routes } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort, makeFolder } from '../test/portal.test-support.ts';

// Processes start slowly on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 });

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder();
});
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => folder.remove());

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'server.ts')], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder.folder,
      SLIPWAY_DATA_DIR: folder.folder,
      // The line that it listens is what the tests wait for.
      SLIPWAY_LOG_LEVEL: 'info',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ended = once(child, 'exit').then(([code]) => ({ code: code as number | null, errors }));
  const listening = (async () => {
    for await (const line of createInterface({ input: child.stdout }))
      if (line.includes('Server listening')) return;
    throw new Error(`The server ended before it listened: ${errors}`);
  })();
  // Where the server is meant to end, nobody waits for this.
  listening.catch(() => undefined);
  return { child, ended, listening };
}

describe('the server', () => {
  it('does not start with a bad setting, and says which in one sentence', async () => {
    const { ended } = start({ SLIPWAY_CLOUD: 'moon' });
    expect(await ended).toEqual({ code: 1, errors: 'SLIPWAY_CLOUD must be one of local, azure.\n' });
  });

  it('answers, and stops with grace when it is asked to', async () => {
    const port = await freePort();
    const { child, ended, listening } = start({ SLIPWAY_PORT: String(port) });
    await listening;
    expect((await fetch(`http://localhost:${port}${routes.health()}`)).status).toBe(200);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('does not stay behind when who started it dies before it has begun', async () => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'server.ts')], {
      env: { PATH: process.env['PATH'], SLIPWAY_PORT: '0', SLIPWAY_DATA_DIR: folder.folder },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.push(child);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([1, null]);
  });

  it('says that its port is in use', async () => {
    const port = await freePort();
    const first = start({ SLIPWAY_PORT: String(port) });
    await first.listening;
    const second = await start({ SLIPWAY_PORT: String(port) }).ended;
    expect(second).toMatchObject({ code: 1, errors: expect.stringContaining(`${port} is in use`) as string });
    first.child.kill('SIGTERM');
    await first.ended;
  });
});
