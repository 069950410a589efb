import type { RowState } from '@slipway/contract';
import { expect, test } from 'vitest';
import { progressSentence, rowStateWord } from './deployment-words.ts';

const rows = (...states: RowState[]) =>
  states.map((state, index) => ({ id: `/${index}`, type: 'T/t', name: 'n', state }));

test('says how far a deployment is, and what failed', () => {
  expect(
    progressSentence({ deployment: { state: 'Running' }, rows: rows('Succeeded', 'Running', 'Waiting') }),
  ).toBe('Your deployment is underway. 1 of 3 resources are done.');
  expect(
    progressSentence({ deployment: { state: 'Failed' }, rows: rows('Succeeded', 'Failed', 'Canceled') }),
  ).toBe('Your deployment failed. 1 of 3 resources are done, 1 failed.');
});

test('says nothing of resources while there are none, or while they go', () => {
  expect(progressSentence({ deployment: { state: 'Accepted' }, rows: [] })).toBe(
    'Your deployment is underway.',
  );
  expect(progressSentence({ deployment: { state: 'Deleting' }, rows: rows('Succeeded') })).toBe(
    'Your container service is being deleted.',
  );
});

test('what never began waits only as long as the deployment runs', () => {
  expect(rowStateWord('Waiting', true)).toBe('Waiting');
  expect(rowStateWord('Waiting', false)).toBe('Not started');
  expect(rowStateWord('Failed', false)).toBe('Failed');
});
