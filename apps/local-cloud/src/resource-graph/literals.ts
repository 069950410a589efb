import type { BoundExpression } from './bound-expression.ts';
import { parseDynamic, toBool, toReal } from './conversions.ts';
import { parseMoment, parseTimespan } from './kusto-time.ts';
import { parserFailure, shortened, type QueryPlace } from './query-error.ts';
import type { ScalarType, Value } from './scalar-types.ts';
import type { LiteralType } from './syntax.ts';

/** A literal as an expression. `text` is what is written of it, without its quotes or its type. */
export function bindLiteral(
  type: LiteralType,
  text: string,
  place: QueryPlace,
  nowMs: number,
): BoundExpression {
  const { type: valueType, value } = readLiteral(type, text, nowMs);
  if (value === undefined)
    throw parserFailure(place, `${shortened(text)} is no literal of type ${valueType}.`);
  return { type: valueType, evaluate: () => value, weight: 1, literal: value };
}

function readLiteral(
  type: LiteralType,
  text: string,
  nowMs: number,
): { type: ScalarType; value: Value | undefined } {
  const isNull = text === 'null';
  const orNull = (value: Value): Value | undefined => (isNull ? null : (value ?? undefined));
  switch (type) {
    case 'string':
      return { type: 'string', value: text };
    case 'number':
      return { type: /^(?:\d+|0x[\da-f]+)$/i.test(text) ? 'long' : 'real', value: toReal(text) ?? undefined };
    case 'int':
      return { type: 'long', value: orNull(wholeNumber(text)) };
    case 'real':
      return { type: 'real', value: orNull(toReal(text)) };
    case 'bool':
      return { type: 'bool', value: orNull(toBool(text)) };
    case 'datetime':
      return { type: 'datetime', value: text === '' ? nowMs : orNull(parseMoment(text)) };
    case 'timespan':
      return { type: 'timespan', value: orNull(parseTimespan(text)) };
    case 'dynamic':
      return { type: 'dynamic', value: isNull ? null : dynamicLiteral(text) };
  }
}

function wholeNumber(text: string): number | null {
  const number = toReal(text);
  return Number.isInteger(number) ? number : null;
}

/** `parseDynamic` leaves what is no JSON as it is, which for a literal is a mistake. */
function dynamicLiteral(text: string): Value | undefined {
  const value = parseDynamic(text);
  return value === text || text === '' ? undefined : value;
}
