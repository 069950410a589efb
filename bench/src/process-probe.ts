// Loaded into the API and the local cloud (`--import`): tells the benchmark, whenever it asks, what the process uses.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProcessUse } from './probes.ts';

const port = process.env['SLIPWAY_BENCH_PROBE_PORT'];
const entry = process.argv[1] ?? '';

if (port !== undefined && /[\\/](?:api|local-cloud)[\\/]src[\\/]server\.ts$/.test(entry)) {
  setFlagsFromString('--expose-gc');
  const collectGarbage: unknown = runInNewContext('gc');
  const socket = connect(Number(port), '127.0.0.1');
  // The benchmark may end first; the process has work of its own.
  socket.on('error', () => socket.destroy());
  socket.unref();
  socket.write(`${/local-cloud/.test(entry) ? 'local cloud' : 'API'}\n`);
  createInterface(socket).on('line', () => {
    // Everything that can go, also translated code that has not run for a while: a simple collection leaves much of it.
    if (typeof collectGarbage === 'function') collectGarbage({ type: 'major', flavor: 'last-resort' });
    const { rss, heapUsed, external } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const use: ProcessUse = {
      rssBytes: rss,
      heapBytes: heapUsed,
      externalBytes: external,
      cpuMs: (user + system) / 1_000,
    };
    socket.write(`${JSON.stringify(use)}\n`);
  });
}
