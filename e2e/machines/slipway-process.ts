import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** By what name the engine knows this cloud's things. */
  cloudId: () => string;
  stop: () => Promise<void>;
  /** Removes its folder and log. */
  remove: () => void;
}

/** Preparing the machines' images is waited for this long. */
const imagesWithinMs = 600_000;

/** Starts it on free ports, in a folder of its own, telling all it can tell, and waits until it answers. */
export async function startSlipway(): Promise<SlipwayProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-machines-'));
  const logFile = join(folder, 'output.log');
  const dataDir = join(folder, 'data');
  const [port, armPort] = await Promise.all([freePort(), freePort()]);
  const output = openSync(logFile, 'a');
  const child = spawn('node', [join(import.meta.dirname, '../../scripts/start.mjs')], {
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
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
  await expect
    .poll(() => (child.exitCode === null ? healthOf(address) : `ended with ${child.exitCode}`), {
      timeout: imagesWithinMs,
      message: 'Slipway answers',
    })
    .toBe('ok');
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
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const healthOf = (address: string): Promise<string> =>
  fetch(`${address}/api/health`).then(
    ({ ok }) => (ok ? 'ok' : 'not ok'),
    () => 'no answer',
  );

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
