import { checkTagCount } from '../resources/resource-body.ts';

export type Tags = Record<string, string>;

/**
 * The tags with others added. A name that is there already, in whatever case, gets the new value and the new spelling.
 * Throws InvalidTagCount. Source: Microsoft's "Use tags to organize your Azure resources": names have no case.
 */
export function mergeTags(tags: Tags, added: Tags): Tags {
  const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
  const kept = Object.entries(tags).filter(([name]) => !names.has(name.toLowerCase()));
  const merged = Object.fromEntries([...kept, ...Object.entries(added)]);
  checkTagCount(Object.keys(merged).length);
  return merged;
}

/**
 * The tags without some. An empty value takes a tag away whatever its value is; any other only where it is the same.
 * Source: the description of `Tags_UpdateAtScope`: names, or pairs of name and value, select what goes.
 */
export function withoutTags(tags: Tags, removed: Tags): Tags {
  const wanted = new Map(Object.entries(removed).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(tags).filter(([name, value]) => {
      const sent = wanted.get(name.toLowerCase());
      return sent === undefined || (sent !== '' && sent !== value);
    }),
  );
}
