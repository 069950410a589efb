import { describe, expect, test } from 'vitest';
import { draftOf, faultsOf, isOwnIn, isUnchanged, tagsOf } from './tag-draft.ts';

describe('tags as rows', () => {
  test('are in the order of their names and give the same tags again', () => {
    const tags = { b: '2', a: '', C: 'x' };
    expect(draftOf(tags).map(({ name }) => name)).toEqual(['a', 'b', 'C']);
    expect(tagsOf(draftOf(tags))).toEqual(tags);
    expect(isUnchanged(draftOf(tags), tags)).toBe(true);
  });

  test('are changed by a value, a name and a row more or less, and not by a row with nothing in it', () => {
    const tags = { a: '1' };
    expect(isUnchanged([...draftOf(tags), { key: 9, name: ' ', value: '' }], tags)).toBe(true);
    expect(isUnchanged([{ key: 0, name: 'a', value: '2' }], tags)).toBe(false);
    expect(isUnchanged([{ key: 0, name: 'A', value: '1' }], tags)).toBe(false);
    expect(isUnchanged([], tags)).toBe(false);
    expect(isUnchanged([], { toString: 'x' })).toBe(false);
  });

  test('of Slipway’s own stay as they are, and nobody adds one', () => {
    const tags = { 'Slipway-cluster': 'harbour', owner: 'crew' };
    expect(isOwnIn(tags, 'Slipway-cluster')).toBe(true);
    expect(isOwnIn(tags, 'owner')).toBe(false);
    expect(faultsOf('/subscriptions/x', draftOf(tags), tags)).toEqual([]);
    expect(faultsOf('/subscriptions/x', draftOf(tags), {})).toMatchObject([{ index: 1, part: 'name' }]);
  });

  test('have shorter names on a storage account than elsewhere', () => {
    const rows = [{ key: 0, name: 'x'.repeat(129), value: '' }];
    const account = '/subscriptions/x/resourceGroups/y/providers/Microsoft.Storage/storageAccounts/z';
    expect(faultsOf('/subscriptions/x/resourceGroups/y', rows, {})).toEqual([]);
    expect(faultsOf(account, rows, {})).toMatchObject([{ message: expect.stringContaining('128') }]);
  });
});
