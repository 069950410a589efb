import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';

const largestPage = 1000;

/**
 * One page of a list, with `nextLink` when more follow. `key` orders and finds the items again: a page goes on behind
 * the last key of the one before, whatever came and went meanwhile.
 */
export function page<T>(
  items: readonly T[],
  key: (item: T) => string,
  describe: (item: T) => JsonValue,
  request: { url: URL; defaultTop?: number },
): JsonObject {
  const { url, defaultTop = largestPage } = request;
  const top = readTop(url.searchParams.get('$top'), defaultTop);
  const after = readToken(url.searchParams.get('$skiptoken'));
  const ordered = items
    .map((item) => ({ item, key: key(item) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .filter((entry) => after === undefined || entry.key > after);
  const shown = ordered.slice(0, top);
  const last = shown.at(-1);
  const value = shown.map((entry) => describe(entry.item));
  if (shown.length === ordered.length || last === undefined) return { value };
  const next = new URL(url);
  next.searchParams.set('$skiptoken', Buffer.from(last.key).toString('base64url'));
  return { value, nextLink: next.toString() };
}

function readTop(text: string | null, defaultTop: number): number {
  if (text === null || text === '') return defaultTop;
  if (!/^\d{1,6}$/.test(text) || Number(text) === 0)
    throw new ArmError(
      400,
      'InvalidTopInQueryString',
      `Invalid $top '${text.slice(0, 40)}' specified in the query string: it must be a number from 1 to ${largestPage}.`,
    );
  return Math.min(Number(text), largestPage);
}

function readToken(text: string | null): string | undefined {
  return text === null || text === '' ? undefined : Buffer.from(text, 'base64url').toString('utf8');
}
