import type { JsonValue } from '@slipway/arm-template';
import { canonicalJson, isJsonObject } from '../../json-text.ts';
import { isWriteOnly } from '../../resources/write-only.ts';

/** What Azure shows in place of a secret. */
export const hiddenText = '*******';

/**
 * A value with a mask over everything in it that depends on a secret: what is not the same in its twin, which was made with
 * other secrets, and not what everybody may read anyway.
 *
 * @param known what may be read, such as the resource as it is now
 */
export function withoutSecrets(value: JsonValue, twin: JsonValue | undefined, known?: JsonValue): JsonValue {
  if (twin === undefined && known === undefined) return hiddenText;
  if (Array.isArray(value)) {
    // Where a secret decides how many items there are, no place says anything of the same item.
    const twins = Array.isArray(twin) && twin.length === value.length ? twin : [];
    const old = Array.isArray(known) ? known : [];
    return value.map((item, index) => withoutSecrets(item, twins[index], old[index]));
  }
  if (isJsonObject(value)) {
    const shown = Object.entries(value).map(([name, member]): [string, JsonValue] => {
      const [other, old] = [ownMember(twin, name), ownMember(known, name)];
      const isOpenName = other !== undefined || old !== undefined;
      return isOpenName ? [name, withoutSecrets(member, other, old)] : [hiddenText, hiddenText];
    });
    return Object.fromEntries(shown);
  }
  return isSame(value, twin) || isSame(value, known) ? value : hiddenText;
}

const ownMember = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const isSame = (value: JsonValue, other: JsonValue | undefined): boolean =>
  other !== undefined && canonicalJson(value) === canonicalJson(other);

/** Begins, ends and is like nothing that people choose, so that no part of a secret is the same by chance. */
const standInText = '\u2020 stands in for a secret \u2020';

/** A secret's stand-in in a twin: of the same shape, and different in every value. */
export function standInFor(value: JsonValue): JsonValue {
  if (typeof value === 'string') return standInText;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return value.map(standInFor);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, standInFor(member)]));
}

/** A body with a mask over what ARM takes and never returns. */
export function withoutWriteOnly(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutWriteOnly);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isWriteOnly(name) && member !== null ? hiddenText : withoutWriteOnly(member),
    ]),
  );
}
