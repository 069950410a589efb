/** Drawings of up to so many pieces are made of elements wholly, at every scale. */
export const wholeUpTo = 250;
/** Of larger ones so many at most. */
export const mountedMost = 200;
/** From this scale on a card can be read, or is about to be. */
export const readFrom = 0.45;
/** How the canvas draws: `fine` with round corners, dashes and text; `coarse` as upright rectangles, pixel by pixel. */
export type Detail = 'fine' | 'coarse';

/** So much is drawn finely in one frame at most; at rest there is time for more. */
const finely = {
  moving: { pieces: 260, stretches: 700 },
  resting: { pieces: 500, stretches: 3_000 },
};

/** With more pieces than this nothing is drawn finely. */
export const finestMost = wholeUpTo + finely.resting.pieces;

/** What lies in the window. */
export interface Crowd {
  pieces: number;
  /** Straight stretches of lines. */
  stretches: number;
}

/**
 * The detail in which cards and lines are drawn. Tens of thousands of rectangles fit into a frame, but not as many
 * curves and letters. Cards are not drawn finely where they are elements, so those do not count.
 */
export function detailFor({ pieces, stretches }: Crowd, isMoving: boolean): { cards: Detail; lines: Detail } {
  const most = isMoving ? finely.moving : finely.resting;
  const cards = pieces <= most.pieces ? 'fine' : 'coarse';
  return { cards, lines: cards === 'fine' && stretches <= most.stretches ? 'fine' : 'coarse' };
}

/** Whether pieces in the window are elements, with text that can be read and a place in the tab order. */
export const areMounted = (zoom: number, inAll: number): boolean => inAll <= wholeUpTo || zoom >= readFrom;

/** So high the middle of the text stands on the screen below which no text is drawn, in pixels. */
export const leastTextPx = 6;
