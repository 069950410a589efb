import { expect, test } from 'vitest';
import { storedData } from './stored-data.ts';

function storageOf(content: Record<string, string>) {
  const keys = Object.keys(content);
  return {
    length: keys.length,
    key: (at: number) => keys[at] ?? null,
    getItem: (key: string) => content[key] ?? null,
  };
}

test('what is stored is told by kind, each key once, and nothing that is not the portal’s', () => {
  const stored = storedData(
    storageOf({
      'slipway.theme': 'dark',
      'slipway.topology-moments': '[]',
      'slipway.topology-moment.1': 'x'.repeat(10),
      'slipway.key-file.s/g/n': '~/.ssh/id',
      'slipway.something-new': '1',
      'else.where': 'no',
    }),
  );
  expect(stored.map(({ id, keys, size }) => [id, keys.length, size])).toEqual([
    ['moments', 2, 12],
    ['keys', 1, 9],
    ['choices', 2, 5],
  ]);
});

test('nothing is stored where the browser forbids it', () => {
  const forbidden = {
    get length(): number {
      throw new Error('forbidden');
    },
    key: () => null,
    getItem: () => null,
  };
  expect(storedData(forbidden)).toEqual([]);
});
