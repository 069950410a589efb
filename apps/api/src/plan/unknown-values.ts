import type { JsonObject, JsonValue } from '@slipway/arm-template';

/**
 * What stands in for a value that nobody knows beforehand. A template is expanded once with each: only what comes out
 * the same both times does not depend on what is unknown. Long enough to be taken apart by a template's functions.
 */
export const standIns = ['a'.repeat(48), 'b'.repeat(48)] as const;

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a text of a preview is an expression that only the running deployment can answer. */
const isExpression = (text: string): boolean =>
  /^\[(?!\[)[^]*\]$/.test(text) && /\b(?:reference|list\w*)\s*\(/i.test(text);

/** Whether a JSON value holds something that only the running deployment can answer. */
export function isUnresolved(value: unknown): boolean {
  if (typeof value === 'string') return isExpression(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(isUnresolved);
}

/** The part of a value that is known: equal in both expansions, and no expression. `undefined` where nothing is. */
export function knownPart(one: JsonValue | undefined, other: JsonValue | undefined): unknown {
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return undefined;
    return one.map((item, index) => knownPart(item, other[index])).filter((item) => item !== undefined);
  }
  if (isObject(one)) {
    if (!isObject(other)) return undefined;
    return Object.fromEntries(
      Object.entries(one).flatMap(([name, member]): [string, unknown][] => {
        const known = Object.hasOwn(other, name) ? knownPart(member, other[name]) : undefined;
        return known === undefined ? [] : [[name, known]];
      }),
    );
  }
  if (one !== other || (typeof one === 'string' && isExpression(one))) return undefined;
  return typeof one === 'bigint' ? Number(one) : one;
}
