import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Tells when it waits, so that the other side can come up after that. */
const asking = `
import sys
sys.path.insert(0, sys.argv[1])
import network
network.CONTROL = sys.argv[2]
pause = network.time.sleep
network.time.sleep = lambda seconds: (print("waiting", flush=True), pause(seconds))
print(network.ask("apply")["trouble"], flush=True)
`;

test.skipIf(!hasPython)('a fabric that has only just been started is waited for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-control-'));
  const control = join(folder, 'control.socket');
  const program = join(import.meta.dirname, 'image', 'fabric');
  const python = spawn('python3', ['-B', '-c', asking, program, control], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(python, 'exit');
  let said = '';
  python.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const heard = new Promise<void>((resolve) => {
    python.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('waiting')) resolve();
    });
  });
  const server = createServer((channel) => {
    channel.on('error', () => undefined);
    channel.once('data', () => channel.end('{"trouble": "none at all"}\n'));
  });
  try {
    await Promise.race([heard, ended]);
    server.listen(control);
    const [code] = await ended;
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/^(?:waiting\n)+none at all\n$/) });
  } finally {
    python.kill();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
