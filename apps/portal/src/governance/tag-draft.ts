import { type TagProblem, isOwnTag, ownTagProblem } from '@slipway/cluster';
import { tagFaults } from '@slipway/contract';

/** A tag as somebody writes it. */
export interface TagDraft {
  /** Tells rows apart while names are typed. */
  key: number;
  name: string;
  value: string;
}

/** Tags as rows, in the order of their names. */
export function draftOf(tags: Readonly<Record<string, string>>): TagDraft[] {
  return Object.entries(tags)
    .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([name, value], key) => ({ key, name, value }));
}

/** Rows as tags. Rows without a name and a value are none. */
export const tagsOf = (drafts: readonly TagDraft[]): Record<string, string> =>
  Object.fromEntries(filled(drafts).map(({ name, value }) => [name.trim(), value]));

/** The rows that somebody has written something in. */
export const filled = (drafts: readonly TagDraft[]): TagDraft[] =>
  drafts.filter(({ name, value }) => name.trim() !== '' || value !== '');

/** Whether a draft says the same as the tags. */
export function isUnchanged(drafts: readonly TagDraft[], tags: Readonly<Record<string, string>>): boolean {
  const rows = filled(drafts);
  return (
    rows.length === Object.keys(tags).length &&
    rows.every(({ name, value }) => Object.hasOwn(tags, name.trim()) && tags[name.trim()] === value)
  );
}

/** Whether Slipway finds its container services by one of these tags: it is shown, and left as it is. */
export const isOwnIn = (tags: Readonly<Record<string, string>>, name: string): boolean =>
  isOwnTag(name) && Object.hasOwn(tags, name);

/** What is wrong with rows, for the tags that a scope has: nobody adds a tag by which Slipway would find a container service. */
export function faultsOf(
  scope: string,
  drafts: readonly TagDraft[],
  tags: Readonly<Record<string, string>>,
): TagProblem[] {
  const rows = drafts.map(({ name, value }) => ({ name: name.trim(), value }));
  const added = rows.flatMap(({ name }, index): TagProblem[] => {
    const message = isOwnIn(tags, name) ? undefined : ownTagProblem(name);
    return message === undefined ? [] : [{ index, part: 'name', message }];
  });
  return [...tagFaults(scope, rows), ...added];
}
