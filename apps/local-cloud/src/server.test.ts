import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

// Processes start slowly on a machine that is busy.
vi.setConfig({ testTimeout: 120_000 });

test('a local cloud whose starter dies before it has begun does not stay behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-alone-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.ts')], {
    env: { PATH: process.env.PATH, SLIPWAY_ARM_PORT: '0', SLIPWAY_DATA_DIR: folder },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit');
  try {
    child.disconnect();
    expect(await ended).toEqual([1, null]);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
