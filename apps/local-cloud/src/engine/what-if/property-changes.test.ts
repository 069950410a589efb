import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { describe, expect, test } from 'vitest';
import { propertyChanges } from './property-changes.ts';

const changesOf = (before: JsonObject, after: JsonObject) => propertyChanges(before, after);
const arrayChangesOf = (before: JsonValue[], after: JsonValue[]) =>
  changesOf({ list: before }, { list: after })[0]?.children ?? [];
const item = (name: string, port: number): JsonObject => ({ name, properties: { port, protocol: 'Tcp' } });

describe('nothing has changed', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['equal values', { a: { b: [1, { c: 'x' }] } }, { a: { b: [1, { c: 'x' }] } }],
    ['names in another case', { Tags: { OWNER: 'me' } }, { tags: { owner: 'me' } }],
    [
      'ids in another case',
      { id: '/subscriptions/S/resourceGroups/RG' },
      { id: '/Subscriptions/s/resourcegroups/rg' },
    ],
    ['null and absent', { a: null, c: 1 }, { b: null, c: 1 }],
    ['numbers of another type', { a: 9_007_199_254_740_993n, b: 5 }, { a: 9_007_199_254_740_993n, b: 5n }],
    [
      'items with names in another order',
      { a: [item('x', 1), item('y', 2)] },
      { a: [item('Y', 2), item('x', 1)] },
    ],
    [
      'references in another order and case',
      { a: [{ id: '/subscriptions/s/a' }, { id: '/subscriptions/s/b' }] },
      { a: [{ id: '/subscriptions/s/B' }, { id: '/subscriptions/s/a' }] },
    ],
  ])('between %s', (_what, before, after) => {
    expect(changesOf(before, after)).toEqual([]);
  });
});

describe('an object', () => {
  test('tells each property by its path, what comes and goes as a whole', () => {
    expect(
      changesOf(
        { sku: { name: 'a', capacity: 2 }, tags: { owner: 'me' }, properties: { old: { deep: 1 }, same: 1 } },
        { sku: { name: 'a', capacity: 4 }, tags: {}, properties: { fresh: { deep: 2 }, same: 1 } },
      ),
    ).toEqual([
      { path: 'sku.capacity', propertyChangeType: 'Modify', before: 2, after: 4 },
      { path: 'tags.owner', propertyChangeType: 'Delete', before: 'me' },
      { path: 'properties.fresh', propertyChangeType: 'Create', after: { deep: 2 } },
      { path: 'properties.old', propertyChangeType: 'Delete', before: { deep: 1 } },
    ]);
  });

  test('that becomes something else is one change', () => {
    expect(changesOf({ a: { b: 1 } }, { a: [1] })).toEqual([
      { path: 'a', propertyChangeType: 'Modify', before: { b: 1 }, after: [1] },
    ]);
  });

  test('with names that JavaScript has its own use for is data like any other', () => {
    const hostile = JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}') as JsonObject;
    expect(changesOf({}, hostile)).toEqual([
      { path: '__proto__', propertyChangeType: 'Create', after: { x: 1 } },
      { path: 'constructor', propertyChangeType: 'Create', after: 1 },
    ]);
    expect(changesOf(hostile, hostile)).toEqual([]);
  });
});

describe('an array', () => {
  test('matches items by name, and tells what is different in one', () => {
    expect(arrayChangesOf([item('http', 80), item('old', 1)], [item('new', 2), item('http', 8080)])).toEqual([
      { path: '0', propertyChangeType: 'Create', after: item('new', 2) },
      { path: '1', propertyChangeType: 'Delete', before: item('old', 1) },
      {
        path: '1',
        propertyChangeType: 'Modify',
        children: [{ path: 'properties.port', propertyChangeType: 'Modify', before: 80, after: 8080 }],
      },
    ]);
  });

  test('of plain values tells which come and go, as Azure does', () => {
    expect(arrayChangesOf(['10.0.0.0/16'], ['10.0.0.0/15'])).toEqual([
      { path: '0', propertyChangeType: 'Delete', before: '10.0.0.0/16' },
      { path: '0', propertyChangeType: 'Create', after: '10.0.0.0/15' },
    ]);
    expect(arrayChangesOf(['22', '2222'], ['22', '80', '2222'])).toEqual([
      { path: '1', propertyChangeType: 'Create', after: '80' },
    ]);
    expect(arrayChangesOf(['a', 'a', 'b'], ['b', 'a'])).toEqual([
      { path: '1', propertyChangeType: 'Delete', before: 'a' },
    ]);
  });

  test('in another order only has another order', () => {
    expect(arrayChangesOf(['a', 'b'], ['b', 'a'])).toEqual([
      { path: '0', propertyChangeType: 'Modify', before: 'a', after: 'b' },
      { path: '1', propertyChangeType: 'Modify', before: 'b', after: 'a' },
    ]);
  });

  test('of objects without names compares what is left over in its order', () => {
    expect(arrayChangesOf([{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 3 }, { a: 4 }])).toEqual([
      {
        path: '1',
        propertyChangeType: 'Modify',
        children: [{ path: 'a', propertyChangeType: 'Modify', before: 1, after: 3 }],
      },
      { path: '2', propertyChangeType: 'Create', after: { a: 4 } },
    ]);
  });

  test('in an array is told inside its place', () => {
    expect(arrayChangesOf([[1, 2]], [[1, 3]])).toEqual([
      {
        path: '0',
        propertyChangeType: 'Array',
        children: [
          { path: '1', propertyChangeType: 'Delete', before: 2 },
          { path: '1', propertyChangeType: 'Create', after: 3 },
        ],
      },
    ]);
  });

  test('of very many items takes no longer than reading them', () => {
    const many = Array.from({ length: 100_000 }, () => 'same');
    expect(arrayChangesOf(many, [...many, 'more'])).toHaveLength(1);
    expect(arrayChangesOf(many, many.slice(1))).toHaveLength(1);
  });
});
