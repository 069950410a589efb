import type { DeploymentRow, RowState } from '@slipway/contract';
import { expect, test } from 'vitest';
import { placeOf, timelineOf } from './spans.ts';
import { tickText, ticksOf } from './ticks.ts';

const startedAt = '2026-01-01T00:00:00.000Z';
const start = Date.parse(startedAt);
const row = (id: string, state: RowState, times?: [endMs: number, durationMs: number]): DeploymentRow => ({
  id,
  type: 'T',
  name: id,
  state,
  ...(times && { changedAt: new Date(start + times[0]).toISOString(), durationMs: times[1] }),
});

test('says when each resource waited and when it was worked on', () => {
  const rows = [
    row('first', 'Succeeded', [4_000, 3_000]),
    { ...row('second', 'Running', [5_000, 0]), waitsFor: ['first'] },
    { ...row('third', 'Waiting'), waitsFor: ['second'] },
  ];
  const timeline = timelineOf({ deployment: { startedAt }, rows }, { now: start + 10_000, atWork: true });
  expect(timeline?.nowMs).toBe(start + 10_000);
  expect(timeline?.toMs).toBeGreaterThan(start + 10_000);
  expect([...(timeline?.spans ?? [])]).toEqual([
    ['first', { waitedFromMs: undefined, fromMs: start + 1_000, toMs: start + 4_000 }],
    ['second', { waitedFromMs: start, fromMs: start + 5_000, toMs: start + 10_000 }],
    ['third', { waitedFromMs: start, fromMs: start + 10_000, toMs: start + 10_000 }],
  ]);
});

test('ends with the deployment; what was not begun has no place in it', () => {
  const rows = [row('failed', 'Failed', [4_000, 3_000]), { ...row('late', 'Waiting'), waitsFor: ['failed'] }];
  const timeline = timelineOf(
    { deployment: { startedAt, durationMs: 8_000 }, rows },
    { now: start + 99_000, atWork: false },
  );
  expect(timeline).toMatchObject({ fromMs: start, toMs: start + 8_000, nowMs: undefined });
  expect(timeline?.spans.has('late')).toBe(false);
  expect(timeline && placeOf(timeline, start + 2_000)).toBe(25);
});

test('a clock that is behind makes nothing shorter than ARM says', () => {
  const rows = [row('one', 'Running', [5_000, 5_000])];
  const timeline = timelineOf({ deployment: { startedAt }, rows }, { now: start - 60_000, atWork: true });
  expect(timeline?.spans.get('one')).toEqual({
    waitedFromMs: undefined,
    fromMs: start,
    toMs: start + 5_000,
  });
});

test('there is none while ARM has told no times', () => {
  const rows = [row('one', 'Waiting')];
  expect(timelineOf({ deployment: { startedAt }, rows }, { now: start, atWork: true })).toBeUndefined();
});

test('marks are few and round', () => {
  expect(ticksOf(95_000, 5).map(tickText)).toEqual(['0 s', '30 s', '1:00 min', '1:30 min']);
  expect(ticksOf(500, 5).map(tickText)).toEqual(['0 s', '0.1 s', '0.2 s', '0.3 s', '0.4 s', '0.5 s']);
  expect(ticksOf(3 * 3_600_000, 5).map(tickText)).toEqual(['0 s', '1:00 h', '2:00 h', '3:00 h']);
  for (const lengthMs of [1, 777, 12_345, 59_999, 3_600_001, 90 * 24 * 3_600_000])
    for (const most of [1, 5, 40]) expect(ticksOf(lengthMs, most).length).toBeLessThanOrEqual(most + 1);
});
