import { spend } from '../expression/bounds.ts';
import type { JsonObject } from '../json.ts';
import { isObject, setOwn } from '../json-values.ts';
import {
  any,
  array,
  declare,
  declareVariadic,
  object,
  text,
  type FunctionDeclaration,
} from './declaration.ts';
import { compareTextIgnoringCase } from './text-order.ts';

function sortedKeys(value: JsonObject): string[] {
  const keys = Object.keys(value);
  spend(keys.length);
  return keys.toSorted(compareTextIgnoringCase);
}

export const objectFunctions: readonly FunctionDeclaration[] = [
  declare('null', [], () => null),
  declareVariadic('createObject', 0, any, (call, values) => {
    if (values.length % 2 !== 0) {
      throw call.usageError(
        "The template language function 'createObject' expects an even number of parameters: keys and values in turn.",
      );
    }
    const created: JsonObject = {};
    for (let index = 0; index < values.length; index += 2) {
      setOwn(created, text.read(values[index] ?? null, call), values[index + 1] ?? null);
    }
    return created;
  }),
  declare('items', [object], (_call, value) =>
    sortedKeys(value).map((key) => ({ key, value: value[key] ?? null })),
  ),
  declare('objectKeys', [object], (_call, value) => sortedKeys(value)),
  declare('shallowMerge', [array], (call, entries) => {
    const merged: JsonObject = {};
    for (const entry of entries) {
      if (entry === null) continue;
      if (!isObject(entry)) object.read(entry, call);
      else {
        const own = Object.entries(entry);
        spend(4 * own.length);
        for (const [key, value] of own) setOwn(merged, key, value);
      }
    }
    return merged;
  }),
];
