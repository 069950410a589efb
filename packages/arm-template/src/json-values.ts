import { spend, spendOnText } from './expression/bounds.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** Whether a value is a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets an own property; `__proto__` becomes an ordinary key instead of changing the prototype. */
export function setOwn(target: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** The own key of an object that equals `key`, ignoring case; an exact match wins. */
export function findKey(target: object, key: string): string | undefined {
  if (Object.hasOwn(target, key)) return key;
  const wanted = key.toLowerCase();
  const keys = Object.keys(target);
  spend(keys.length);
  return keys.find((candidate) => candidate.toLowerCase() === wanted);
}

/** An own property, by name ignoring case; `undefined` where there is none. */
export function getOwn(target: JsonObject, key: string): JsonValue | undefined {
  const found = findKey(target, key);
  return found === undefined ? undefined : target[found];
}

export function equalsIgnoreCase(left: string, right: string): boolean {
  return left === right || left.toLowerCase() === right.toLowerCase();
}

/** Structural equality: strings with their case, numbers by value, objects whatever the order of their keys. */
export function deepEquals(left: JsonValue, right: JsonValue): boolean {
  // Long texts that differ late cost time, too.
  if (typeof left === 'string' && typeof right === 'string' && left.length === right.length)
    spendOnText(left);
  else spend(1);
  if (left === right) return true;
  if (isNumber(left) && isNumber(right)) return comparable(left) === comparable(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((item, index) => deepEquals(item, right[index] ?? null))
    );
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    spend(keys.length >> 2);
    if (keys.length !== Object.keys(right).length) return false;
    return keys.every((key) => {
      if (!Object.hasOwn(right, key)) return false;
      return deepEquals(left[key] ?? null, right[key] ?? null);
    });
  }
  return false;
}

export function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** A number in the form that equal values share: a `bigint` that fits becomes a number. */
function comparable(value: number | bigint): number | bigint {
  return typeof value === 'bigint' ? normalInteger(value) : value;
}

/** Whether an integer has at most 64 bits, as all of the language have. */
export function fitsInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** An integer as a number where that is exact, else as `bigint`. */
export function normalInteger(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}

/** Newtonsoft's name of a value's kind, as Azure's error texts use it. */
export function kindOf(value: JsonValue): string {
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (isNumber(value)) return typeof value === 'bigint' || Number.isInteger(value) ? 'Integer' : 'Float';
  return 'Object';
}
