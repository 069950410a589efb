import { base64, utf8 } from '@scure/base';
import { spend } from '../expression/bounds.ts';
import type { JsonValue } from '../json.ts';
import { writeJson } from '../json-writer.ts';
import { TemplateError } from '../template-error.ts';
import { parseFirstJsonValue } from '../tolerant-json.ts';
import {
  any,
  declare,
  declareVariadic,
  expecting,
  notHere,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { nameBasedGuid, uniqueString } from './hash.ts';
import { bounded, displayText, utf8Bytes } from './text-format.ts';

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

/** The arguments of a hash, which takes longer over each character than other functions. */
function hashable(call: FunctionCall, values: readonly string[]): readonly string[] {
  const length = values.reduce((sum, value) => sum + value.length, 0);
  bounded(call, length);
  spend(length >> 4);
  return values;
}

/** A string, in the words that Azure has for functions that take something encoded. */
const encoded = expecting(text, 'expects its parameter to be a string');

/** Functions that write a value another way: as base64, as JSON, as a hash. */
export const conversionFunctions: readonly FunctionDeclaration[] = [
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
  declare('string', [any], (_call, value) => toJsonText(value)),
  declareVariadic('uniqueString', 1, text, (call, values) => uniqueString(hashable(call, values))),
  declareVariadic('guid', 1, text, (call, values) => nameBasedGuid(hashable(call, values))),
  declare('newGuid', [], (call) => {
    if (call.scope.sources === undefined) throw notHere(call);
    return call.scope.sources.newGuid();
  }),
];

function invalidBase64(call: FunctionCall): TemplateError {
  return call.error(
    `The template language function '${call.name}' was invoked with a parameter that is not valid. The value cannot be decoded from base64 representation.`,
  );
}
