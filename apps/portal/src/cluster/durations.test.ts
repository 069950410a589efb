import { expect, test } from 'vitest';
import { agoText, durationText, elapsedMs } from './durations.ts';

test.each([
  [0, '0 s'],
  [40, '< 0.1 s'],
  [400, '0.4 s'],
  [8_460, '8.4 s'],
  [9_999, '9.9 s'],
  [10_000, '10 s'],
  [125_000, '2 min 05 s'],
  [3_780_000, '1 h 03 min'],
  [-5_000, '0 s'],
])('%i ms reads "%s"', (durationMs, text) => {
  expect(durationText(durationMs)).toBe(text);
});

test('what runs goes on from what was stated, what has ended stands', () => {
  const work = { durationMs: 4_000, changedAt: '2026-01-01T00:00:10Z' };
  const now = Date.parse('2026-01-01T00:00:16Z');
  expect(elapsedMs(work, true, now)).toBe(10_000);
  expect(elapsedMs(work, false, now)).toBe(4_000);
});

test('a clock that is behind never makes it shorter, and nothing stated is nothing known', () => {
  const work = { durationMs: 4_000, changedAt: '2026-01-01T00:00:10Z' };
  expect(elapsedMs(work, true, Date.parse('2026-01-01T00:00:00Z'))).toBe(4_000);
  expect(elapsedMs({}, true, 0)).toBeUndefined();
});

test.each([
  [0, 'just now'],
  [-60_000, 'just now'],
  [2_999, 'just now'],
  [4_400, '4 s ago'],
  [12_000, '12 s ago'],
  [125_900, '2 min 05 s ago'],
])('what was %i ms ago was %s', (ageMs, text) => {
  expect(agoText(1_000_000 - ageMs, 1_000_000)).toBe(text);
});
