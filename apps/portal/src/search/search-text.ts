/** No name of Azure's is longer, and the API takes no more. */
export const longestText = 90;

/** What is searched for when something was typed or pasted: in one line, without what cannot be in a name. */
export const searchTextOf = (typed: string): string =>
  typed
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longestText)
    .trim();
