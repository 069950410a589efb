import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { tenantId } from '../../resources/places.ts';
import { isJsonObject } from '../json-reading.ts';
import type { ResourceRecord } from '../provider.ts';
import { addressFor, digitsFor, guidFor, hashFor } from './derived-ids.ts';

const placeholder = /\{(\w+)(?::([\w ]+))?\}/g;

/**
 * The text that a placeholder of a pattern stands for: `{name}`, `{Name}` and `{NAME}` (lower case, as it is, upper case),
 * `{parent}`, `{group}`, `{subscription}`, `{tenant}`, `{location}`, `{domain}`, `{id}` and `{created}`, and what
 * Azure draws once and is always the same here: `{guid:purpose}`, `{hash:length}`, `{HASH:length}`, `{digits:length}`,
 * `{address:purpose}`.
 */
function meaningOf(
  word: string,
  detail: string,
  { id, name, location = '', createdAt }: ResourceRecord,
  domain: string,
): string {
  const path = id.split('/');
  switch (word) {
    case 'name':
      return name.toLowerCase();
    case 'Name':
      return name;
    case 'NAME':
      return name.toUpperCase();
    case 'parent':
      return (path.at(-3) ?? '').toLowerCase();
    case 'group':
      return path[4] ?? '';
    case 'subscription':
      return path[2] ?? '';
    case 'tenant':
      return tenantId;
    case 'location':
      return location.replaceAll(' ', '').toLowerCase();
    case 'domain':
      return domain;
    case 'id':
      return id;
    case 'created':
      return createdAt;
    case 'guid':
      return guidFor(id, detail);
    case 'hash':
      return hashFor(id, word, Number(detail));
    case 'HASH':
      return hashFor(id, word, Number(detail)).toUpperCase();
    case 'digits':
      return digitsFor(id, word, Number(detail));
    case 'address':
      return addressFor(id, detail);
    default:
      throw new Error(`The pattern has the unknown placeholder ${word}.`);
  }
}

/**
 * `sent` with the members of a pattern, filled for a resource. Members of objects join those that were sent; a member whose name
 * ends in `?` is there only where none was sent.
 */
export function filledPattern(
  pattern: JsonObject,
  sent: JsonValue | undefined,
  record: ResourceRecord,
  domain: string,
): JsonObject {
  const known = isJsonObject(sent) ? sent : {};
  const names = new Map(Object.keys(known).map((name) => [name.toLowerCase(), name]));
  const filled: JsonObject = {};
  for (const [member, value] of Object.entries(pattern)) {
    const isDefault = member.endsWith('?');
    const plain = isDefault ? member.slice(0, -1) : member;
    // Azure reads members in whatever case they are sent.
    const name = names.get(plain.toLowerCase()) ?? plain;
    if (isDefault && (known[name] ?? null) !== null) continue;
    filled[name] = filledValue(value, known[name], record, domain);
  }
  return { ...known, ...filled };
}

function filledValue(
  pattern: JsonValue,
  sent: JsonValue | undefined,
  record: ResourceRecord,
  domain: string,
): JsonValue {
  if (Array.isArray(pattern)) return pattern.map((each) => filledValue(each, undefined, record, domain));
  if (isJsonObject(pattern)) return filledPattern(pattern, sent, record, domain);
  if (typeof pattern !== 'string') return pattern;
  return pattern.replaceAll(placeholder, (_, word: string, detail: string | undefined) =>
    meaningOf(word, detail ?? '', record, domain),
  );
}
