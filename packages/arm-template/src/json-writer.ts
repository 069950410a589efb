import { refuseLongText, spend, spendOnText } from './expression/bounds.ts';
import { plainNumber } from './functions/number-format.ts';
import type { JsonValue } from './json.ts';
import { isNumber } from './json-values.ts';

type Quote = '"' | "'";

/** What Newtonsoft's writer escapes: the quote itself, the backslash, most control characters and what ends a line. */
const ESCAPED: Readonly<Record<Quote, RegExp>> = {
  '"': /["\\\p{Cc}\u2028\u2029]/gu,
  "'": /['\\\p{Cc}\u2028\u2029]/gu,
};

const NEXT_LINE = 0x85;

const SHORT_ESCAPES = new Map([
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\f', '\\f'],
  ['\r', '\\r'],
]);

function escaped(character: string): string {
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  if (code >= 0x7f && code < 0xa0 && code !== NEXT_LINE) return character;
  return code >= 0x20 && code < 0x7f ? `\\${character}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * JSON text as Newtonsoft writes it, with which Azure's engine works: without white space, 64-bit integers in full,
 * numbers with a fraction as .NET writes them, characters outside of ASCII as they are. With single quotes it is what
 * `format` and `join` write for objects and arrays. Values may share parts and be enormous once they are written out.
 *
 * @throws TemplateError when it becomes longer than a template may be.
 */
export function writeJson(value: JsonValue, quote: Quote = '"'): string {
  let length = 0;
  const counted = (text: string): string => {
    length += text.length + 1;
    refuseLongText(length);
    return text;
  };
  const write = (item: JsonValue): string => {
    if (typeof item === 'string') {
      spendOnText(item);
      return counted(quote + item.replaceAll(ESCAPED[quote], escaped) + quote);
    }
    spend(1);
    if (item === null || typeof item === 'boolean') return counted(String(item));
    if (isNumber(item)) return counted(plainNumber(item));
    length += 2;
    if (Array.isArray(item)) return `[${item.map(write).join(',')}]`;
    return `{${Object.keys(item)
      .map((key) => `${write(key)}:${write(item[key] ?? null)}`)
      .join(',')}}`;
  };
  return write(value);
}
