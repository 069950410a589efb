/** A tag that a person gives to everything that belongs to a cluster. */
export interface UserTag {
  name: string;
  value: string;
}

/** A rule that a tag breaks; `index` counts the tags from 0. */
export interface TagProblem {
  index: number;
  part: keyof UserTag;
  message: string;
}

/** ARM takes 50 tags; Slipway sets up to three of its own on a cluster's stack. */
export const MAX_USER_TAGS = 47;
/** ARM takes 512 characters, but storage accounts only 128, and a cluster has one. */
export const MAX_TAG_NAME = 128;
export const MAX_TAG_VALUE = 256;
const ownPrefix = 'slipway-';
const azurePrefixes = ['microsoft', 'azure', 'windows'];

/** Everything that is wrong with a person's tags, at most one sentence for each part of a tag. */
export function checkTags(tags: readonly UserTag[]): TagProblem[] {
  const seen = new Set<string>();
  return tags.flatMap(({ name, value }, index): TagProblem[] => {
    const lowerName = name.toLowerCase();
    const nameMessage =
      index >= MAX_USER_TAGS
        ? `There can be at most ${MAX_USER_TAGS} tags.`
        : seen.has(lowerName)
          ? `There is a tag ${name} already; capital and small letters make no difference.`
          : checkTagName(name);
    seen.add(lowerName);
    const valueMessage =
      value.length > MAX_TAG_VALUE
        ? `A tag's value has at most ${MAX_TAG_VALUE} characters; this one has ${value.length}.`
        : undefined;
    return [
      ...(nameMessage === undefined ? [] : [{ index, part: 'name' as const, message: nameMessage }]),
      ...(valueMessage === undefined ? [] : [{ index, part: 'value' as const, message: valueMessage }]),
    ];
  });
}

function checkTagName(name: string): string | undefined {
  if (name.trim() === '') return 'Enter a name for the tag, or remove it.';
  if (name !== name.trim()) return "A tag's name neither begins nor ends with a space.";
  if (name.length > MAX_TAG_NAME)
    return `A tag's name has at most ${MAX_TAG_NAME} characters, because the cluster has a storage account; this one has ${name.length}.`;
  if (/[<>%&\\?/\p{Cc}]/u.test(name))
    return 'A tag’s name cannot contain < > % & \\ ? / or control characters.';
  const lowerName = name.toLowerCase();
  if (lowerName.startsWith(ownPrefix))
    return `Names that begin with ${ownPrefix} are Slipway's own. Choose another name.`;
  const azures = azurePrefixes.find((prefix) => lowerName.startsWith(prefix));
  if (azures) return `Names that begin with ${azures} are Azure's own. Choose another name.`;
  return undefined;
}

/** The tags as ARM takes them. */
export const tagsObject = (tags: readonly UserTag[]): Record<string, string> =>
  Object.fromEntries(tags.map(({ name, value }) => [name, value]));
