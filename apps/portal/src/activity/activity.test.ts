import type { ActivityOperation } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { entriesOf } from './activity-entries.ts';
import { scopeOfOperation } from './activity-scope.ts';

test('an operation on tags or a lock is about what carries them', () => {
  const group = '/subscriptions/s/resourceGroups/g';
  const network = `${group}/providers/Microsoft.Network/virtualNetworks/n`;
  expect(scopeOfOperation(`${group}/providers/Microsoft.Resources/tags/default`)).toBe(group);
  expect(scopeOfOperation(`${network}/providers/Microsoft.Authorization/locks/keep`)).toBe(network);
  expect(scopeOfOperation(network)).toBe(network);
});

const operation = (correlationId: string, operationId: string, minute: number): ActivityOperation => ({
  correlationId,
  operationId,
  operation: 'a/b/write',
  resourceId: `/${operationId}`,
  status: 'Succeeded',
  caller: 'me',
  startedAt: new Date(Date.UTC(2026, 1, 1, 0, minute)).toISOString(),
});

describe('what one request brought about', () => {
  test('stands under it, newest first, also where it comes in two parts of the log', () => {
    const entries = entriesOf([
      operation('one', 'c', 9),
      operation('two', 'x', 7),
      { ...operation('one', 'b', 5), status: 'Succeeded', endedAt: 'then' },
      operation('one', 'a', 1),
      { ...operation('one', 'b', 3), status: 'Underway' },
    ]);
    expect(entries.map(({ correlationId, head }) => [correlationId, head.operationId])).toEqual([
      ['two', 'x'],
      ['one', 'a'],
    ]);
    expect(entries[1]?.rest.map(({ operationId }) => operationId)).toEqual(['c', 'b']);
    expect(entries[1]?.rest[1]).toMatchObject({ status: 'Succeeded', endedAt: 'then' });
    expect(entries[1]?.rest[1]?.startedAt).toMatch(/00:03/);
  });

  test('is told by what was asked of the container service, though its resource group was made before it', () => {
    const [entry] = entriesOf([
      { ...operation('one', 'c', 9), operation: 'Microsoft.Network/virtualNetworks/write' },
      { ...operation('one', 'b', 5), operation: 'Microsoft.Resources/deploymentStacks/write' },
      { ...operation('one', 'a', 1), operation: 'Microsoft.Resources/subscriptions/resourceGroups/write' },
    ]);
    expect(entry?.head.operationId).toBe('b');
    expect(entry?.rest.map(({ operationId }) => operationId)).toEqual(['c', 'a']);
  });
});
