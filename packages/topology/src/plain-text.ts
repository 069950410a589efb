/**
 * A text from outside as one line that can stand anywhere: line breaks, tabs and other control characters become
 * spaces, halves of characters the replacement character, and marks that only change the direction in which
 * neighbours are read are left out.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replaceAll(/[\p{Cc}\u2028\u2029\ufffe\uffff\s]+/gu, ' ')
    .trim();
}

const segmenter = new Intl.Segmenter('en');

/** Nothing in these blocks joins with its neighbours; most names are of these, and need no segmenter. */
const plainOnly = /^[\u0020-\u02ff\u2010-\u2027\u2190-\u21ff]*$/;

/** The characters as people count them: a flag or a family is one. */
export const charactersOf = (text: string): string[] =>
  plainOnly.test(text) ? Array.from(text) : Array.from(segmenter.segment(text), ({ segment }) => segment);

/** A text with at most so many characters; what is cut off is told by an ellipsis. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // No more code units are looked at than such a text can sensibly have.
  const characters = charactersOf(text.slice(0, most * 20));
  return characters.length <= most && text.length <= most * 20
    ? text
    : `${characters.slice(0, most - 1).join('')}…`;
}
