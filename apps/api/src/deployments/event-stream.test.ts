import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEventStream } from './event-stream.ts';
import type { Watcher } from './watch-hub.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function open() {
  let watcher: Watcher | undefined;
  const leave = vi.fn<() => void>();
  const stream = await openEventStream((given) => {
    watcher = given;
    return Promise.resolve(leave);
  });
  return { stream, leave, watcher: watcher!, read: () => String(stream.read() ?? '') };
}

describe('an event stream', () => {
  it('says every 15 seconds that it is alive, in a comment that no reader takes for an event', async () => {
    const { stream, read } = await open();
    expect(read()).toBe('retry: 1000\n\n');
    vi.advanceTimersByTime(14_999);
    expect(read()).toBe('');
    vi.advanceTimersByTime(1);
    expect(read()).toBe(': alive\n\n');
    vi.advanceTimersByTime(30_000);
    expect(read()).toBe(': alive\n\n: alive\n\n');
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

  it('cuts off a reader that reads nothing', async () => {
    const { stream, watcher, leave } = await open();
    const closed = new Promise((resolve) => stream.once('close', resolve));
    const message = 'x'.repeat(1024 * 1024);
    for (let told = 0; told < 5; told += 1) watcher.told({ event: { type: 'problem', message } });
    await closed;
    expect(leave).toHaveBeenCalledTimes(1);
  });
});
