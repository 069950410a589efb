/** A rule that a tag breaks; `index` counts the tags from 0. */
export interface TagProblem {
  index: number;
  part: 'name' | 'value';
  message: string;
}

/** What may be in a set of tags, which depends on what carries them. */
export interface TagLimits {
  /** So many tags at most. */
  most: number;
  longestName: number;
  /** Why no longer, for example `because the cluster has a storage account`. */
  whyName?: string;
}

/** What ARM takes. Source: Microsoft's "Use tags to organize your Azure resources", limitations. */
export const ARM_TAG_LIMITS: TagLimits = { most: 50, longestName: 512 };
/** Storage accounts take shorter names than all else. */
export const MAX_STORAGE_TAG_NAME = 128;
export const MAX_TAG_VALUE = 256;
const azurePrefixes = ['microsoft', 'azure', 'windows'];

/** Everything that ARM would refuse in a set of tags, at most one sentence for each part of a tag. */
export function tagProblems(
  tags: readonly { name: string; value: string }[],
  limits: TagLimits,
): TagProblem[] {
  const seen = new Set<string>();
  return tags.flatMap(({ name, value }, index): TagProblem[] => {
    const lowerName = name.toLowerCase();
    const nameMessage =
      index >= limits.most
        ? `There can be at most ${limits.most} tags.`
        : seen.has(lowerName)
          ? `There is a tag ${name} already: upper and lower case are the same in a tag’s name.`
          : nameProblem(name, limits);
    seen.add(lowerName);
    const valueMessage =
      value.length > MAX_TAG_VALUE
        ? `A tag’s value has at most ${MAX_TAG_VALUE} characters; this one has ${value.length}.`
        : undefined;
    return [
      ...(nameMessage === undefined ? [] : [{ index, part: 'name' as const, message: nameMessage }]),
      ...(valueMessage === undefined ? [] : [{ index, part: 'value' as const, message: valueMessage }]),
    ];
  });
}

function nameProblem(name: string, { longestName, whyName }: TagLimits): string | undefined {
  if (name.trim() === '') return 'Enter a name for the tag, or remove it.';
  if (name !== name.trim()) return 'A tag’s name neither begins nor ends with a space.';
  if (name.length > longestName)
    return `A tag’s name has at most ${longestName} characters${whyName === undefined ? '' : `, ${whyName}`}; this one has ${name.length}.`;
  if (/[<>%&\\?/\p{Cc}]/u.test(name))
    return 'A tag’s name cannot contain < > % & \\ ? / or control characters.';
  const reserved = azurePrefixes.find((prefix) => name.toLowerCase().startsWith(prefix));
  return reserved === undefined
    ? undefined
    : `Names that begin with ${reserved} are Azure’s own. Choose another name.`;
}
