import { expect, test } from 'vitest';
import { isComparedWith, readComparedWith, writeMoment, writePlace } from './compared-with.ts';
import type { TopologyPlace } from './topology-place.ts';

const group = { subscriptionId: '1', resourceGroup: 'Group_(1).x' };
const places: TopologyPlace[] = [
  { kind: 'cluster', path: { ...group, name: 'swarm' } },
  { kind: 'group', path: group },
];

test('reads what it wrote', () => {
  for (const place of places) expect(readComparedWith(writePlace(place))).toEqual(place);
  expect(readComparedWith(writeMoment('a-1'))).toEqual({ kind: 'moment', id: 'a-1' });
});

test('a place is the same in any case, and a group is none of the clusters in it', () => {
  for (const place of places)
    expect(
      places.filter((other) =>
        isComparedWith(readComparedWith(writePlace(place).replace('Group', 'gROUP')), other),
      ),
    ).toEqual([place]);
  expect(isComparedWith(undefined, places[0]!)).toBe(false);
  expect(isComparedWith(readComparedWith(writeMoment('1')), places[1]!)).toBe(false);
});

test.each([
  '',
  'cluster:',
  'cluster:a/b',
  'cluster:a/b/',
  'cluster:a//c',
  'cluster:a/b/c/d',
  'group:',
  'group:a',
  'group:/b',
  'group:a/',
  'group:a/b/c',
  'moment:',
  'moment:a/b',
  'moment:<x>',
  'file:x',
  'x',
])('takes %j for nothing', (text) => {
  expect(readComparedWith(text)).toBeUndefined();
});
