import { heartbeatMs } from '@slipway/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Watcher } from './deployment-watch.ts';
import { openEventStream } from './event-stream.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open() {
  let watcher: Watcher | undefined;
  let readAt: string | undefined;
  const leave = vi.fn<() => void>();
  const stream = await openEventStream((given) => {
    watcher = given;
    return Promise.resolve({ leave, readAt: () => readAt });
  });
  return {
    stream,
    leave,
    watcher: watcher!,
    read: () => String(stream.read() ?? ''),
    readArmAt: (time: string) => (readAt = time),
  };
}

const alive = (readAt?: string) =>
  `event: alive\ndata: ${JSON.stringify({ type: 'alive', ...(readAt ? { readAt } : {}) })}\n\n`;

describe('an event stream', () => {
  it('says at once and then every two seconds that it is alive, and when ARM was last read', async () => {
    const { stream, read, readArmAt } = await open();
    expect(heartbeatMs).toBe(2_000);
    expect(read()).toBe(`retry: 1000\n\n${alive()}`);
    readArmAt('2026-01-01T00:00:00.000Z');
    vi.advanceTimersByTime(1_999);
    expect(read()).toBe('');
    vi.advanceTimersByTime(1);
    expect(read()).toBe(alive('2026-01-01T00:00:00.000Z'));
    readArmAt('2026-01-01T00:00:05.000Z');
    vi.advanceTimersByTime(4_000);
    expect(read()).toBe(alive('2026-01-01T00:00:05.000Z').repeat(2));
    stream.destroy();
  });

  it('falls silent and stops watching when its reader goes', async () => {
    const { stream, leave } = await open();
    expect(vi.getTimerCount()).toBe(1);
    stream.destroy();
    await new Promise((closed) => stream.once('close', closed));
    expect(leave).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says nothing after the end, not even that it is alive', async () => {
    const { stream, watcher, read } = await open();
    read();
    watcher.told({ event: { type: 'ended' } });
    watcher.told({ event: { type: 'problem', message: 'too late' } });
    expect(vi.getTimerCount()).toBe(0);
    expect(read()).toBe('event: ended\ndata: {"type":"ended"}\n\n');
    expect(stream.readableEnded || stream.read() === null).toBe(true);
  });

  it('cuts off a reader that reads nothing, before it holds much more than four megabytes', async () => {
    const { stream, watcher, leave } = await open();
    const closed = new Promise((resolve) => stream.once('close', resolve));
    const message = 'x'.repeat(1024 * 1024);
    for (let told = 0; told < 50; told += 1) {
      watcher.told({ event: { type: 'problem', message } });
      expect(stream.readableLength).toBeLessThan(5.1 * 1024 * 1024);
    }
    await closed;
    expect(leave).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
