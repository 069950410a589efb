import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { canonicalJson, isJsonObject } from '../../json-text.ts';
import { isWriteOnly } from '../../resources/write-only.ts';
import { hasUnresolved } from '../planner.ts';
import { hiddenText } from './hidden-values.ts';
import type { PropertyChange } from './property-changes.ts';

/**
 * What a body changes of what a resource keeps to itself (custom data, passwords, protected settings): that it changes,
 * never from what to what. Nothing can be told of a resource that keeps nothing, or of a value that only the running
 * deployment knows.
 */
export function hiddenChanges(body: JsonObject, kept: JsonObject): PropertyChange[] {
  const values = valuesIn(kept);
  if (values.size === 0) return [];
  const isNew = (value: JsonValue): boolean =>
    value !== null && value !== '' && !hasUnresolved(value) && !values.has(canonicalJson(value));
  return walk(body, '', isNew);
}

/** All that is kept, as text: how a handler arranges it is its own affair. */
function valuesIn(kept: JsonObject): Set<string> {
  const found = new Set<string>();
  const note = (value: JsonValue): void => {
    found.add(canonicalJson(value));
    if (isJsonObject(value)) for (const member of Object.values(value)) note(member);
  };
  for (const member of Object.values(kept)) note(member);
  return found;
}

function walk(value: JsonValue, path: string, isNew: (hidden: JsonValue) => boolean): PropertyChange[] {
  if (Array.isArray(value)) {
    const children = value.flatMap((item, index): PropertyChange[] => {
      const inside = walk(item, '', isNew);
      return inside.length === 0
        ? []
        : [{ path: String(index), propertyChangeType: 'Modify', children: inside }];
    });
    return children.length === 0 ? [] : [{ path, propertyChangeType: 'Array', children }];
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): PropertyChange[] => {
    const inner = path === '' ? name : `${path}.${name}`;
    if (!isWriteOnly(name)) return walk(member, inner, isNew);
    if (!isNew(member)) return [];
    return [{ path: inner, propertyChangeType: 'Modify', before: hiddenText, after: hiddenText }];
  });
}
