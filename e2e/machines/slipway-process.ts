import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes, sessionSchema } from '@slipway/contract';
import type { ArmPlace } from '../fixtures/arm-clients.ts';
import { freePort } from '../fixtures/own-services.ts';
import { expect } from '@playwright/test';

/** A Slipway with real machines, started as a person starts it. */
export interface SlipwayProcess {
  /** Where a browser finds the portal. */
  address: string;
  place: ArmPlace;
  /** What it has written so far. */
  log: () => string;
  /** The lines of it that are warnings, errors or no log entries at all; the last of them. */
  complaints: () => string;
  /** Every file that it has made: in its folders, and where it puts what is large. */
  files: () => string[];
  /** By what name the engine knows this cloud's things. */
  cloudId: () => string;
  stop: () => Promise<void>;
  /** Removes its folder and log. */
  remove: () => void;
}

/** Preparing the machines' images is waited for this long. */
const imagesWithinMs = 1_200_000;

/** Starts it on free ports, in a folder of its own, telling all it can tell, and waits until it answers and has its images. */
export async function startSlipway(): Promise<SlipwayProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-machines-'));
  const logFile = join(folder, 'output.log');
  const dataDir = join(folder, 'data');
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const [port, armPort] = await Promise.all([freePort(), freePort()]);
  const output = openSync(logFile, 'a');
  const child = spawn('node', [join(import.meta.dirname, '../../scripts/start.mjs')], {
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      TMPDIR: temporary,
      SLIPWAY_PORT: String(port),
      SLIPWAY_ARM_PORT: String(armPort),
      SLIPWAY_DATA_DIR: dataDir,
      SLIPWAY_PACE: 'fast',
      SLIPWAY_CLOUD: 'local',
      SLIPWAY_MACHINES: 'docker',
      SLIPWAY_LOG_LEVEL: 'trace',
    },
  });
  closeSync(output);
  const address = `http://localhost:${port}`;
  const log = (): string => readFileSync(logFile, 'utf8');
  const endedEarly = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`Slipway ended with ${code}:\n${log()}`)));
  });
  await Promise.race([
    expect
      .poll(() => stateOf(address), { timeout: imagesWithinMs, message: 'Slipway and its images' })
      .toBe('ready'),
    endedEarly,
  ]);
  // Later it ends because it is asked to.
  endedEarly.catch(() => undefined);
  return {
    address,
    place: { armPort: String(armPort), dataDir },
    log,
    complaints: () =>
      log()
        .split('\n')
        .filter((line) => !/^\{"level":[123]0,/.test(line))
        .slice(-30)
        .join('\n'),
    cloudId: () => readFileSync(join(dataDir, 'local-cloud', 'machines-id'), 'utf8').trim(),
    stop: () => ended(child),
    files: () => filesIn(dataDir, temporary, '/var/tmp'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `ready`, or what it is still doing. */
async function stateOf(address: string): Promise<string> {
  try {
    const session = sessionSchema.parse(await (await fetch(`${address}${routes.session()}`)).json());
    return session.cloud?.preparation ?? 'ready';
  } catch {
    return 'no answer';
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

function filesIn(dataDir: string, temporary: string, large: string): string[] {
  const own = [dataDir, temporary].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      // SQLite comes and goes with files of its own beside the database.
      .filter(({ name }) => !/\.sqlite-(?:wal|shm|journal)$/.test(name))
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  const others = readdirSync(large).filter((name) => name.startsWith('slipway-'));
  return [...own, ...others.map((name) => join(large, name))].toSorted();
}
