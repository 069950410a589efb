import type { JsonObject, JsonValue } from '@slipway/arm-template';

/** Whether a JSON value is an object (no array, not null). */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member by its name without regard to case, as ARM reads request bodies; null counts as absent. */
export function member(object: JsonValue | undefined, name: string): JsonValue | undefined {
  if (!isJsonObject(object)) return undefined;
  const exact = object[name];
  if (exact !== undefined) return exact ?? undefined;
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(object)) {
    if (key.toLowerCase() === wanted) return value ?? undefined;
  }
  return undefined;
}

/** The value at a path of member names. */
export function valueAt(object: JsonValue | undefined, ...path: readonly string[]): JsonValue | undefined {
  let value = object;
  for (const name of path) value = member(value, name);
  return value;
}

/** The object at a path; empty when there is none. */
export function objectAt(object: JsonValue | undefined, ...path: readonly string[]): JsonObject {
  const value = valueAt(object, ...path);
  return isJsonObject(value) ? value : {};
}

/** The array at a path; empty when there is none. */
export function arrayAt(object: JsonValue | undefined, ...path: readonly string[]): JsonValue[] {
  const value = valueAt(object, ...path);
  return Array.isArray(value) ? value : [];
}

/** The objects of the array at a path. */
export function objectsAt(object: JsonValue | undefined, ...path: readonly string[]): JsonObject[] {
  return arrayAt(object, ...path).filter((value) => isJsonObject(value));
}

/** The text at a path. */
export function textAt(object: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  const value = valueAt(object, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** The whole number at a path; numbers written as text count, as they do for ARM. */
export function numberAt(object: JsonValue | undefined, ...path: readonly string[]): number | undefined {
  const value = valueAt(object, ...path);
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** The truth value at a path; `"true"` and `"false"` as text count, as they do for ARM. */
export function booleanAt(object: JsonValue | undefined, ...path: readonly string[]): boolean | undefined {
  const value = valueAt(object, ...path);
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** The `id` of the reference at a path: `{ subnet: { id } }`. */
export function idAt(object: JsonValue | undefined, ...path: readonly string[]): string | undefined {
  return textAt(object, ...path, 'id');
}

/** Whether two texts are the same to ARM, which compares ids and names without regard to case. */
export function sameText(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && left.toLowerCase() === right.toLowerCase();
}

/** Two JSON values are equal whatever the order of their members. */
export function sameJson(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  return canonicalText(left) === canonicalText(right);
}

function canonicalText(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item)).join(',')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalText(item)}`);
    return `{${members.join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : (JSON.stringify(value) ?? 'undefined');
}

/** An object without its members that are undefined. */
export function compact(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of Object.entries(members)) if (value !== undefined) object[key] = value;
  return object;
}
