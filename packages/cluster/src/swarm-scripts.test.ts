import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { swarmFileNames } from './swarm.ts';

const folder = fileURLToPath(new URL('../swarm/', import.meta.url));
const tests = fileURLToPath(new URL('../swarm-tests/', import.meta.url));
const scripts = (ending: string): string[] => swarmFileNames.filter((name) => name.endsWith(ending));

const run = (command: string, ...given: string[]): { status: number | null; text: string } => {
  const { status, stdout, stderr, error } = spawnSync(command, given, { cwd: folder, encoding: 'utf8' });
  return { status, text: error === undefined ? stdout + stderr : error.message };
};
const has = (command: string): boolean => run('bash', '-c', `command -v ${command}`).status === 0;

describe('the machines’ scripts', () => {
  it('are all in the list of files that a deployment is made of', () => {
    expect(readdirSync(`${folder}scripts`).filter((name) => /\.(?:py|sh)$/.test(name))).toEqual(
      swarmFileNames
        .filter((name) => name.startsWith('scripts/'))
        .map((name) => name.slice(8))
        .toSorted(),
    );
  });

  it.skipIf(!has('python3'))('in Python compile (skipped where there is no python3)', () => {
    const compile = "import sys; [compile(open(name).read(), name, 'exec') for name in sys.argv[1:]]";
    expect(run('python3', '-c', compile, ...scripts('.py'))).toEqual({ status: 0, text: '' });
  });

  it('in Bash parse', () => {
    for (const script of scripts('.sh')) expect(run('bash', '-n', script)).toEqual({ status: 0, text: '' });
  });

  it('let sshd listen on IPv4 and on IPv6, on both ports, where systemd listens for it', () => {
    const script = readFileSync(`${folder}scripts/listen-ssh.sh`, 'utf8');
    const streams = [...script.matchAll(/^ListenStream=(.*)$/gm)].map(([, address]) => address);
    expect(streams).toEqual(['', '0.0.0.0:22', '[::]:22', '0.0.0.0:2222', '[::]:2222']);
  });

  it.skipIf(!has('shellcheck'))(
    'in Bash have nothing for shellcheck (skipped where it is not installed)',
    () => {
      expect(run('shellcheck', '--shell=bash', ...scripts('.sh'))).toEqual({ status: 0, text: '' });
    },
  );

  it.skipIf(!has('python3') || !has('openssl'))(
    'tell tokens to the right nodes only, join, check and leave (skipped without python3 and openssl)',
    { timeout: 60_000 },
    () => {
      const { status, text } = run('python3', '-m', 'unittest', 'discover', '-s', tests);
      expect(text).toMatch(/Ran \d{2,} tests/);
      expect(status, text).toBe(0);
    },
  );
});
