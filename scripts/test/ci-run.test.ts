import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const script = join(import.meta.dirname, '..', '..', '.ci', 'run');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-ci-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const saying = (line: string, code: number): string => `echo "some output"; echo "${line}"; exit ${code}`;

/** Runs it with an npm that does as told, and whose exhaustive tests pass, for a user who may install nothing. */
function runCi(npmTest: string, npmRunMachines: string): { code: number | null; last: string; said: string } {
  const program = (name: string, text: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  program('id', 'echo 1000');
  const commands = [
    ['test', npmTest],
    ['run e2e:endurance', saying('30 passed, 0 failed', 0)],
    ['run test:machines', npmRunMachines],
  ];
  program('npm', `case "$*" in\n${commands.map(([args, act]) => `"${args}") ${act} ;;\n`).join('')}esac`);
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const { status, stdout } = spawnSync('bash', [script], { env, encoding: 'utf8' });
  return { code: status, last: stdout.trimEnd().split('\n').at(-1) ?? '', said: stdout };
}

test.runIf(process.platform === 'linux').each([
  ['all pass', saying('20 passed, 0 failed', 0), saying('15 passed, 0 failed', 0), 0, '65 passed, 0 failed'],
  ['one fails', saying('19 passed, 1 failed', 1), saying('15 passed, 0 failed', 0), 1, '64 passed, 1 failed'],
  [
    'the story fails half way',
    saying('20 passed, 0 failed', 0),
    saying('5 passed, 1 failed, 9 skipped', 1),
    1,
    '55 passed, 1 failed, 9 skipped',
  ],
  [
    'there can be no real machines',
    saying('20 passed, 0 failed', 0),
    saying('0 passed, 0 failed, 15 skipped', 0),
    0,
    '50 passed, 0 failed, 15 skipped',
  ],
  ['one dies without a word', 'exit 3', saying('15 passed, 0 failed', 0), 1, '45 passed, 1 failed'],
  ['one ends well without counts', 'exit 0', saying('15 passed, 0 failed', 0), 1, '45 passed, 1 failed'],
  [
    'one counts no failure and fails',
    saying('20 passed, 0 failed', 1),
    saying('15 passed, 0 failed', 0),
    1,
    '65 passed, 1 failed',
  ],
])('.ci/run ends with the sum where %s', (_, npmTest, npmRunMachines, code, last) => {
  const outcome = runCi(npmTest, npmRunMachines);
  expect(outcome.said).toContain('some output');
  expect({ code: outcome.code, last: outcome.last }).toEqual({ code, last });
});

test.runIf(process.platform === 'linux')('.ci/run names again, just before its sum, what failed', () => {
  const failing = `echo "What failed:"; echo "  unit tests: a.test.ts › adds up"; echo; echo "more"; ${saying('19 passed, 1 failed', 1)}`;
  const { said } = runCi(failing, saying('15 passed, 0 failed', 0));
  expect(said.trimEnd().split('\n').slice(-4)).toEqual([
    'What failed:',
    '  unit tests: a.test.ts › adds up',
    '',
    '64 passed, 1 failed',
  ]);
});
