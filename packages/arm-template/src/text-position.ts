import type { JsonValue } from './json.ts';

/** 1-based line and column in the text that a value was read from. */
export interface TextPosition {
  line: number;
  column: number;
}

const positions = new WeakMap<object, TextPosition>();

/** Remembers where the reader found an object or array. */
export function rememberPosition(value: object, position: TextPosition): void {
  positions.set(value, position);
}

/** Where an object or array began in the text it was read from; `undefined` if it was not read by `parseTolerantJson`. */
export function positionOf(value: JsonValue): TextPosition | undefined {
  return typeof value === 'object' && value !== null ? positions.get(value) : undefined;
}

/** ` at line '3' and column '5'` for a value that was read from text, else nothing. */
export function positionText(value: JsonValue): string {
  const position = positionOf(value);
  return position === undefined
    ? ''
    : ` at line '${String(position.line)}' and column '${String(position.column)}'`;
}
