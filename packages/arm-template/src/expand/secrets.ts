import { base64, utf8 } from '@scure/base';
import { escapeData } from '../functions/uri-functions.ts';
import type { JsonValue } from '../json.ts';
import { isNumber, isObject } from '../json-values.ts';
import { TemplateError } from '../template-error.ts';

/** Shorter texts are in every message by chance. */
const SHORTEST_SECRET = 6;
/** A secret that a message cuts short is known by so many characters; fewer are often a name of the template. */
const SHORTEST_PART = 12;
/** No message is longer, so no more of a secret need be looked for. */
const LONGEST_PART = 9_000;
const MASK = '***';

/** The secure values of an expansion: what no error of it may repeat. */
export class Secrets {
  readonly #values: JsonValue[] = [];

  /** Notes a value, with all that is inside of it. */
  add(value: JsonValue): void {
    this.#values.push(value);
  }

  /** Does `work`; what it throws about the template does not repeat the values that are known by then. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const texts = this.#values.flatMap(textsIn);
      const { path, expression } = error.position;
      throw new TemplateError(error.code, withoutTexts(error.message, texts), {
        ...error.position,
        ...(path === undefined ? {} : { path: withoutTexts(path, texts) }),
        ...(expression === undefined ? {} : { expression: withoutTexts(expression, texts) }),
      });
    }
  }
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  if (isNumber(value)) return [value.toString()];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * A message with a mask in place of texts that are secret: as they are, in any case, written as JSON, in an expression, in
 * base64 or in a URI, and where the message cuts them short. Secrets of fewer than six characters are left alone.
 */
export function withoutTexts(message: string, secrets: readonly string[]): string {
  const written = secrets.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(waysToWrite);
  return [...new Set(written)]
    .toSorted((left, right) => right.length - left.length)
    .reduce(maskText, message);
}

function waysToWrite(secret: string): string[] {
  const text = secret.slice(0, LONGEST_PART).toWellFormed();
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll("'", "''"),
    text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n'),
    base64.encode(utf8.decode(text)),
    escapeData(text),
  ];
}

function maskText(message: string, secret: string): string {
  const [searched, sought] = [sameCase(message), sameCase(secret)];
  const head = sought.slice(0, SHORTEST_SECRET);
  let masked = '';
  let done = 0;
  let at = searched.indexOf(head);
  while (at >= 0) {
    const length = commonLength(searched, at, sought);
    const isWhole = length === sought.length;
    const isPart =
      length >= SHORTEST_PART &&
      /^['…]?$/.test(message.charAt(at + length)) &&
      message.startsWith(secret.slice(0, length), at);
    if (isWhole || isPart) {
      masked += message.slice(done, at) + MASK;
      done = at + length;
    }
    at = searched.indexOf(head, isWhole || isPart ? done : at + 1);
  }
  return masked + message.slice(done);
}

/** In small letters, unless that changes where its characters stand. */
function sameCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

/** For how many characters `sought` stands at a place of `text`. */
function commonLength(text: string, at: number, sought: string): number {
  let length = 0;
  while (length < sought.length && text[at + length] === sought[length]) length += 1;
  return length;
}
