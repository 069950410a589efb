import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import Docker from 'dockerode';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importFolder } from './import-folder.ts';

const image = { repo: 'made', tag: 'here' };

let folder: string;
let docker: Docker;
let answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
const server = createServer((incoming, outgoing) => {
  incoming.on('error', () => undefined);
  answer(incoming, outgoing);
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-import-'));
  mkdirSync(join(folder, 'content'));
  writeFileSync(join(folder, 'content', 'file'), 'what is in it');
  const socketPath = join(folder, 'engine.sock');
  server.listen(socketPath);
  await once(server, 'listening');
  docker = new Docker({ socketPath });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
  rmSync(folder, { recursive: true, force: true });
});

const importIt = (said: string[] = []): Promise<void> =>
  importFolder(docker, join(folder, 'content'), image, (line) => said.push(line));

/** A `tar` that does this instead. */
function takeTar(script: string): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'tar'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'tar'), 0o755);
  vi.stubEnv('PATH', `${bin}${delimiter}${process.env['PATH']}`);
}

/** An engine that takes a whole archive; what it got is in the result by the time that an import has ended. */
function takeAll(): { url: string | undefined; bytes: Buffer }[] {
  const taken: { url: string | undefined; bytes: Buffer }[] = [];
  answer = (incoming, outgoing) =>
    void buffer(incoming).then(
      (bytes) => {
        taken.push({ url: incoming.url, bytes });
        return outgoing.end('{"status":"sha256:1234"}\n');
      },
      () => outgoing.destroy(),
    );
  return taken;
}

test('the engine gets all that is in the folder', async () => {
  const taken = takeAll();
  const said: string[] = [];
  await importIt(said);
  expect(taken).toHaveLength(1);
  expect(taken[0]?.url).toMatch(/^\/images\/create\?(?=.*repo=made)(?=.*tag=here)/);
  expect(taken[0]?.bytes.toString('latin1')).toContain('what is in it');
  expect(said).toEqual(['sha256:1234']);
});

test('without tar it says so, and the engine gets no archive', async () => {
  const taken = takeAll();
  vi.stubEnv('PATH', folder);
  await expect(importIt()).rejects.toThrow(/^tar cannot be run: .*ENOENT/);
  expect(taken).toEqual([]);
});

test('a tar that fails says why, and what it has written so far is no archive', async () => {
  const taken = takeAll();
  takeTar('head -c 200000 /dev/zero; echo "file: Input/output error" >&2; exit 2');
  await expect(importIt()).rejects.toThrow('tar failed: file: Input/output error');
  expect(taken).toEqual([]);
});

test.each([
  [
    'refuses',
    /no space left/,
    (outgoing: ServerResponse) => outgoing.writeHead(500).end('{"message":"no space left"}'),
  ],
  ['goes away', /./, (outgoing: ServerResponse) => outgoing.destroy()],
])('an engine that %s is a failure, and leaves no tar behind', async (_what, words, act) => {
  const pidFile = join(folder, 'pid');
  takeTar(`echo $$ >${pidFile}; exec cat /dev/zero`);
  answer = (incoming, outgoing) => void incoming.once('data', () => act(outgoing));
  await expect(importIt()).rejects.toThrow(words);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
