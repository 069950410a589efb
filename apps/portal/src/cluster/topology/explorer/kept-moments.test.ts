import { expect, test } from 'vitest';
import { forgetMoment, keepMoment, momentText, momentsOf, momentsOfAPlace } from './kept-moments.ts';
import { forbiddenStorage, storageOf } from './storage.test-support.ts';

const moment = (at: number, more: { place?: string; text?: string } = {}) => ({
  place: 'a',
  words: 'Kept by hand',
  text: `text ${at}`,
  at,
  ...more,
});

test('what is kept is found again, the latest first', () => {
  const storage = storageOf();
  keepMoment(storage, moment(1));
  keepMoment(storage, moment(2));
  keepMoment(storage, moment(3, { place: 'b' }));
  const kept = momentsOf(storage, 'a');
  expect(kept.map(({ at }) => at)).toEqual([2, 1]);
  expect(momentText(storage, kept[0]!.id)).toBe('text 2');
});

test('the oldest of a place goes for a new one, and its text with it', () => {
  const storage = storageOf();
  keepMoment(storage, moment(0, { place: 'b' }));
  for (let at = 1; at <= momentsOfAPlace + 2; at += 1) keepMoment(storage, moment(at));
  expect(momentsOf(storage, 'a').map(({ at }) => at)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  expect(momentsOf(storage, 'b')).toHaveLength(1);
  expect(storage.items.size).toBe(1 + momentsOfAPlace + 1);
});

test('all together do not grow without end', () => {
  const storage = storageOf();
  const large = 'x'.repeat(1_000_000);
  for (const at of [1, 2, 3, 4]) keepMoment(storage, moment(at, { place: String(at), text: large }));
  expect([1, 2, 3, 4].filter((at) => momentsOf(storage, String(at)).length > 0)).toEqual([2, 3, 4]);
});

test('what is too large is refused in plain words', () => {
  const storage = storageOf();
  const keeping = keepMoment(storage, moment(1, { text: 'x'.repeat(2_000_000) }));
  expect(keeping).toEqual({ isKept: false, why: expect.stringContaining('too much') });
  expect(storage.items.size).toBe(0);
});

test('a full or forbidden storage is said, and leaves nothing half done', () => {
  const full = storageOf(100);
  expect(keepMoment(full, moment(1, { text: 'x'.repeat(200) }))).toMatchObject({ isKept: false });
  expect(momentsOf(full, 'a')).toEqual([]);
  const forbidden = forbiddenStorage();
  expect(keepMoment(forbidden, moment(1))).toMatchObject({ isKept: false });
  expect(momentsOf(forbidden, 'a')).toEqual([]);
  expect(momentText(forbidden, 'x')).toBeUndefined();
});

test('what made room for a moment that could not be kept is not offered any more', () => {
  const storage = storageOf(2_000);
  for (let at = 1; at <= momentsOfAPlace; at += 1) keepMoment(storage, moment(at));
  expect(keepMoment(storage, moment(9, { text: 'x'.repeat(2_000) }))).toMatchObject({ isKept: false });
  const kept = momentsOf(storage, 'a');
  expect(kept.every(({ id }) => momentText(storage, id) !== undefined)).toBe(true);
  expect(kept.map(({ at }) => at)).toEqual([8, 7, 6, 5, 4, 3, 2]);
});

test('a moment can be forgotten, and what something else wrote is no moment', () => {
  const storage = storageOf();
  const keeping = keepMoment(storage, moment(1));
  if (keeping.isKept) forgetMoment(storage, keeping.moment.id);
  expect(momentsOf(storage, 'a')).toEqual([]);
  storage.setItem('slipway.topology-moments', '{"not":"moments"}');
  expect(momentsOf(storage, 'a')).toEqual([]);
});
