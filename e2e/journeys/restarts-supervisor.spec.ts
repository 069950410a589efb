import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@slipway/contract';
import { freePort, startOwnServices } from '../fixtures/own-services.ts';
import { expect, test as base } from '../fixtures/test.ts';

/** What `npm start` runs, with settings of its own and everything that it says. */
interface Start {
  child: ChildProcess;
  portal: string;
  arm: string;
  output: () => string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

type StartWith = (settings: { port: number; armPort: number; dataDir: string }) => Start;

const script = join(import.meta.dirname, '../../scripts/start.mjs');

const test = base.extend<{
  settings: { port: number; armPort: number; dataDir: string };
  startWith: StartWith;
}>({
  settings: async ({}, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'slipway-start-'));
    await use({ port: await freePort(), armPort: await freePort(), dataDir });
    rmSync(dataDir, { recursive: true, force: true });
  },
  startWith: async ({}, use) => {
    const starts: Start[] = [];
    await use(({ port, armPort, dataDir }) => {
      const child = spawn(process.execPath, [script], {
        // A process group of its own, as a terminal gives it: Ctrl+C reaches everything in it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          SLIPWAY_PORT: String(port),
          SLIPWAY_ARM_PORT: String(armPort),
          SLIPWAY_DATA_DIR: dataDir,
          SLIPWAY_PACE: 'fast',
          SLIPWAY_CLOUD: 'local',
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => (output += String(chunk)));
      const start = {
        child,
        portal: `http://localhost:${port}`,
        arm: `https://localhost:${armPort}`,
        output: () => output,
        ended: once(child, 'close').then(([code, signal]) => ({
          code: code as number | null,
          signal: signal as NodeJS.Signals | null,
        })),
      };
      starts.push(start);
      return start;
    });
    for (const { child, ended } of starts) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    }
  },
});

const isReady = ({ output }: Start) => expect.poll(output, { timeout: 30_000 }).toContain('Stop with Ctrl+C');

/** Whether anybody answers at an address: any answer counts, also one that the certificate makes unreadable. */
const isSilent = async (address: string): Promise<boolean> =>
  fetch(address).then(
    () => false,
    (error: unknown) => JSON.stringify((error as Error).cause, ['code']).includes('ECONNREFUSED'),
  );

const nobodyAnswers = ({ portal, arm }: Start) =>
  expect
    .poll(async () => [await isSilent(portal), await isSilent(arm)], { timeout: 10_000 })
    .toEqual([true, true]);

test('npm start that is killed with -9 leaves no service behind, not even a busy one', async ({
  settings,
  startWith,
}) => {
  const start = startWith(settings);
  await isReady(start);
  // A request that is never finished: a server that waits for it would not end for a minute.
  const caller = connect({ host: 'localhost', port: settings.port });
  caller.on('error', () => undefined);
  await once(caller, 'connect');
  caller.write('POST /api/clusters HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
  start.child.kill('SIGKILL');
  expect((await start.ended).signal).toBe('SIGKILL');
  await nobodyAnswers(start);
});

test('Ctrl+C ends everything with grace, and pressed twice at once', async ({ settings, startWith }) => {
  const graceful = startWith(settings);
  await isReady(graceful);
  process.kill(-(graceful.child.pid ?? 0), 'SIGINT');
  expect(await graceful.ended).toEqual({ code: 0, signal: null });
  expect(graceful.output()).not.toMatch(/error/i);
  await nobodyAnswers(graceful);

  const hasty = startWith(settings);
  await isReady(hasty);
  process.kill(-(hasty.child.pid ?? 0), 'SIGINT');
  process.kill(-(hasty.child.pid ?? 0), 'SIGINT');
  await hasty.ended;
  await nobodyAnswers(hasty);
});

test('a second start says what is in its way, and the first goes on', async ({ settings, startWith }) => {
  const first = startWith(settings);
  await isReady(first);
  const otherPorts = { port: await freePort(), armPort: await freePort() };
  const inTheWay = [
    [settings, `Port ${settings.port} is in use`, 'SLIPWAY_PORT'],
    [{ ...settings, port: otherPorts.port }, `Port ${settings.armPort} is in use`, 'SLIPWAY_ARM_PORT'],
    [{ ...settings, ...otherPorts }, `The data folder ${settings.dataDir} is in use`, 'SLIPWAY_DATA_DIR'],
  ] as const;
  for (const [its, sentence, setting] of inTheWay) {
    const second = startWith(its);
    expect((await second.ended).code).toBe(1);
    expect(second.output()).toContain(sentence);
    expect(second.output()).toContain(`set ${setting} to another`);
    expect(second.output()).not.toContain('    at ');
  }
  expect((await fetch(`${first.portal}${routes.health()}`)).status).toBe(200);
  expect(await isSilent(first.arm)).toBe(false);
});

test('a service that is killed again and again is started every time', async () => {
  test.setTimeout(240_000);
  const services = await startOwnServices();
  try {
    for (let time = 0; time < 6; time += 1) {
      services.kill('API', 'SIGKILL');
      await expect
        .poll(
          () =>
            fetch(`${services.portal}${routes.health()}`).then(
              ({ status }) => status,
              () => 0,
            ),
          // Six starts in a row, on a machine that may be busy.
          { timeout: 60_000 },
        )
        .toBe(200);
    }
  } finally {
    await services.remove();
  }
});
