import { base64 } from '@scure/base';
import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isNumber } from '../json-values.ts';
import { writeJson } from '../json-writer.ts';
import type { TemplateError } from '../template-error.ts';
import { decodeBase64 } from './conversion-functions.ts';
import {
  any,
  declare,
  expecting,
  object,
  text,
  type FunctionCall,
  type FunctionDeclaration,
} from './declaration.ts';
import { utf8Bytes } from './text-format.ts';

interface Address {
  scheme: string;
  /** As written before the `@`. */
  user: string | undefined;
  /** In small letters. */
  host: string;
  /** Absent where it is the scheme's own. */
  port: number | undefined;
  path: string;
  query: string;
  fragment: string;
}

const ABSOLUTE = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?$/s;
const RELATIVE = /^([^?#]*)(\?[^#]*)?(#.*)?$/s;

const DEFAULT_PORTS = new Map([
  ['http', 80],
  ['https', 443],
  ['ftp', 21],
  ['ws', 80],
  ['wss', 443],
]);

const AUTHORITY = /^(?:([^@]*)@)?(\[[\da-f:.]+\]|[^\s\\[\]@:"<>^`{|}]+)(?::(\d{0,5}))?$/i;

const MAXIMUM_PORT = 65_535;

function parseAbsolute(address: string): Address | undefined {
  const found = ABSOLUTE.exec(address.trim());
  if (found === null) return undefined;
  const [, written = '', authority = '', path = '', query = '', fragment = ''] = found;
  const scheme = written.toLowerCase();
  const [, user, host = '', digits = ''] = AUTHORITY.exec(authority) ?? [];
  const port = digits === '' ? undefined : Number(digits);
  if (host === '' || (port !== undefined && port > MAXIMUM_PORT)) return undefined;
  return {
    scheme,
    user,
    host: host.toLowerCase(),
    port: port === DEFAULT_PORTS.get(scheme) ? undefined : port,
    path: path === '' ? '/' : path,
    query,
    fragment,
  };
}

/** Resolves `.` and `..` segments (RFC 3986, 5.2.4). */
function withoutDots(path: string): string {
  const output: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') {
      if (output.length > 1) output.pop();
      if (isLast) output.push('');
    } else if (segment === '.') {
      if (isLast) output.push('');
    } else {
      output.push(segment);
    }
  }
  return output.join('/');
}

/** Escapes what may not stand in an address, and leaves escapes that are there. */
function escapeAddress(address: string): string {
  return encodeURI(address.toWellFormed())
    .replaceAll('%25', '%')
    .replaceAll('%5B', '[')
    .replaceAll('%5D', ']');
}

function printAddress(address: Address): string {
  const { scheme, user, host, port, path, query, fragment } = address;
  const authority = `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${String(port)}`}`;
  return `${scheme}://${authority}${escapeAddress(withoutDots(path))}${escapeAddress(query)}${escapeAddress(fragment)}`;
}

/** Joins a base address and a relative one as .NET's `Uri(base, relative)` does (RFC 3986, 5.2). */
function combine(base: Address, relative: string): Address {
  const trimmed = relative.trim();
  const absolute = parseAbsolute(trimmed);
  if (absolute !== undefined) return absolute;
  if (trimmed.startsWith('//')) return parseAbsolute(`${base.scheme}:${trimmed}`) ?? base;
  const [, path = '', query = '', fragment = ''] = RELATIVE.exec(trimmed) ?? [];
  if (path === '') return { ...base, query: query === '' ? base.query : query, fragment };
  const joined = path.startsWith('/') ? path : base.path.slice(0, base.path.lastIndexOf('/') + 1) + path;
  return { ...base, path: joined, query, fragment };
}

/** Uri.EscapeDataString of .NET: everything but letters, digits and `-_.~`. */
export function escapeData(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Uri.UnescapeDataString of .NET: escapes that are no UTF-8 stay as they are. */
function unescapeData(value: string): string {
  return value.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

function invalidAddress(call: FunctionCall, value: string): TemplateError {
  return call.usageError(
    `The template language function '${call.name}' expects its parameter to be an absolute URI. The provided value '${value.slice(0, 200)}' is not valid.`,
  );
}

function notConvertible(call: FunctionCall): TemplateError {
  return call.error(
    `The template language function '${call.name}' was invoked with a parameter that is not valid. The value cannot be converted to the target type.`,
  );
}

function part(call: FunctionCall, source: JsonObject, name: string): string {
  const value: JsonValue = getOwn(source, name) ?? '';
  return isNumber(value) ? value.toString() : text.read(value, call);
}

/** A data URI: media type, character set and encoding may each be absent; other parameters are refused, as by Azure. */
const DATA_URI =
  /^data:(?:[^;,/]+\/[^;,]+)?(?:;charset=(?<charset>[^;,]+))?(?<encoding>;base64)?,(?<data>.*)$/is;
/** Azure's own `dataUri` once wrote `utf8`. */
const SUPPORTED_CHARSETS = new Set(['utf-8', 'utf8', 'us-ascii']);

export const uriFunctions: readonly FunctionDeclaration[] = [
  declare('uri', [text, text], (call, base, relative) => {
    const parsed = parseAbsolute(base);
    if (parsed === undefined) {
      throw call.error(
        `The template language function 'uri' expects its first argument to be a uri string. The provided value is '${base.slice(0, 200)}'. Please see https://aka.ms/arm-function-datauri for usage details.`,
      );
    }
    return printAddress(combine(parsed, relative));
  }),
  declare('uriComponent', [text], (_call, value) => escapeData(value)),
  declare('uriComponentToString', [text], (_call, value) => unescapeData(value)),
  declare('dataUri', [any], (_call, value) => {
    const isText = typeof value === 'string';
    const data = base64.encode(utf8Bytes(isText ? value : writeJson(value)));
    return `data:${isText ? 'text/plain' : 'application/json'};charset=utf-8;base64,${data}`;
  }),
  declare('dataUriToString', [expecting(text, 'expects its parameter to be a string')], (call, value) => {
    const found = DATA_URI.exec(value);
    if (found === null) {
      throw call.error(
        `The template language function 'dataUriToString' expects its parameter to be formatted as a valid data URI. The provided value '${value.slice(0, 200)}' was not formatted correctly. Please see https://aka.ms/arm-functions#dataUriToString for usage details.`,
      );
    }
    const { charset, encoding, data = '' } = found.groups ?? {};
    if (charset !== undefined && !SUPPORTED_CHARSETS.has(charset.toLowerCase())) {
      throw call.error(
        `The template language function 'dataUriToString' parameter is not valid. The provided charset '${charset}' is not supported. Please see https://aka.ms/arm-functions#dataUriToString for usage details.`,
      );
    }
    return encoding === undefined ? unescapeData(data) : decodeBase64(data, () => notConvertible(call));
  }),
  declare('parseUri', [text], (call, value) => {
    const parsed = parseAbsolute(value);
    if (parsed === undefined) throw invalidAddress(call, value);
    const { scheme, host, port = null, path, query } = parsed;
    return {
      scheme,
      host,
      port,
      ...(path === '/' ? {} : { path }),
      ...(query === '' ? {} : { query }),
    };
  }),
  declare('buildUri', [object], (call, source) => {
    const scheme = part(call, source, 'scheme');
    const host = part(call, source, 'host');
    const port = part(call, source, 'port');
    const path = part(call, source, 'path');
    const query = part(call, source, 'query');
    const address = `${scheme}://${host}${port === '' ? '' : `:${port}`}${path === '' || path.startsWith('/') ? path : `/${path}`}${query === '' || query.startsWith('?') ? query : `?${query}`}`;
    const parsed = parseAbsolute(address);
    if (parsed === undefined) throw invalidAddress(call, address);
    return printAddress(parsed);
  }),
];
