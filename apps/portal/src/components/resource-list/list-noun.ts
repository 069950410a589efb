/** What the rows of a list are, for example `resource` and `resources`. */
export interface ListNoun {
  one: string;
  many: string;
}

const number = (count: number): string => count.toLocaleString();

/** How many of all rows are shown, for example `12 of 40 resources`. */
export function countWords(shown: number, all: number, { one, many }: ListNoun): string {
  if (shown < all) return `${number(shown)} of ${number(all)} ${all === 1 ? one : many}`;
  return `${number(all)} ${all === 1 ? one : many}`;
}
