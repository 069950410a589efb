import { murmur64 } from './functions/hash.ts';
import { utf8Bytes } from './functions/text-format.ts';
import type { JsonValue } from './json.ts';
import { isObject, setOwn } from './json-values.ts';
import { writeJson } from './json-writer.ts';

/** The same value with the keys of all objects in ordinal order. */
function canonical(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isObject(value)) return value;
  const sorted: Record<string, JsonValue> = {};
  for (const key of Object.keys(value).toSorted()) setOwn(sorted, key, canonical(value[key] ?? null));
  return sorted;
}

/**
 * A hash of a template as a decimal string, like `properties.templateHash` of a deployment. Equal templates have equal
 * hashes, whatever the order of their keys. Azure's algorithm is not published: the digits differ from Azure's.
 */
export function templateHash(template: JsonValue): string {
  return murmur64(utf8Bytes(writeJson(canonical(template)))).toString();
}
