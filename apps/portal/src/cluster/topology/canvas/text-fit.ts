const segmenter = new Intl.Segmenter('en');
const kept = new Map<string, string>();
/** So many cut texts are remembered: more than a window ever shows. */
const keptMost = 4_000;

/** A text as long as there is room for it, in pixels; where it is cut it ends in dots. `measure` tells a text's width. */
export function cutToWidth(
  text: string,
  width: number,
  font: string,
  measure: (part: string) => number,
): string {
  const key = `${font} ${Math.round(width)} ${text}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const cut = measure(text) <= width ? text : cutText(text, width, measure);
  if (kept.size >= keptMost) kept.clear();
  kept.set(key, cut);
  return cut;
}

function cutText(text: string, width: number, measure: (part: string) => number): string {
  const characters = Array.from(segmenter.segment(text), ({ segment }) => segment);
  let fits = 0;
  let tooMany = characters.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(`${characters.slice(0, middle).join('')}…`) <= width) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 ? '' : `${characters.slice(0, fits).join('').trimEnd()}…`;
}
