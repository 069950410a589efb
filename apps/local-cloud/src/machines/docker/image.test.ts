import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const image = join(import.meta.dirname, 'image');
const fabric = join(image, 'fabric');

const run = (command: string, ...options: string[]): { status: number | null; text: string } => {
  const { status, stdout, stderr } = spawnSync(command, options, { cwd: fabric, encoding: 'utf8' });
  return { status, text: stdout + stderr };
};
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

test.skipIf(!has('python3'))("the fabric's programs compile (skipped where there is no python3)", () => {
  const compile = "import sys; [compile(open(name).read(), name, 'exec') for name in sys.argv[1:]]";
  const programs = readdirSync(fabric).filter((name) => name.endsWith('.py'));
  expect(programs.length).toBeGreaterThan(3);
  expect(run('python3', '-c', compile, ...programs)).toEqual({ status: 0, text: '' });
});

test.skipIf(!has('python3'))(
  'the metadata service tells each machine of itself only (skipped where there is no python3)',
  { timeout: 60_000 },
  () => {
    const { status, text } = run('python3', join(import.meta.dirname, 'image-tests', 'test_metadata.py'));
    expect(text).toMatch(/Ran \d+ tests/);
    expect(status, text).toBe(0);
  },
);

test.skipIf(!has('shellcheck'))(
  "the machines' first programs have nothing for shellcheck (skipped where it is not installed)",
  () => {
    const folder = join(image, 'node', 'usr', 'lib', 'slipway');
    const programs = readdirSync(folder).map((name) => join(folder, name));
    // What a file sourced at boot holds is written by the driver.
    expect(run('shellcheck', '--exclude=SC1091,SC2154', ...programs)).toEqual({ status: 0, text: '' });
  },
);
