import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { z } from 'zod';

const useSchema = z.object({
  rssBytes: z.number(),
  heapBytes: z.number(),
  /** Memory of buffers and the like outside of the heap. */
  externalBytes: z.number(),
  /** Time of the processor since the process began, in milliseconds. */
  cpuMs: z.number(),
});

/** What a process uses at a moment, after its garbage was collected. */
export type ProcessUse = z.infer<typeof useSchema>;

export const processNames = ['API', 'local cloud'] as const;
export type ProcessName = (typeof processNames)[number];

export type Use = Record<ProcessName, ProcessUse>;

/** Listens for the probes inside the processes; see `process-probe.ts`. */
export interface Probes {
  /** What the processes are started with. */
  environment: Record<string, string>;
  /** Collects both processes' garbage and asks what they use. */
  ask: () => Promise<Use>;
  close: () => void;
}

interface Probe {
  socket: Socket;
  lines: Interface;
}

export async function listenForProbes(): Promise<Probes> {
  const probes = new Map<string, Probe>();
  const server = createServer((socket) => {
    const lines = createInterface(socket);
    lines.once('line', (name: string) => probes.set(name, { socket, lines }));
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  const askOne = async (name: ProcessName): Promise<ProcessUse> => {
    const probe = probes.get(name);
    if (!probe) throw new Error(`The ${name} has not reported to the benchmark.`);
    const answered = once(probe.lines, 'line');
    probe.socket.write('use\n');
    const [line] = await answered;
    return useSchema.parse(JSON.parse(String(line)));
  };

  return {
    environment: {
      NODE_OPTIONS: `--import ${new URL('process-probe.ts', import.meta.url).href}`,
      SLIPWAY_BENCH_PROBE_PORT: String(port),
    },
    ask: async () => ({ API: await askOne('API'), 'local cloud': await askOne('local cloud') }),
    close: () => {
      for (const { socket } of probes.values()) socket.destroy();
      server.close();
    },
  };
}
