import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadAllCode, patiently } from './page-code.ts';

/** Whether the server answers, as fetch sees it. */
let isThere: boolean;
beforeEach(() => {
  isThere = false;
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async () => {
    if (isThere) return new Response('{}');
    throw new TypeError('Failed to fetch');
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('code that cannot come while the line is cut comes when the line is back', async () => {
  const load = vi.fn(async () => {
    if (isThere) return 'page';
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  const loaded = patiently(load)();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(load).toHaveBeenCalledTimes(3);
  isThere = true;
  await vi.advanceTimersByTimeAsync(2_000);
  await expect(loaded).resolves.toBe('page');
});

test('code that the server does not have any more fails', async () => {
  isThere = true;
  await expect(patiently(() => Promise.reject(new Error('404')))()).rejects.toThrow('404');
});

test('everything is loaded one after the other, also what only shows on the way', async () => {
  isThere = true;
  const loaded: string[] = [];
  patiently(async () => {
    loaded.push('page');
    patiently(async () => loaded.push('panel of the page'));
  });
  patiently(async () => loaded.push('other page'));
  await loadAllCode();
  expect(loaded).toEqual(['page', 'other page', 'panel of the page']);
});
