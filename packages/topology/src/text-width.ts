import { charactersOf } from './plain-text.ts';

/** Advance widths of Arial in thousandths of its size, as its metrics file (and those of Helvetica and Liberation Sans) say. */
const widths: readonly (readonly [width: number, characters: string])[] = [
  [191, "'"],
  [222, 'ijl'],
  [260, '|'],
  [278, ' !,./:;I[]\\ft'],
  [333, '()-`r·'],
  [334, '{}'],
  [355, '"'],
  [389, '*'],
  [469, '^'],
  [500, 'Jcksvxyz'],
  [556, '#$0123456789?L_abdeghnopqu'],
  [584, '+<=>~×'],
  [611, 'FTZ'],
  [667, '&ABEKPSVXY'],
  [722, 'CDHNRUw'],
  [778, 'GOQ'],
  [833, 'Mm'],
  [889, '%'],
  [944, 'W'],
  [1000, '→…'],
  [1015, '@'],
];
const widthOf = new Map(
  widths.flatMap(([width, characters]) => Array.from(characters, (each) => [each, width])),
);
/** Letters of other alphabets than these are about as wide as an `a`, signs and ideographs as wide as they are high. */
const usualLetter = 556;
const usualSign = 1000;
/** How much wider bold letters are, on the average. */
const boldFactor = 1.08;

/**
 * How wide a text stands in Arial or a face of its widths, in pixels; `px` is its size. The faces of today's systems
 * differ from it by a few hundredths.
 */
export function textWidth(text: string, px: number, isBold = false): number {
  let thousandths = 0;
  for (const character of charactersOf(text)) {
    thousandths +=
      widthOf.get(character) ??
      (/^\p{L}$/u.test(character) && !isWide.test(character) ? usualLetter : usualSign);
  }
  return (thousandths / 1_000) * px * (isBold ? boldFactor : 1);
}

const isWide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u;
