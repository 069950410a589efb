import { spend } from '../expression/bounds.ts';
import type { Value } from '../expression/scope.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { deepEquals, findKey, getOwn, isNumber, isObject, kindOf, setOwn } from '../json-values.ts';
import {
  any,
  array,
  declare,
  declareVariadic,
  expecting,
  integer,
  readTexts,
  refusing,
  text,
  textOrArray,
  textOrObjectOrArray,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { displayText } from './text-format.ts';
import { foldCase } from './text-order.ts';

/** `indexOf` and `lastIndexOf`: strings ignore case, array items do not. */
function search(name: string, last: boolean): FunctionDeclaration {
  return declare(name, [any, any], (call, container, wanted) => {
    if (!Array.isArray(container)) {
      const [searched, sought] = readTexts(call, container, wanted);
      const [value, part] = [foldCase(searched), foldCase(sought)];
      return last ? value.lastIndexOf(part) : value.indexOf(part);
    }
    const matches = (item: JsonValue): boolean => deepEquals(item, wanted);
    return last ? container.findLastIndex(matches) : container.findIndex(matches);
  });
}

/** A count clamped to what there is. */
function clamp(count: bigint, length: number): number {
  if (count <= 0n) return 0;
  return count > BigInt(length) ? length : Number(count);
}

/** `skip` and `take`: a part of a string or an array, from a count that is clamped. */
function partOf(
  name: 'skip' | 'take',
  choose: (value: string | JsonValue[], count: number) => Value,
): FunctionDeclaration {
  const refused = (argument: string) => (kind: string) =>
    `The template language function '${name}' expects its ${argument}. The provided value is of type '${kind}'. Please see https://aka.ms/arm-functions#${name} for usage details.`;
  return {
    ...declare(
      name,
      [
        refusing(textOrArray, refused("first parameter 'collection' to be an array or a string")),
        refusing(integer, refused("second parameter 'count' to be an integer")),
      ],
      (_call, value, count) => choose(value, clamp(count, value.length)),
    ),
    wrongCount: (count) =>
      `The template language function '${name}' expects exactly two parameters: the collection to ${name} the objects from as the first parameter and the count of objects to ${name} as the second parameter. The function was invoked with '${String(count)}' parameter(s). Please see https://aka.ms/arm-functions#${name} for usage details.`,
  };
}

/** The arguments of `union` and `intersection`: all arrays or all objects; null counts as absent. */
function alike(
  call: FunctionCall,
  values: readonly JsonValue[],
): { arrays: JsonValue[][] } | { objects: JsonObject[] } {
  const present = values.filter((value) => value !== null);
  const arrays = present.filter((value) => Array.isArray(value));
  if (arrays.length === present.length) return { arrays };
  const objects = present.filter(isObject);
  if (objects.length === present.length) return { objects };
  throw call.error(
    new Set(present.map(kindOf)).size > 1
      ? `Template language function '${call.name}' expects parameters of the same type, but found multiple types.`
      : `The template language function '${call.name}' expects either a comma separated list of arrays or a comma separated list of objects as its parameters. Please see https://aka.ms/arm-functions#${call.name} for usage details.`,
  );
}

const tooFew = (name: string) => (): string =>
  `Unable to evaluate template language function '${name}'. At least two parameter should be provided. Please see https://aka.ms/arm-functions for usage details.`;

/** An array without repetitions; strings are looked up by value, so that long lists stay quick. */
function distinct(items: readonly JsonValue[]): JsonValue[] {
  const simple = new Set<JsonValue>();
  const others: JsonValue[] = [];
  return items.filter((item) => {
    if (typeof item !== 'object' || item === null) {
      if (simple.has(item)) return false;
      simple.add(item);
      return true;
    }
    if (others.some((other) => deepEquals(other, item))) return false;
    others.push(item);
    return true;
  });
}

function mergeDeep(left: JsonObject, right: JsonObject): JsonObject {
  const [before, after] = [Object.entries(left), Object.entries(right)];
  // Keys that are added one by one cost more than other steps.
  spend(1 + 4 * (before.length + after.length));
  const merged: JsonObject = {};
  for (const [key, value] of before) setOwn(merged, key, value);
  for (const [key, value] of after) {
    const existing = Object.hasOwn(merged, key) ? merged[key] : undefined;
    setOwn(merged, key, isObject(existing) && isObject(value) ? mergeDeep(existing, value) : value);
  }
  return merged;
}

/** `first` and `last`. */
function end(name: string, index: 0 | -1): FunctionDeclaration {
  return declare(
    name,
    [expecting(textOrArray, 'expects its parameter be an array or a string')],
    (_call, container) =>
      typeof container === 'string' ? (container.at(index) ?? '') : (container.at(index) ?? null),
  );
}

function fromEnd(items: readonly JsonValue[], index: bigint): JsonValue | undefined {
  return index < 1n || index > BigInt(items.length) ? undefined : items[items.length - Number(index)];
}

/** One step of `tryGet`; `undefined` where there is nothing. */
function step(call: FunctionCall, container: JsonValue, key: JsonValue): JsonValue | undefined {
  if (container === null) return undefined;
  if (Array.isArray(container)) {
    const index = integer.read(key, call);
    return index < 0n || index >= BigInt(container.length) ? undefined : container[Number(index)];
  }
  if (isObject(container)) return getOwn(container, text.read(key, call));
  throw call.usageError(
    `The template language function '${call.name}' expects its parameter to be of type 'Array, Object'. The provided value is of type '${kindOf(container)}'.`,
  );
}

/** In the words that Azure's workflows have, whose engine has the same origin. */
const collection = expecting(
  textOrObjectOrArray,
  "expects its first argument 'collection' to be a dictionary (object), an array or a string",
);

const emptyOrNot = refusing(
  textOrObjectOrArray,
  (kind) =>
    `The template function 'empty' expects its parameter to be an object, an array, or a string. The provided value is of type '${kind}'. Please see https://aka.ms/arm-functions#empty for usage details.`,
);

export const arrayFunctions: readonly FunctionDeclaration[] = [
  declare('array', [any], (_call, value) => (Array.isArray(value) ? value : [value])),
  declareVariadic('createArray', 0, any, (_call, values) => values),
  declare('contains', [collection, any], (call, container, wanted) => {
    if (Array.isArray(container)) return container.some((item) => deepEquals(item, wanted));
    const sought = isNumber(wanted) ? displayText(wanted) : text.read(wanted, call);
    return typeof container === 'string'
      ? container.includes(sought)
      : findKey(container, sought) !== undefined;
  }),
  declare('empty', [any], (call, value) => {
    if (value === null) return true;
    const container = emptyOrNot.read(value, call);
    return isObject(container) ? Object.keys(container).length === 0 : container.length === 0;
  }),
  end('first', 0),
  end('last', -1),
  declare('flatten', [array], (call, arrays) => arrays.flatMap((item) => array.read(item, call))),
  search('indexOf', false),
  search('lastIndexOf', true),
  declare('indexFromEnd', [array, integer], (call, items, index) => {
    const item = fromEnd(items, index);
    if (item === undefined) {
      throw call.usageError(
        `The language expression property array index '${index.toString()}' from the end is out of bounds.`,
      );
    }
    return item;
  }),
  declare('tryIndexFromEnd', [array, integer], (_call, items, index) => fromEnd(items, index) ?? null),
  {
    ...declareVariadic('intersection', 2, any, (call, values) => {
      const sets = alike(call, values);
      if ('arrays' in sets) {
        const [first = [], ...others] = sets.arrays;
        return distinct(first).filter((item) =>
          others.every((other) => other.some((entry) => deepEquals(entry, item))),
        );
      }
      const [first = {}, ...others] = sets.objects;
      const common: JsonObject = {};
      for (const [key, value] of Object.entries(first)) {
        const shared = others.every((other) => {
          const found = Object.hasOwn(other, key) ? other[key] : undefined;
          return found !== undefined && deepEquals(found, value);
        });
        if (shared) setOwn(common, key, value);
      }
      return common;
    }),
    wrongCount: tooFew('intersection'),
  },
  {
    ...declareVariadic('union', 2, any, (call, values) => {
      const sets = alike(call, values);
      return 'arrays' in sets ? distinct(sets.arrays.flat()) : sets.objects.reduce<JsonObject>(mergeDeep, {});
    }),
    wrongCount: tooFew('union'),
  },
  {
    ...declare(
      'length',
      [expecting(textOrObjectOrArray, 'expects its parameter to be an array, object, or a string')],
      (_call, value) => (isObject(value) ? Object.keys(value).length : value.length),
    ),
    wrongCount: (count) =>
      `The template language function 'length' expects exactly one parameter: an array, object, or a string the length of which is returned. The function was invoked with '${String(count)}' parameters. Please see https://aka.ms/arm-resource-functions/#length for usage details.`,
  },
  partOf('skip', (value, count) => value.slice(count)),
  partOf('take', (value, count) => value.slice(0, count)),
  {
    name: 'tryGet',
    minimum: 2,
    maximum: Number.POSITIVE_INFINITY,
    evaluate: (call, [container, ...path]) => {
      let value = container === undefined ? undefined : any.read(container.value(), call);
      for (const key of path) {
        if (value === undefined || value === null) return null;
        value = step(call, value, any.read(key.value(), call));
      }
      return value ?? null;
    },
  },
];
