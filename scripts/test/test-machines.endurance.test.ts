import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, '..', 'test-machines.mjs');

test.runIf(process.platform === 'linux')(
  'where there can be no real machines, it says why and counts everything as skipped',
  () => {
    // An engine of another computer does not do: the tests look at machines from the outside.
    const env = { ...process.env, DOCKER_HOST: 'tcp://192.0.2.1:2375' };
    const { status, stdout } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
    expect(stdout).toContain('DOCKER_HOST is tcp://192.0.2.1:2375');
    expect(stdout.trimEnd()).toMatch(/\n0 passed, 0 failed, [1-9]\d skipped$/);
    expect(status).toBe(0);
  },
);
