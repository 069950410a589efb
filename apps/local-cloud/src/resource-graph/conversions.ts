import type { JsonValue } from '@slipway/arm-template';
import { isJsonObject, readJson, writeJson } from '../json-text.ts';
import { momentText, parseMoment, parseTimespan, timespanText } from './kusto-time.ts';
import type { ScalarType, Value } from './scalar-types.ts';

/** How deeply a JSON text may nest that a query reads. */
const deepestJson = 200;

/** A value as text, as `tostring()` has it: null is empty. */
export function toText(value: Value, type: ScalarType): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (type === 'datetime') return momentText(value);
    if (type === 'timespan') return timespanText(value);
  }
  return typeof value === 'object' ? writeJson(value) : String(value);
}

/** A value as a whole number; null for what is none. */
export function toLong(value: Value): number | null {
  const number = toReal(value);
  return number === null ? null : Math.trunc(number);
}

/** A value as a number; null for what is none. */
export function toReal(value: Value): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const isNumber = /^\s*(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|0x[\da-f]+)\s*$/i.test(value);
  return isNumber ? toReal(Number(value)) : null;
}

/** A value as a truth value; null for what is none. */
export function toBool(value: Value): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') {
    const number = toReal(value);
    return number === null ? null : number !== 0;
  }
  const text = value.trim().toLowerCase();
  if (text === 'true') return true;
  if (text === 'false') return false;
  const number = toLong(text);
  return number === null ? null : number !== 0;
}

/** What a value of a `dynamic` column is when it is taken for a type; null where it is nothing of the kind. */
export function fromDynamic(value: JsonValue, type: ScalarType): Value {
  switch (type) {
    case 'bool':
      return toBool(value);
    case 'long':
      return toLong(value);
    case 'real':
      return toReal(value);
    case 'string':
      return toText(value, 'dynamic');
    case 'datetime':
      return typeof value === 'string' ? parseMoment(value) : null;
    case 'timespan':
      return typeof value === 'string' ? parseTimespan(value) : null;
    case 'dynamic':
      return value;
  }
}

/** A value as JSON has it: what JSON has no form for is a text. */
export function toDynamic(value: Value, type: ScalarType): JsonValue {
  if (type === 'datetime' || type === 'timespan') return value === null ? null : toText(value, type);
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/** A JSON text as a `dynamic` value; a text that is no JSON stays a text, as `parse_json()` leaves it. */
export function parseDynamic(text: string): JsonValue {
  if (text.trim() === '' || nestsTooDeep(text)) return text === '' ? null : text;
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > deepestJson) return true;
  }
  return false;
}

/** A member of a property bag; null where there is none, or no bag. */
export function memberOf(bag: JsonValue, name: string): JsonValue {
  return isJsonObject(bag) && Object.hasOwn(bag, name) ? (bag[name] ?? null) : null;
}

/** An element of an array, counted from its end when negative; null where there is none, or no array. */
export function elementOf(array: JsonValue, index: number): JsonValue {
  return Array.isArray(array) ? (array.at(Math.trunc(index)) ?? null) : null;
}
