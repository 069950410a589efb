import { charactersOf } from '../plain-text.ts';
import { textWidth } from '../text-width.ts';

/** The width of a text in pixels at a size in pixels. */
export type MeasureText = (text: string, px: number, bold: boolean) => number;

/** How much wider the faces of today's systems are than Arial, at most. */
const widestFace = 1.06;

/** An estimate for where no font can be asked; rather too wide than too narrow. */
export const estimateWidth: MeasureText = (text, px, bold) => textWidth(text, px, bold) * widestFace;

export interface TextStyle {
  px: number;
  bold: boolean;
  measure: MeasureText;
}

/** More characters than this fit on no card: what comes after them need not be measured. */
const mostCharacters = 200;

/** How many of the first characters fit into a width, in pixels. */
function countThatFits(
  characters: readonly string[],
  width: number,
  { px, bold, measure }: TextStyle,
): number {
  let low = 0;
  let high = Math.min(characters.length, mostCharacters);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(characters.slice(0, middle).join(''), px, bold) <= width) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A text that fits into a width, in pixels: its beginning and an ellipsis where it does not fit as a whole. */
export function elideEnd(text: string, width: number, style: TextStyle): string {
  const characters = charactersOf(text);
  if (countThatFits(characters, width, style) === characters.length) return text;
  const room = width - style.measure('…', style.px, style.bold);
  const start = characters
    .slice(0, countThatFits(characters, room, style))
    .join('')
    .trimEnd();
  return room <= 0 ? '' : `${start}…`;
}

/** A text in two parts that fits into a width, in pixels: the end stays, the start gives way. */
export function elideStart(start: string, end: string, width: number, style: TextStyle): string {
  const room = width - style.measure(end, style.px, style.bold);
  const kept = elideEnd(start, room, style);
  return kept === '' || kept === '…' ? elideEnd(start + end, width, style) : kept + end;
}

/** A text in so many lines at most; it breaks after words and hyphens where it can, and ends in an ellipsis where it must. */
export function wrapText(text: string, width: number, mostLines: number, style: TextStyle): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest !== '' && lines.length < mostLines) {
    if (lines.length === mostLines - 1) {
      lines.push(elideEnd(rest, width, style));
      break;
    }
    const characters = charactersOf(rest);
    const fits = Math.max(1, countThatFits(characters, width, style));
    if (fits === characters.length) {
      lines.push(rest);
      break;
    }
    const words = characters.findLastIndex((character, index) => index < fits && /[-_ ]/.test(character)) + 1;
    const at = characters[fits] === ' ' || words * 3 < fits ? fits : words;
    lines.push(characters.slice(0, at).join('').trimEnd());
    rest = characters.slice(at).join('').trimStart();
  }
  return lines;
}
