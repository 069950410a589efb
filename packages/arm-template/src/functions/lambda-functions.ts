import { Deferred } from '../expression/deferred.ts';
import type { Lambda } from '../expression/lambda.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { equalsIgnoreCase, setOwn } from '../json-values.ts';
import {
  any,
  array,
  boolean,
  declare,
  lambda,
  object,
  optional,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';

function keyOf(call: FunctionCall, maker: Lambda, item: JsonValue): string {
  return text.read(call.invoke(maker, [item]), call);
}

export const lambdaFunctions: readonly FunctionDeclaration[] = [
  declare('lambdaVariables', [text], (call, name) => {
    const { lambdaVariables = [], unboundLambdas = false } = call.scope;
    const found = lambdaVariables.findLast(([candidate]) => equalsIgnoreCase(candidate, name));
    if (found !== undefined) return found[1];
    if (unboundLambdas) throw new Deferred();
    throw call.usageError(`The lambda variable '${name}' is not found.`);
  }),
  declare('filter', [array, lambda], (call, items, predicate) =>
    items.filter((item, index) => boolean.read(call.invoke(predicate, [item, index]), call)),
  ),
  declare('map', [array, lambda], (call, items, mapper) =>
    items.map((item, index) => call.invoke(mapper, [item, index])),
  ),
  declare('mapValues', [object, lambda], (call, source, mapper) => {
    const mapped: JsonObject = {};
    for (const [key, value] of Object.entries(source)) setOwn(mapped, key, call.invoke(mapper, [value]));
    return mapped;
  }),
  declare('reduce', [array, any, lambda], (call, items, initial, reducer) =>
    items.reduce<JsonValue>((current, next, index) => call.invoke(reducer, [current, next, index]), initial),
  ),
  declare('sort', [array, lambda], (call, items, less) => {
    const before = (left: JsonValue, right: JsonValue): boolean =>
      boolean.read(call.invoke(less, [left, right]), call);
    return items.toSorted((left, right) => (before(left, right) ? -1 : before(right, left) ? 1 : 0));
  }),
  declare('toObject', [array, lambda, optional(lambda)], (call, items, key, value) => {
    const created: JsonObject = {};
    for (const item of items) {
      setOwn(created, keyOf(call, key, item), value === undefined ? item : call.invoke(value, [item]));
    }
    return created;
  }),
  declare('groupBy', [array, lambda, optional(lambda)], (call, items, key, value) => {
    const groups = new Map<string, JsonValue[]>();
    for (const item of items) {
      const name = keyOf(call, key, item);
      const group = groups.get(name) ?? [];
      group.push(value === undefined ? item : call.invoke(value, [item]));
      groups.set(name, group);
    }
    const created: JsonObject = {};
    for (const [name, group] of groups) setOwn(created, name, group);
    return created;
  }),
];
