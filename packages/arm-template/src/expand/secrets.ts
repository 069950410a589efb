import { base64 } from '@scure/base';
import { utf8Bytes } from '../functions/text-format.ts';
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
/** So many secrets with one beginning are told apart; of more, all that begins so is masked. */
const MOST_ALIKE = 1_000;
const MASK = '***';

/** The secure values of an expansion: what no error of it may repeat. */
export class Secrets {
  readonly #values: JsonValue[] = [];
  #mask: ((text: string) => string) | undefined;

  /** Notes a value, with all that is inside of it. */
  add(value: JsonValue): void {
    this.#values.push(value);
    this.#mask = undefined;
  }

  /** Does `work`; what it throws about the template does not repeat the values that are known by then. */
  guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const mask = (this.#mask ??= masking(this.#values.flatMap(textsIn)));
      const { path, expression } = error.position;
      throw new TemplateError(error.code, mask(error.message), {
        ...error.position,
        ...(path === undefined ? {} : { path: mask(path) }),
        ...(expression === undefined ? {} : { expression: mask(expression) }),
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
 * What puts a mask into messages in place of texts that are secret: as they are, in any case, written as JSON, in an
 * expression, in base64 or in a URI, and where the message cuts them short. Secrets of fewer than six characters are left
 * alone. It may be made of many secrets: how long a message takes does not depend on their number.
 */
export function masking(secrets: readonly string[]): (message: string) => string {
  const byHead = new Map<string, string[]>();
  for (const secret of new Set(secrets)) {
    if (secret.length < SHORTEST_SECRET) continue;
    for (const written of new Set(waysToWrite(secret))) {
      const head = sameCase(written).slice(0, SHORTEST_SECRET);
      const others = byHead.get(head);
      if (others === undefined) byHead.set(head, [written]);
      else if (others.length > 0 && others.length < MOST_ALIKE) others.push(written);
      else others.length = 0;
    }
  }
  return (message) => (byHead.size === 0 ? message : maskText(message, byHead));
}

function waysToWrite(secret: string): string[] {
  const text = secret.slice(0, LONGEST_PART).toWellFormed();
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll("'", "''"),
    text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n'),
    base64.encode(utf8Bytes(text)),
    escapeData(text),
  ];
}

function maskText(message: string, byHead: ReadonlyMap<string, readonly string[]>): string {
  const searched = sameCase(message);
  let masked = '';
  let done = 0;
  for (let at = 0; at + SHORTEST_SECRET <= searched.length;) {
    const place = at;
    const candidates = byHead.get(searched.slice(place, place + SHORTEST_SECRET));
    const length =
      candidates?.length === 0
        ? message.slice(place).search(/'|$/)
        : Math.max(0, ...(candidates ?? []).map((secret) => lengthAt(message, searched, place, secret)));
    if (length > 0) {
      masked += message.slice(done, at) + MASK;
      done = at + length;
    }
    at += Math.max(1, length);
  }
  return masked + message.slice(done);
}

/** How much of a message a secret takes that begins at a place of it; 0 where it is something else. */
function lengthAt(message: string, searched: string, at: number, secret: string): number {
  const length = commonLength(searched, at, sameCase(secret));
  if (length === secret.length) return length;
  const isPart =
    length >= SHORTEST_PART &&
    /^['…]?$/.test(message.charAt(at + length)) &&
    message.startsWith(secret.slice(0, length), at);
  return isPart ? length : 0;
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
