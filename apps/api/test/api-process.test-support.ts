import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { routes } from '@slipway/contract';
import { type RunningCloud, freePort } from './portal.test-support.ts';

/** The backend as a process of its own, as `npm start` runs it. */
export interface ApiProcess {
  port: number;
  address: string;
  /** Everything that it has written so far, to standard output and error. */
  output: () => string;
  /** Ends it with a signal and waits until it is gone. */
  kill: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

const readyWithinMs = 240_000;

/** Starts a backend process for this cloud on a free port, with these settings besides; it answers when this resolves. */
export async function startApiProcess(
  cloud: RunningCloud,
  environment: Readonly<Record<string, string>> = {},
): Promise<ApiProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../src/server.ts')], {
    env: {
      PATH: process.env['PATH'],
      HOME: cloud.settings.dataDir,
      SLIPWAY_HOST: '127.0.0.1',
      SLIPWAY_PORT: String(port),
      SLIPWAY_ARM_PORT: String(cloud.settings.armPort),
      SLIPWAY_DATA_DIR: cloud.settings.dataDir,
      SLIPWAY_LOCAL_SECRET: cloud.settings.localSecret,
      SLIPWAY_WATCH_INTERVAL_MS: '50',
      ...environment,
    },
    // The channel ends it when this process dies.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  const exited = once(child, 'exit');
  const address = `http://127.0.0.1:${port}`;
  const answers = async () => {
    while (child.exitCode === null) {
      const ready = await fetch(`${address}${routes.health()}`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (ready) return true;
      await delay(25);
    }
    return false;
  };
  const limit = delay(readyWithinMs, false, { ref: false });
  if (!(await Promise.race([answers(), limit]))) {
    child.kill('SIGKILL');
    throw new Error(`The backend did not answer: ${output}`);
  }
  return {
    port,
    address,
    output: () => output,
    kill: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}
