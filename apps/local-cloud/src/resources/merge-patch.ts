import type { JsonObject } from '@slipway/arm-template';
import { isJsonObject } from '../json-text.ts';

/** Applies a JSON merge patch (RFC 7396): objects are merged, `null` removes, everything else replaces. */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target));
  for (const [member, value] of Object.entries(patch)) {
    const current = merged.get(member);
    if (value === null) merged.delete(member);
    else if (isJsonObject(value)) merged.set(member, mergePatch(isJsonObject(current) ? current : {}, value));
    else merged.set(member, value);
  }
  return Object.fromEntries(merged);
}
