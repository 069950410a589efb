import { expect, test } from 'vitest';
import {
  forgetMissedMoment,
  missedMomentsOf,
  mostMissedMoments,
  noteMissedMoment,
} from './missed-moments.ts';
import { forbiddenStorage, storageOf } from './storage.test-support.ts';

const missed = (at: number, place = 'a') => ({
  place,
  at,
  words: 'Before a deployment',
  why: 'It is too much for the browser to keep.',
});

test.each([
  ['a storage with room', storageOf],
  ['a storage that is full', () => storageOf(10)],
  ['a storage that is forbidden', forbiddenStorage],
])('what could not be kept is told of, the latest first, with %s', (_name, make) => {
  const storage = make();
  noteMissedMoment(storage, missed(1));
  noteMissedMoment(storage, missed(2));
  noteMissedMoment(storage, missed(3, 'b'));
  const [latest] = missedMomentsOf(storage, 'a');
  expect(latest).toMatchObject(missed(2));
  expect(missedMomentsOf(storage, 'a').map(({ at }) => at)).toEqual([2, 1]);
  forgetMissedMoment(storage, latest!.id);
  expect(missedMomentsOf(storage, 'a').map(({ at }) => at)).toEqual([1]);
  expect(missedMomentsOf(storage, 'b').map(({ at }) => at)).toEqual([3]);
});

test('the oldest notes go', () => {
  const storage = storageOf();
  noteMissedMoment(storage, missed(0, 'b'));
  for (let at = 1; at <= mostMissedMoments; at += 1) noteMissedMoment(storage, missed(at));
  expect(missedMomentsOf(storage, 'a')).toHaveLength(mostMissedMoments);
  expect(missedMomentsOf(storage, 'b')).toEqual([]);
});

test('what something else wrote is no note', () => {
  const storage = storageOf();
  storage.setItem('slipway.topology-moments-missed', '{"not":"notes"}');
  expect(missedMomentsOf(storage, 'a')).toEqual([]);
});
