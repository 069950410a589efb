import { expect, test } from 'vitest';
import { waysOf } from './trace-ways.ts';

const group = '/subscriptions/s/resourcegroups/g/providers/';
const shortOf = (id: string): string => id.replace(group, '');
const ways = (...ends: string[]): readonly string[] =>
  waysOf(
    ends.map((end) => ({ at: `${group}${end}` })),
    shortOf,
  );

test('a way is called by where it ends, whatever comes before it', () => {
  expect(ways('vms/a', 'vms/b')).toEqual(['vms/a', 'vms/b']);
  expect(ways('vms/new', 'vms/a', 'vms/b').slice(1)).toEqual(ways('vms/a', 'vms/b'));
});

test('ways to the same end are told apart', () => {
  expect(ways('vms/a', 'vms/b', 'vms/a', 'vms/a')).toEqual(['vms/a', 'vms/b', 'vms/a~2', 'vms/a~3']);
});
