/** Drawings of up to so many pieces are made of elements wholly, at every scale. */
export const wholeUpTo = 250;
/** Of larger ones so many at most. */
export const mountedMost = 200;
/** From this scale on a card can be read, or is about to be. */
export const readFrom = 0.45;
/** So many pieces at most are drawn with curves and text in one frame. */
const finelyDrawnMost = 420;

/**
 * How the canvas draws: `fine` with round corners, dashes and text; `coarse` as upright rectangles, pixel by pixel, of
 * which tens of thousands fit into a frame.
 */
export type Detail = 'fine' | 'coarse';

/** The detail for so many pieces in the window, of so many in all. */
export const detailFor = (inWindow: number, inAll: number): Detail =>
  inAll <= wholeUpTo || inWindow <= finelyDrawnMost ? 'fine' : 'coarse';

/** Whether pieces in the window are elements, with text that can be read and a place in the tab order. */
export const areMounted = (zoom: number, inAll: number): boolean => inAll <= wholeUpTo || zoom >= readFrom;

/** So high the middle of the text stands on the screen below which no text is drawn, in pixels. */
export const leastTextPx = 6;
