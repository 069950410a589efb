import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { z } from 'zod';

declare global {
  // Parts of JSON.parse with source text access, which TypeScript's library does not know yet.
  interface JSON {
    rawJSON: (text: string) => unknown;
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
    ): unknown;
  }
}

/** Writes JSON; a `bigint` becomes a number with all its digits. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'bigint' ? JSON.rawJSON(member.toString()) : member,
  );
}

/** Written with digits alone: what has a fraction or an exponent is a double, also where its value is whole. */
const wholeNumber = /^-?\d+$/;

/** Reads what `writeJson` wrote: integers that a double cannot hold come back as `bigint`. */
export function readJson(text: string): JsonValue {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return jsonSchema.parse(
    JSON.parse(text, (_, member, { source }) =>
      typeof member === 'number' &&
      !Number.isSafeInteger(member) &&
      source !== undefined &&
      wholeNumber.test(source)
        ? BigInt(source)
        : member,
    ),
  );
}

/** Whatever `JSON.parse` gives is a JSON value. */
const jsonSchema = z.custom<JsonValue>((value) => value !== undefined);

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value with the members of all objects in one order, so that equal values give equal texts. */
export function canonicalJson(value: JsonValue): string {
  return writeJson(sorted(value));
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
