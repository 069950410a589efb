import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { isJsonObject } from '../../json-text.ts';
import { isWriteOnly } from '../../resources/write-only.ts';

/**
 * A resource as it is now, with what a body says laid over it: for what the provider's own rules cannot foresee. Members
 * that the body does not have stay, since they may be defaults; tags and arrays are as the body has them, and items with
 * names keep what the body does not say of them.
 */
export function mergedSnapshot(now: JsonObject, body: JsonObject): JsonObject {
  const { tags } = body;
  const merged = mergeObjects(now, body);
  return isJsonObject(tags) ? { ...merged, tags } : merged;
}

function mergeObjects(now: JsonObject, body: JsonObject): JsonObject {
  const names = new Map(Object.keys(now).map((name) => [name.toLowerCase(), name]));
  const merged = new Map(Object.entries(now));
  for (const [written, value] of Object.entries(body)) {
    if (isWriteOnly(written) || value === null) continue;
    const name = names.get(written.toLowerCase()) ?? written;
    merged.set(name, mergeValues(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function mergeValues(now: JsonValue | undefined, value: JsonValue): JsonValue {
  if (isJsonObject(value)) return mergeObjects(isJsonObject(now) ? now : {}, value);
  if (!Array.isArray(value)) return value;
  const known = new Map(
    (Array.isArray(now) ? now : []).flatMap((item): [string, JsonObject][] => {
      const name = nameOf(item);
      return name !== undefined && isJsonObject(item) ? [[name, item]] : [];
    }),
  );
  return value.map((item) =>
    isJsonObject(item) ? mergeObjects(known.get(nameOf(item) ?? '') ?? {}, item) : item,
  );
}

function nameOf(item: JsonValue): string | undefined {
  const name = isJsonObject(item) ? item['name'] : undefined;
  return typeof name === 'string' ? name.toLowerCase() : undefined;
}
