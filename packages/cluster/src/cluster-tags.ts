import { ARM_TAG_LIMITS, MAX_STORAGE_TAG_NAME, type TagProblem, tagProblems } from './tag-rules.ts';

/** A tag that a person gives to everything that belongs to a cluster. */
export interface UserTag {
  name: string;
  value: string;
}

/** Slipway sets up to three tags of its own on a cluster's stack. */
export const MAX_USER_TAGS = ARM_TAG_LIMITS.most - 3;
/** Everything in a cluster carries them, and a storage account is in it. */
export const MAX_TAG_NAME = MAX_STORAGE_TAG_NAME;
const ownPrefix = 'slipway-';

/** Whether Slipway finds its container services by a tag of this name. */
export const isOwnTag = (name: string): boolean => name.toLowerCase().startsWith(ownPrefix);

/** What is wrong with a name that a person gives to a tag, though ARM would take it. */
export const ownTagProblem = (name: string): string | undefined =>
  isOwnTag(name) ? `Names that begin with ${ownPrefix} are Slipway’s own. Choose another name.` : undefined;

/** Everything that is wrong with a person's tags, at most one sentence for each part of a tag. */
export function checkTags(tags: readonly UserTag[]): TagProblem[] {
  const problems = tagProblems(tags, {
    most: MAX_USER_TAGS,
    longestName: MAX_TAG_NAME,
    whyName: 'because the cluster has a storage account',
  });
  const own = tags.flatMap(({ name }, index): TagProblem[] => {
    const message = ownTagProblem(name);
    const isTold = problems.some((problem) => problem.index === index && problem.part === 'name');
    return message === undefined || isTold ? [] : [{ index, part: 'name', message }];
  });
  return [...problems, ...own].toSorted((one, other) => one.index - other.index);
}

/** The tags as ARM takes them. */
export const tagsObject = (tags: readonly UserTag[]): Record<string, string> =>
  Object.fromEntries(tags.map(({ name, value }) => [name, value]));
