import { expect, test } from 'vitest';
import { readComparedWith, writeCluster, writeMoment } from './compared-with.ts';

const path = { subscriptionId: '1', resourceGroup: 'group', name: 'swarm' };

test('reads what it wrote', () => {
  expect(readComparedWith(writeCluster(path))).toEqual({ kind: 'cluster', path });
  expect(readComparedWith(writeMoment('a-1'))).toEqual({ kind: 'moment', id: 'a-1' });
});

test.each([
  '',
  'cluster:',
  'cluster:a/b',
  'cluster:a/b/c/d',
  'moment:',
  'moment:a/b',
  'moment:<x>',
  'file:x',
  'x',
])('takes %j for nothing', (text) => {
  expect(readComparedWith(text)).toBeUndefined();
});
