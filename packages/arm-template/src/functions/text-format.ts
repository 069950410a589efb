import { utf8 } from '@scure/base';
import { MAXIMUM_TEXT_LENGTH } from '../expression/bounds.ts';
import type { JsonValue } from '../json.ts';
import { isNumber } from '../json-values.ts';
import { writeJson } from '../json-writer.ts';
import type { FunctionCall } from './declaration.ts';
import { plainNumber } from './number-format.ts';

/** How `format`, `join` and `concat` write a value: booleans as in .NET, objects as JSON with single quotes. */
export function displayText(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (isNumber(value)) return plainNumber(value);
  return writeJson(value, "'");
}

/** A text in UTF-8. Half of a surrogate pair becomes a replacement character, as in .NET. */
export function utf8Bytes(text: string): Uint8Array {
  return utf8.decode(text.toWellFormed());
}

/** Refuses a string longer than a whole template may be, before it is built. */
export function bounded(call: FunctionCall, length: number): void {
  if (length > MAXIMUM_TEXT_LENGTH) {
    throw call.usageError(
      `The result of the template language function '${call.name}' exceeds the limit of '${String(MAXIMUM_TEXT_LENGTH)}' characters.`,
    );
  }
}
