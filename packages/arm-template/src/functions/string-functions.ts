import { base64, utf8 } from '@scure/base';
import { MAXIMUM_TEXT_LENGTH, spend } from '../expression/bounds.ts';
import type { JsonValue } from '../json.ts';
import { isNumber, isObject, kindOf } from '../json-values.ts';
import { writeJson } from '../json-writer.ts';
import { TemplateError } from '../template-error.ts';
import { parseFirstJsonValue } from '../tolerant-json.ts';
import {
  any,
  array,
  declare,
  declareLazy,
  declareVariadic,
  expecting,
  integer,
  optional,
  readTexts,
  refusing,
  text,
  textOrArray,
  textOrInteger,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { nameBasedGuid, uniqueString } from './hash.ts';
import { formatNumber } from './number-format.ts';
import { displayText, utf8Bytes } from './text-format.ts';
import { foldCase, lowerCase, upperCase, withoutSpace } from './text-order.ts';

const PLACEHOLDER = /\{\{|\}\}|\{(\d{1,6}) *(?:, *(-?\d{1,6}) *)?(?::([^{}]*))?\}|[{}]/g;

/** Refuses a string longer than a whole template may be, before it is built. */
export function bounded(call: FunctionCall, length: number): void {
  if (length > MAXIMUM_TEXT_LENGTH) {
    throw call.usageError(
      `The result of the template language function '${call.name}' exceeds the limit of '${String(MAXIMUM_TEXT_LENGTH)}' characters.`,
    );
  }
}

function format(call: FunctionCall, pattern: string, values: readonly JsonValue[]): string {
  const invalid = (reason: string): TemplateError =>
    call.error(
      `Unable to evaluate language function 'format': the format is invalid: '${reason}'. Please see https://aka.ms/arm-function-format for usage details.`,
    );
  let length = 0;
  return pattern.replaceAll(PLACEHOLDER, (whole, index?: string, alignment?: string, specifier?: string) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    if (index === undefined) throw invalid('Input string was not in a correct format.');
    const value = values[Number(index)];
    if (value === undefined) {
      throw invalid(
        'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
      );
    }
    const written = isNumber(value) ? formatNumber(value, specifier ?? '') : displayText(value);
    if (written === undefined) throw invalid('Format specifier was invalid.');
    const width = Number(alignment ?? 0);
    length += Math.max(written.length, Math.abs(width));
    bounded(call, length);
    return width < 0 ? written.padEnd(-width) : written.padStart(width);
  });
}

/** Reads base64. @throws the error that the caller gives. */
export function decodeBase64(encoded: string, failure: () => TemplateError): string {
  try {
    return readUtf8(base64.decode(encoded.replaceAll(/\s+/g, '')));
  } catch {
    throw failure();
  }
}

/** Bytes as UTF-8; what is none becomes a replacement character, as in .NET. */
function readUtf8(bytes: Uint8Array): string {
  try {
    return utf8.encode(bytes);
  } catch {
    const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    return escaped.replaceAll(UTF8_SEQUENCES, (sequence) => {
      try {
        return decodeURIComponent(sequence);
      } catch {
        return '\ufffd';
      }
    });
  }
}

/** Escaped bytes: one character of UTF-8, or one byte that begins or continues none. */
const UTF8_SEQUENCES = /%[0-7].|%[cd].%[89ab].|%e.(?:%[89ab].){2}|%f[0-7](?:%[89ab].){3}|%../g;

function toJsonText(value: JsonValue): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? writeJson(value) : displayText(value);
}

function parseJson(call: FunctionCall, source: string): JsonValue {
  if (source.trim() === '')
    throw call.usageError(
      `The template language function '${call.name}' parameter is not valid. The provided value cannot be an empty string.`,
    );
  try {
    return parseFirstJsonValue(source);
  } catch (error) {
    // A limit that was reached while reading is told as such.
    if (!(error instanceof TemplateError) || error.code !== 'InvalidRequestContent') throw error;
    throw call.usageError(
      `The template language function '${call.name}' parameter is not valid. The provided value cannot be parsed as JSON (line '${String(error.position.line ?? 1)}', position '${String(error.position.column ?? 1)}').`,
    );
  }
}

/** Literal replacement of every occurrence, without patterns. */
function replaceAll(call: FunctionCall, original: string, old: string, replacement: string): string {
  if (old === '')
    throw call.usageError(
      "The template language function 'replace' expects a string to search for that is not empty.",
    );
  const parts = original.split(old);
  bounded(call, original.length + (parts.length - 1) * Math.max(0, replacement.length - old.length));
  return parts.join(replacement);
}

/** `startsWith` and `endsWith`: without regard to case. */
function searchable(name: 'startsWith' | 'endsWith'): FunctionDeclaration {
  return declare(name, [any, any], (call, left, right) => {
    const [value, part] = readTexts(call, left, right);
    const end = name === 'startsWith' ? value.slice(0, part.length) : value.slice(value.length - part.length);
    return value.length >= part.length && foldCase(end) === foldCase(part);
  });
}

/** The arguments of a hash, which takes longer over each character than other functions. */
function hashable(call: FunctionCall, values: readonly string[]): readonly string[] {
  const length = values.reduce((sum, value) => sum + value.length, 0);
  bounded(call, length);
  spend(length >> 4);
  return values;
}

/** A string, in the words that Azure has for functions that take something encoded. */
const encoded = expecting(text, 'expects its parameter to be a string');

const formatText = refusing(
  text,
  () =>
    "Unable to evaluate language function 'format': the first argument must be a string literal, and the type of other arguments must be one of 'Array, Boolean, Date, Float, Guid, Integer, Null, Object, String, TimeSpan, Undefined, Uri'. Please see https://aka.ms/arm-resource-functions/#format for usage details.",
);

const delimiterWords = (kind: string): string =>
  `The template language function 'split' expects its second parameter to be of type 'String or Array of Strings'. The provided value is of type '${kind}'. Please see https://aka.ms/arm-functions for usage details.`;
const delimiterRule = refusing(textOrArray, delimiterWords);
const delimiterItem = refusing(text, delimiterWords);

const padSyntax = (reason: string): string =>
  `Unable to evaluate template language function 'padLeft': ${reason}. The syntax is padLeft(string, totalWidth [, paddingChar]). Please see https://aka.ms/arm-resource-functions/#padleft for usage details.`;

export const stringFunctions: readonly FunctionDeclaration[] = [
  {
    ...declare('base64', [text], (_call, value) => base64.encode(utf8Bytes(value))),
    wrongCount: () =>
      "The template language function 'base64' must have only one parameter. Please see https://aka.ms/arm-functions for usage details.",
  },
  declare('base64ToString', [encoded], (call, value) => decodeBase64(value, () => invalidBase64(call))),
  declare('base64ToJson', [encoded], (call, value) =>
    parseJson(
      call,
      decodeBase64(value, () => invalidBase64(call)),
    ),
  ),
  declare('json', [text], parseJson),
  {
    ...declareLazy('concat', 1, Number.POSITIVE_INFINITY, (call, values) => {
      const list = values.map((argument) => any.read(argument.value(), call));
      if (list.every((item) => Array.isArray(item))) return list.flat();
      if (list.some((item) => Array.isArray(item))) {
        throw call.error(
          "The provided parameters for language function 'concat' are invalid. Either all or none of the parameters must be an array. Please see https://aka.ms/arm-resource-functions/#concat for usage details.",
        );
      }
      const parts = list.map((item) => {
        if (isObject(item)) {
          throw call.error(
            `The provided parameters for language function 'concat' are invalid: a parameter of type '${kindOf(item)}' cannot be joined. Please see https://aka.ms/arm-resource-functions/#concat for usage details.`,
          );
        }
        return displayText(item);
      });
      bounded(
        call,
        parts.reduce((length, part) => length + part.length, 0),
      );
      return parts.join('');
    }),
    wrongCount: () =>
      "Unable to evaluate template language function 'concat'. At least one parameter should be provided. Please see https://aka.ms/arm-functions for usage details.",
  },
  {
    ...declareLazy('format', 1, Number.POSITIVE_INFINITY, (call, [pattern, ...values]) => {
      const written = pattern === undefined ? '' : formatText.read(pattern.value(), call);
      return format(
        call,
        written,
        values.map((argument) => any.read(argument.value(), call)),
      );
    }),
    wrongCount: () =>
      "Unable to evaluate template language function 'format'. At least one parameter should be provided. Please see https://aka.ms/arm-functions for usage details.",
  },
  declareVariadic('uniqueString', 1, text, (call, values) => uniqueString(hashable(call, values))),
  declareVariadic('guid', 1, text, (call, values) => nameBasedGuid(hashable(call, values))),
  declare('newGuid', [], (call) => {
    if (call.scope.sources === undefined) throw notHere(call);
    return call.scope.sources.newGuid();
  }),
  searchable('startsWith'),
  searchable('endsWith'),
  declare('join', [array, text], (call, items, delimiter) => {
    const parts = items.map(displayText);
    bounded(
      call,
      parts.reduce((length, part) => length + part.length + delimiter.length, 0),
    );
    return parts.join(delimiter);
  }),
  {
    ...declare(
      'padLeft',
      [
        refusing(textOrInteger, (kind) =>
          padSyntax(
            `the first parameter is invalid. The source string must be a String or integer type, while '${kind}' was provided`,
          ),
        ),
        integer,
        optional(
          refusing(text, (kind) =>
            padSyntax(
              `the third parameter is invalid. The padding character must be a string type, while '${kind}' was provided`,
            ),
          ),
        ),
      ],
      (call, value, width, padding) => {
        if (padding !== undefined && padding.length !== 1) {
          throw call.error(
            padSyntax(
              `the third parameter is invalid. The padding character must be a single character, while '${padding.slice(0, 80)}' was provided`,
            ),
          );
        }
        if (width < 0n) {
          throw call.error(
            padSyntax(
              `the second parameter is invalid. Total width must be a positive integer value, while '${width.toString()}' was provided`,
            ),
          );
        }
        bounded(call, Number(width));
        return displayText(value).padStart(Number(width), padding ?? ' ');
      },
    ),
    wrongCount: (count) =>
      padSyntax(
        `function requires minimum two and maximum three arguments while '${String(count)}' was provided`,
      ),
  },
  {
    ...declare('replace', [text, text, text], replaceAll),
    wrongCount: () =>
      "The template language function 'replace' expects exactly '3' parameters. Please see https://aka.ms/arm-functions for usage details.",
  },
  {
    ...declare('split', [text, delimiterRule], (call, value, delimiters) => {
      const list = (Array.isArray(delimiters) ? delimiters : [delimiters])
        .map((item) => delimiterItem.read(item, call))
        .filter((item) => item !== '');
      spend(Math.ceil((value.length * list.length) / 64));
      const parts: string[] = [];
      let start = 0;
      for (let at = 0; at < value.length;) {
        const found = list.find((each) => value.startsWith(each, at));
        if (found === undefined) {
          at += 1;
          continue;
        }
        parts.push(value.slice(start, at));
        at += found.length;
        start = at;
      }
      parts.push(value.slice(start));
      return parts;
    }),
    wrongCount: () =>
      "The template language function 'split' expects exactly '2' parameters. Please see https://aka.ms/arm-functions for usage details.",
  },
  declare('string', [any], (_call, value) => toJsonText(value)),
  {
    ...declare('substring', [text, integer, optional(integer)], (call, value, start, length) => {
      const whole = BigInt(value.length);
      const outside = (reason: string): TemplateError =>
        call.usageError(`Unable to evaluate the template language function 'substring'. ${reason}`);
      const lengthOfText = `the length of the string parameter: '${whole.toString()}'.`;
      if (start < 0n) {
        throw outside(`The index parameter cannot be less than zero. The index: '${start.toString()}'.`);
      }
      if (start > whole) {
        throw outside(
          `The index parameter cannot be larger than the length of the string. The index parameter: '${start.toString()}', ${lengthOfText}`,
        );
      }
      const count = length ?? whole - start;
      if (count < 0n) {
        throw outside(
          `The length parameter cannot be less than zero. The length parameter: '${count.toString()}'.`,
        );
      }
      if (start + count > whole) {
        throw outside(
          `The index and length parameters must refer to a location within the string. The index parameter: '${start.toString()}', the length parameter: '${count.toString()}', ${lengthOfText}`,
        );
      }
      return value.slice(Number(start), Number(start + count));
    }),
    wrongCount: () =>
      "The template language function 'substring' expects at least two parameters and up to three parameters: a string, a start index and optionally a length. Please see https://aka.ms/arm-resource-functions/#substring for usage details.",
  },
  declare('toLower', [text], (_call, value) => lowerCase(value)),
  declare('toUpper', [text], (_call, value) => upperCase(value)),
  declare('trim', [text], (_call, value) => withoutSpace(value)),
];

function invalidBase64(call: FunctionCall): TemplateError {
  return call.error(
    `The template language function '${call.name}' was invoked with a parameter that is not valid. The value cannot be decoded from base64 representation.`,
  );
}

/** The error for a function that is only allowed elsewhere in a template. */
export function notHere(call: FunctionCall): TemplateError {
  return call.error(
    `The template function '${call.name}' is not expected at this location. Please see https://aka.ms/arm-functions for usage details.`,
  );
}
