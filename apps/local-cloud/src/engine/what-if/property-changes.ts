import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { canonicalJson, isJsonObject } from '../../json-text.ts';

/** A change of a property as ARM's what-if tells it ([SDK] WhatIfPropertyChange). */
export interface PropertyChange extends JsonObject {
  /** Names from the resource inwards, joined by dots; of an item of an array its index. */
  path: string;
  propertyChangeType: 'Create' | 'Delete' | 'Modify' | 'Array';
  before?: JsonValue;
  after?: JsonValue;
  /** What changes in an array's items, and in an item. */
  children?: PropertyChange[];
}

/**
 * What becomes different between two snapshots of a resource. Names have no case, ids neither; null is as absent. The items
 * of an array are the same ones when their `name` (or `id`) is, wherever they stand; items without a name are the same
 * when they are equal. A property that comes or goes is told as a whole.
 */
export function propertyChanges(before: JsonObject, after: JsonObject): PropertyChange[] {
  return objectChanges(before, after, '');
}

function objectChanges(before: JsonObject, after: JsonObject, path: string): PropertyChange[] {
  const old = new Map(Object.entries(before).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  const changes: PropertyChange[] = [];
  for (const [name, value] of Object.entries(after)) {
    const key = name.toLowerCase();
    changes.push(...valueChanges(old.get(key)?.value, value, joined(path, name)));
    old.delete(key);
  }
  for (const { name, value } of old.values())
    changes.push(...valueChanges(value, undefined, joined(path, name)));
  return changes;
}

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const isAbsent = (value: JsonValue | undefined): value is null | undefined =>
  value === undefined || value === null;

function valueChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
): PropertyChange[] {
  if (isAbsent(before)) return isAbsent(after) ? [] : [{ path, propertyChangeType: 'Create', after }];
  if (isAbsent(after)) return [{ path, propertyChangeType: 'Delete', before }];
  if (isJsonObject(before) && isJsonObject(after)) return objectChanges(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) {
    const children = arrayChanges(before, after);
    return children.length === 0 ? [] : [{ path, propertyChangeType: 'Array', children }];
  }
  return isSame(before, after) ? [] : [{ path, propertyChangeType: 'Modify', before, after }];
}

const isId = (value: JsonValue): value is string =>
  typeof value === 'string' && /^\/subscriptions\//i.test(value);

/** What is the same for ARM has the same text: ids have no case, and a number may come in any type that holds it. */
const signOf = (value: JsonValue): string => canonicalJson(isId(value) ? value.toLowerCase() : value);

const isSame = (before: JsonValue, after: JsonValue): boolean =>
  before === after || signOf(before) === signOf(after);

interface Item {
  index: number;
  value: JsonValue;
}

function arrayChanges(before: readonly JsonValue[], after: readonly JsonValue[]): PropertyChange[] {
  const keyed = matchByKey(before, after);
  const { pairs, gone, fresh } = keyed ?? matchEqual(before, after);
  const children = [
    ...pairs.flatMap(([old, now]) => itemChanges(old, now)),
    ...gone.map(({ index, value }): PropertyChange => {
      return { path: String(index), propertyChangeType: 'Delete', before: value };
    }),
    ...fresh.map(({ index, value }): PropertyChange => {
      return { path: String(index), propertyChangeType: 'Create', after: value };
    }),
  ];
  const order = { Delete: 0, Modify: 1, Array: 1, Create: 2 };
  return children.toSorted(
    (one, other) =>
      Number(one.path) - Number(other.path) ||
      order[one.propertyChangeType] - order[other.propertyChangeType],
  );
}

/** The change of one item; its place in the new array is its path, and paths inside it begin at the item. */
function itemChanges(old: Item, now: Item): PropertyChange[] {
  const path = String(now.index);
  if (isJsonObject(old.value) && isJsonObject(now.value)) {
    const children = objectChanges(old.value, now.value, '').filter(
      ({ path: changed, before, after }) => !(changed === 'name' && isSameName(before, after)),
    );
    return children.length === 0 ? [] : [{ path, propertyChangeType: 'Modify', children }];
  }
  return valueChanges(old.value, now.value, path);
}

/** Names are compared as ARM compares them, and an item keeps the spelling that it was given last. */
const isSameName = (before: JsonValue | undefined, after: JsonValue | undefined): boolean =>
  typeof before === 'string' && typeof after === 'string' && before.toLowerCase() === after.toLowerCase();

interface Matching {
  /** Items that are the same one, and may differ. */
  pairs: [Item, Item][];
  gone: Item[];
  fresh: Item[];
}

const items = (values: readonly JsonValue[]): Item[] => values.map((value, index) => ({ index, value }));

/** Items by their names, or ids; `undefined` where not every item has one of its own. */
function matchByKey(before: readonly JsonValue[], after: readonly JsonValue[]): Matching | undefined {
  for (const member of ['name', 'id']) {
    const [old, now] = [byKey(before, member), byKey(after, member)];
    if (!old || !now) continue;
    return {
      pairs: [...now].flatMap(([key, item]): [Item, Item][] => {
        const same = old.get(key);
        return same === undefined ? [] : [[same, item]];
      }),
      gone: [...old].flatMap(([key, item]) => (now.has(key) ? [] : [item])),
      fresh: [...now].flatMap(([key, item]) => (old.has(key) ? [] : [item])),
    };
  }
  return undefined;
}

function byKey(values: readonly JsonValue[], member: string): Map<string, Item> | undefined {
  const found = new Map<string, Item>();
  for (const item of items(values)) {
    const key = isJsonObject(item.value) ? item.value[member] : undefined;
    if (typeof key !== 'string' || found.has(key.toLowerCase())) return undefined;
    found.set(key.toLowerCase(), item);
  }
  return found;
}

/**
 * Items that are equal are the same ones, wherever they stand. Of what is left over, objects and arrays are compared in their
 * order; plain values come and go. Where only the order differs, the order is the change.
 */
function matchEqual(before: readonly JsonValue[], after: readonly JsonValue[]): Matching {
  const left = new Map<string, number>();
  const count = (sign: string, by: 1 | -1): number => {
    const now = (left.get(sign) ?? 0) + by;
    left.set(sign, now);
    return now;
  };
  for (const value of before) count(signOf(value), 1);
  const added = items(after).filter(({ value }) => count(signOf(value), -1) < 0);
  const removed = items(before)
    .toReversed()
    .filter(({ value }) => (left.get(signOf(value)) ?? 0) > 0 && count(signOf(value), -1) >= 0)
    .toReversed();
  if (added.length === 0 && removed.length === 0)
    return { pairs: inPlace(before, after), gone: [], fresh: [] };
  const [oldNests, newNests] = [removed.filter(isNest), added.filter(isNest)];
  const pairs = inOrder(oldNests, newNests);
  return {
    pairs,
    gone: [...removed.filter((item) => !isNest(item)), ...oldNests.slice(pairs.length)],
    fresh: [...added.filter((item) => !isNest(item)), ...newNests.slice(pairs.length)],
  };
}

const isNest = ({ value }: Item): boolean => typeof value === 'object' && value !== null;

const inPlace = (before: readonly JsonValue[], after: readonly JsonValue[]): [Item, Item][] =>
  inOrder(items(before), items(after));

function inOrder(before: readonly Item[], after: readonly Item[]): [Item, Item][] {
  return after.flatMap((now, place): [Item, Item][] => {
    const old = before[place];
    return old === undefined ? [] : [[old, now]];
  });
}
