import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { isJsonObject } from '../json-text.ts';

/** What Azure allows. Source: Microsoft's "Use tags to organize your Azure resources", limitations. */
const mostTags = 50;
const longestTagName = 512;
const longestTagValue = 256;
/** No tag's name begins with one of these. Source: the description of `Tags_CreateOrUpdate` in the Resources API. */
const reservedTagName = /^(?:microsoft|azure|windows)/i;
const longestResourceName = 260;
const identityMembers = new Set(['id', 'name', 'type', 'apiVersion', 'etag']);

/** The tags of a request body. Throws ArmError with Azure's limits. */
export function readTags(tags: JsonValue | undefined): Record<string, string> | undefined {
  if (tags === undefined || tags === null) return undefined;
  if (!isJsonObject(tags))
    throw new ArmError(400, 'InvalidRequestContent', "The member 'tags' must be an object of strings.");
  const entries = Object.entries(tags);
  checkTagCount(entries.length);
  const read = new Map<string, [string, string]>();
  for (const [name, value] of entries) {
    if (typeof value !== 'string')
      throw new ArmError(400, 'InvalidTagValueType', `The value of the tag '${name}' must be a string.`);
    if (name.trim() === '' || name.length > longestTagName || /[<>%&\\?/\p{Cc}]/u.test(name))
      throw new ArmError(
        400,
        'InvalidTagNameCharacters',
        `The tag name '${name.slice(0, 80)}' is not valid: 1 to ${longestTagName} characters without < > % & \\ ? /.`,
      );
    if (reservedTagName.test(name))
      throw new ArmError(
        400,
        'ReservedTagName',
        `The tag name '${name.slice(0, 80)}' is not valid: names that begin with 'microsoft', 'azure' or 'windows' are reserved.`,
      );
    if (value.length > longestTagValue)
      throw new ArmError(
        400,
        'InvalidTagValueLength',
        `The value of the tag '${name}' must have at most ${longestTagValue} characters.`,
      );
    if (read.has(name.toLowerCase()))
      throw new ArmError(
        400,
        'DuplicateTagName',
        `The tag name '${name}' is there more than once: upper and lower case are the same in a tag's name.`,
      );
    read.set(name.toLowerCase(), [name, value]);
  }
  return Object.fromEntries(read.values());
}

/** Refuses more tags than one thing can have. */
export function checkTagCount(count: number): void {
  if (count > mostTags)
    throw new ArmError(
      400,
      'InvalidTagCount',
      `At most ${mostTags} tags are allowed on a resource; there are ${count}.`,
    );
}

/** Refuses names that no resource can have. */
export function checkResourceName(name: string): void {
  const valid = name.length > 0 && name.length <= longestResourceName && !/[<>%&\\?/\p{Cc}]/u.test(name);
  if (!valid)
    throw new ArmError(
      400,
      'InvalidResourceName',
      `Resource name ${name.slice(0, 80)} is invalid. It must have 1 to ${longestResourceName} characters, without control characters and without < > % & \\ ? /.`,
    );
}

/** The body without what the address says already. */
export function withoutIdentity(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([member]) => !identityMembers.has(member)));
}
