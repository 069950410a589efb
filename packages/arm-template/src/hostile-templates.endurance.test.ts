import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';
import { hostileTemplates } from './hostile-templates.test-support.ts';
import type { Outcome } from './hostile-templates.worker.test-support.ts';

/** Of computing: far above what any of them takes on a slow machine, and far below what they took without limits. */
const cpuLimitMs = 30_000;
/** One that has not ended by then does not end, however much else the machine has to do. */
const limitMs = 10 * cpuLimitMs;
const heapLimitMb = 600;

let worker: Worker | undefined;

/** Expands a template beside the tests, where it can be stopped and has only so much memory. */
async function outcomeOf(index: number): Promise<Outcome> {
  worker ??= new Worker(new URL('./hostile-templates.worker.test-support.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
  });
  const running = worker;
  running.postMessage(index, []);
  try {
    const [outcome] = (await once(running, 'message', { signal: AbortSignal.timeout(limitMs) })) as [Outcome];
    return outcome;
  } catch (error) {
    worker = undefined;
    await running.terminate();
    throw new Error(`It did not end within ${String(limitMs)} ms and ${String(heapLimitMb)} MB.`, {
      cause: error,
    });
  }
}

afterAll(async () => {
  await worker?.terminate();
});

describe('hostile templates', () => {
  it.each(hostileTemplates.map(({ name, refusal }, index) => ({ name, refusal, index })))(
    '$name',
    async ({ refusal, index }) => {
      const { kind, message, cpuMs } = await outcomeOf(index);
      expect(kind, message).toBe(refusal === undefined ? 'accepted' : 'refused');
      if (refusal !== undefined) expect(message).toMatch(refusal);
      expect(cpuMs).toBeLessThan(cpuLimitMs);
      // A refusal is sent to the client and written to the store.
      expect(message.length).toBeLessThan(20_000);
    },
    limitMs + 5_000,
  );
});
