/** One entry of a list to choose from. */
export interface Choice {
  value: string;
  text: string;
  /** A second line, also searched. */
  detail?: string | undefined;
  /** Why it cannot be chosen. */
  obstacle?: string | undefined;
  /** The heading it stands under. */
  group?: string | undefined;
}

/** The choices in which every word of the query occurs, in their order. */
export function matchingChoices(choices: readonly Choice[], query: string): Choice[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return choices.filter((choice) => {
    const searched = `${choice.text} ${choice.value} ${choice.detail ?? ''}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}

/** The choices under their headings, headings in order of first appearance; those without one have none. */
export function groupChoices(
  choices: readonly Choice[],
): { group: string | undefined; members: readonly Choice[] }[] {
  return [...Map.groupBy(choices, (choice) => choice.group)].map(([group, members]) => ({ group, members }));
}
