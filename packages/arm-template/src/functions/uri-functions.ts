import { base64, utf8 } from '@scure/base';
import type { JsonObject, JsonValue } from '../json.ts';
import { getOwn, isNumber } from '../json-values.ts';
import type { TemplateError } from '../template-error.ts';
import { declare, object, text, type FunctionCall, type FunctionDeclaration } from './declaration.ts';
import { decodeBase64 } from './string-functions.ts';

interface Address {
  scheme: string;
  /** Host and port, after `//`. */
  authority: string;
  path: string;
  query: string;
  fragment: string;
}

const ABSOLUTE = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?$/s;
const RELATIVE = /^([^?#]*)(\?[^#]*)?(#.*)?$/s;

function parseAbsolute(address: string): Address | undefined {
  const found = ABSOLUTE.exec(address.trim());
  if (found === null) return undefined;
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = found;
  return {
    scheme: scheme.toLowerCase(),
    authority: authority.toLowerCase(),
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
  const { scheme, authority, path, query, fragment } = address;
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
function escapeData(value: string): string {
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

export const uriFunctions: readonly FunctionDeclaration[] = [
  declare('uri', [text, text], (call, base, relative) => {
    const parsed = parseAbsolute(base);
    if (parsed === undefined) throw invalidAddress(call, base);
    return printAddress(combine(parsed, relative));
  }),
  declare('uriComponent', [text], (_call, value) => escapeData(value)),
  declare('uriComponentToString', [text], (_call, value) => unescapeData(value)),
  declare(
    'dataUri',
    [text],
    (_call, value) => `data:text/plain;charset=utf-8;base64,${base64.encode(utf8.decode(value))}`,
  ),
  declare('dataUriToString', [text], (call, value) => {
    const found = /^data:([^,]*),(.*)$/s.exec(value);
    if (found === null) throw notConvertible(call);
    const [, header = '', data = ''] = found;
    return /;base64$/i.test(header) ? decodeBase64(data, () => notConvertible(call)) : unescapeData(data);
  }),
  declare('parseUri', [text], (call, value) => {
    const parsed = parseAbsolute(value);
    if (parsed === undefined) throw invalidAddress(call, value);
    const [, host = parsed.authority, port] =
      /^(.*?)(?::(\d+))?$/.exec(parsed.authority.replace(/^[^@]*@/, '')) ?? [];
    return {
      scheme: parsed.scheme,
      host,
      ...(port === undefined ? {} : { port: Number(port) }),
      path: parsed.path,
      ...(parsed.query === '' ? {} : { query: parsed.query }),
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
