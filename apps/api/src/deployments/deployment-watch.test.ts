import type { ClusterPath } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api-error.ts';
import { openEventStream } from './event-stream.ts';
import type { Watcher } from './deployment-watch.ts';
import type { Progress } from './progress.ts';
import { WatchHub } from './watch-hub.ts';

const path: ClusterPath = { subscriptionId: 's', resourceGroup: 'g', name: 'c' };
const intervalMs = 1_000;
const slowAfterMs = 5_000;

const progress = (state: 'Running' | 'Succeeded', rows = 1): Progress => ({
  phase: 'deployment',
  head: { state, id: '/d', correlationId: 'c' },
  rows: Array.from({ length: rows }, (_none, index) => ({
    id: `/r${index}`,
    type: 'T',
    name: `r${index}`,
    state: 'Running',
    operationId: String(index),
    changedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
  })),
  ended: state === 'Succeeded',
});
const refused = (retryAfterMs?: number) =>
  new ApiError('TooManyRequests', 'ARM: enough.', {
    arm: { code: 'TooManyRequests', message: `Enough, says tracking id ${Math.random()}.` },
    retryAfterMs,
  });
const unreachable = () => new ApiError('CloudUnreachable', 'ARM cannot be reached');

/** A hub whose reads are answered by hand, or by `answer` where that is set. */
function startHub() {
  const reads: { settle: (answer: Progress | undefined | Error) => Promise<void> }[] = [];
  let answer: (() => Progress | undefined) | undefined;
  const hub = new WatchHub({
    intervalMs,
    slowAfterMs,
    failed: () => undefined,
    read: () =>
      new Promise((resolve, reject) => {
        const settle = async (given: Progress | undefined | Error) => {
          if (given instanceof Error) reject(given);
          else resolve(given);
          await vi.advanceTimersByTimeAsync(0);
        };
        reads.push({ settle });
        if (answer)
          try {
            resolve(answer());
          } catch (thrown) {
            reject(thrown);
          }
      }),
  });
  return {
    hub,
    reads,
    last: () => reads.at(-1)!,
    answerWith: (given: (() => Progress | undefined) | undefined) => (answer = given),
  };
}

function newWatcher() {
  const told: string[] = [];
  const watcher: Watcher = {
    told: ({ event }) => told.push(event.type === 'problem' ? `problem: ${event.message}` : event.type),
    closed: () => told.push('closed'),
  };
  return { told, watcher };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a watched deployment', () => {
  it('is read by one loop, one read at a time, for one watcher as for two hundred', async () => {
    const counts: number[] = [];
    for (const watchers of [1, 200]) {
      const { hub, reads, answerWith } = startHub();
      let read = 0;
      answerWith(() => progress('Running', 1 + Math.floor((read += 1) / 3)));
      const all = Array.from({ length: watchers }, newWatcher);
      const watching = await Promise.all(all.map(({ watcher }) => hub.watch(path, undefined, watcher)));
      await vi.advanceTimersByTimeAsync(60_000);
      counts.push(reads.length);
      expect(new Set(all.map(({ told }) => told.join())).size).toBe(1);
      expect(all[0]?.told.filter((type) => type === 'row').length).toBeGreaterThan(5);

      for (const { leave } of watching) leave();
      expect(vi.getTimerCount()).toBe(0);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(reads.length).toBe(counts.at(-1));
    }
    expect(counts[0]).toBe(counts[1]);
  });

  it('tells a trouble once, another one too, and the head when it is over', async () => {
    const { hub, answerWith } = startHub();
    const { told, watcher } = newWatcher();
    answerWith(() => progress('Running'));
    await hub.watch(path, undefined, watcher);
    const fail = (thrown: () => Error) =>
      answerWith(() => {
        throw thrown();
      });
    fail(refused);
    await vi.advanceTimersByTimeAsync(30_000);
    fail(unreachable);
    await vi.advanceTimersByTimeAsync(60_000);
    answerWith(() => progress('Running'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([
      'snapshot',
      expect.stringMatching(
        /^problem: Azure Resource Manager asks for fewer requests\. The next try is in \d+ s\.$/,
      ),
      expect.stringMatching(/^problem: ARM cannot be reached\. The next try is in \d+ s\.$/),
      'deployment',
    ]);
    hub.close();
  });

  it('is left alone for as long as ARM asks', async () => {
    const { hub, reads, last } = startHub();
    const { told, watcher } = newWatcher();
    const joined = hub.watch(path, undefined, watcher);
    await last().settle(progress('Running'));
    await joined;
    await vi.advanceTimersByTimeAsync(intervalMs);
    await last().settle(refused(120_000));
    expect(told.at(-1)).toContain('The next try is in 120 s.');
    // Not even for somebody who comes now: they are told what is known, and why nothing newer is.
    const late = newWatcher();
    await hub.watch(path, undefined, late.watcher);
    expect(late.told).toEqual(['snapshot', told.at(-1)]);
    await vi.advanceTimersByTimeAsync(119_990);
    expect(reads).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(20);
    expect(reads).toHaveLength(3);
    await last().settle(progress('Running', 2));
    expect(late.told.slice(2)).toEqual(['row', 'deployment']);
    hub.close();
  });

  it('that ARM is slow with keeps its heartbeats and says so, once, until there is an answer', async () => {
    const { hub, reads, last } = startHub();
    const opening = openEventStream((watcher) => hub.watch(path, undefined, watcher));
    await last().settle(progress('Running'));
    const stream = await opening;
    const readAt = new Date().toISOString();
    stream.read();
    await vi.advanceTimersByTimeAsync(31_000);
    expect(reads).toHaveLength(2);
    const text = String(stream.read());
    expect(text.split(`{"type":"alive","readAt":"${readAt}"}`)).toHaveLength(16);
    expect(text.match(/event: problem\n.*not answered for 5 s/g)).toHaveLength(1);
    await last().settle(progress('Running'));
    await vi.advanceTimersByTimeAsync(1_000);
    const after = String(stream.read());
    expect(after).toContain('event: deployment');
    expect(after).toMatch(new RegExp(`"readAt":"${new Date(Date.now() - 1_000).toISOString().slice(0, 19)}`));
    stream.destroy();
    hub.close();
  });

  it('of which nothing is known in time is answered with an error; who asks again has what was read', async () => {
    const { hub, reads, last } = startHub();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const joining = hub.watch(path, undefined, newWatcher().watcher).catch((thrown: unknown) => thrown);
      await vi.advanceTimersByTimeAsync(slowAfterMs);
      expect(await joining).toMatchObject({ code: 'CloudTimeout', status: 504 });
    }
    expect(reads).toHaveLength(1);
    await last().settle(progress('Running'));
    const { told, watcher } = newWatcher();
    const { readAt } = await hub.watch(path, undefined, watcher);
    expect(told).toEqual(['snapshot']);
    expect(readAt()).toMatch(/^\d{4}-/);
    expect(reads).toHaveLength(1);
    hub.close();
  });

  it('that cannot be read at first is answered with what ARM says, without asking it again too early', async () => {
    const { hub, reads, last } = startHub();
    const join = () =>
      hub.watch(path, undefined, newWatcher().watcher).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    const first = Promise.all([join(), join(), join()]);
    await last().settle(refused(60_000));
    for (const thrown of await first) expect(thrown).toMatchObject({ code: 'TooManyRequests', status: 429 });
    await vi.advanceTimersByTimeAsync(20_000);
    const again = (await join()) as ApiError;
    expect(again).toMatchObject({ code: 'TooManyRequests', status: 429 });
    expect(Math.ceil(again.retryAfterMs! / 1000)).toBe(40);
    expect(reads).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(40_010);
    const later = join();
    expect(reads).toHaveLength(2);
    await last().settle(progress('Running'));
    expect(await later).toBeUndefined();
    hub.close();
  });

  it('that had ended before somebody came is read once more: a new deployment may have begun', async () => {
    const { hub, reads, last } = startHub();
    const early = newWatcher();
    const late = newWatcher();
    const first = hub.watch(path, undefined, early.watcher);
    await vi.advanceTimersByTimeAsync(10);
    const second = hub.watch(path, undefined, late.watcher);
    await last().settle(progress('Succeeded'));
    await Promise.all([first, second]);
    expect(early.told).toEqual(['snapshot', 'ended']);
    expect(late.told).toEqual(['snapshot']);
    await vi.advanceTimersByTimeAsync(1);
    expect(reads).toHaveLength(2);
    await last().settle({ ...progress('Running'), head: { state: 'Running', id: '/another' } });
    expect(late.told).toEqual(['snapshot', 'snapshot']);
    hub.close();
  });

  it('whose cluster is gone has ended for who watches, and is not found by who comes', async () => {
    const { hub, last } = startHub();
    const { told, watcher } = newWatcher();
    const joined = hub.watch(path, undefined, watcher);
    await last().settle(progress('Running'));
    await joined;
    await vi.advanceTimersByTimeAsync(intervalMs);
    await last().settle(undefined);
    expect(told).toEqual(['snapshot', 'ended']);
    const later = hub.watch(path, undefined, newWatcher().watcher).catch((thrown: unknown) => thrown);
    await last().settle(undefined);
    expect(await later).toMatchObject({ code: 'ClusterNotFound' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has not ended when the backend stops, neither for who watches nor for who was waiting', async () => {
    const { hub, last } = startHub();
    const waiting = hub.watch(path, undefined, newWatcher().watcher).catch((thrown: unknown) => thrown);
    const other = { ...path, name: 'other' };
    const { told, watcher } = newWatcher();
    const joined = hub.watch(other, undefined, watcher);
    const second = last();
    await second.settle(progress('Running'));
    await joined;
    hub.close();
    expect(told).toEqual(['snapshot', 'closed']);
    await vi.advanceTimersByTimeAsync(slowAfterMs);
    expect(await waiting).toMatchObject({ code: 'CloudTimeout' });
    expect(vi.getTimerCount()).toBe(0);
  });
});
