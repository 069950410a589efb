import type { Box, Point } from '@slipway/topology';
import type { Extent, Viewport } from '../start-viewport.ts';

export const maxZoom = 2;
const usualMinZoom = 0.1;
const roomPx = 8;

/** The scale at which a box just fits into the window, with a little room around it. */
export const fittingZoom = (box: Extent, window: Extent): number =>
  Math.max(
    0.001,
    Math.min((window.width - 2 * roomPx) / box.width, (window.height - 2 * roomPx) / box.height),
  );

/** The smallest scale of a drawing: a tenth, or less where the whole would not be seen then. */
export const minZoom = (drawing: Extent, window: Extent): number =>
  Math.min(usualMinZoom, fittingZoom(drawing, window) * 0.8);

/** The viewport that shows a box in the middle of the window, as large as it can be up to the scale `most`. */
export function fitted(box: Box, window: Extent, most: number = maxZoom): Viewport {
  const zoom = Math.min(most, fittingZoom(box, window));
  return {
    x: window.width / 2 - (box.x + box.width / 2) * zoom,
    y: window.height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  };
}

/** The viewport at a scale in which a box stands in the middle of the window's upper edge. */
export const beginningAt = (box: Box, window: Extent, zoom: number): Viewport => ({
  x: window.width / 2 - (box.x + box.width / 2) * zoom,
  y: 3 * roomPx - box.y * zoom,
  zoom,
});

/** The viewport scaled to `zoom` around a point of the window that stays where it is. */
export function zoomedAt(viewport: Viewport, zoom: number, at: Point): Viewport {
  const share = zoom / viewport.zoom;
  return { x: at.x - (at.x - viewport.x) * share, y: at.y - (at.y - viewport.y) * share, zoom };
}

/** Where in the drawing a point of the window lies. */
export const inDrawing = ({ x, y, zoom }: Viewport, at: Point): Point => ({
  x: (at.x - x) / zoom,
  y: (at.y - y) / zoom,
});

/** The part of the drawing that the window shows, and `margin` pixels of the screen around it. */
export const shownPart = ({ x, y, zoom }: Viewport, window: Extent, margin = 0): Box => ({
  x: (-x - margin) / zoom,
  y: (-y - margin) / zoom,
  width: (window.width + 2 * margin) / zoom,
  height: (window.height + 2 * margin) / zoom,
});

/** Whether all of the drawing lies in the window. */
export const isWhole = (drawing: Extent, { x, y, zoom }: Viewport, window: Extent): boolean =>
  x >= 0 && y >= 0 && x + drawing.width * zoom <= window.width && y + drawing.height * zoom <= window.height;

/**
 * The viewport at `share` (0 to 1) of the way from one to another: the scale changes evenly to the eye, and what is in
 * the middle of the window moves straight.
 */
export function between(from: Viewport, to: Viewport, share: number, window: Extent): Viewport {
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  const centre = { x: window.width / 2, y: window.height / 2 };
  const start = inDrawing(from, centre);
  const end = inDrawing(to, centre);
  // Near the end of a zoom the same way of the drawing is longer on the screen, so the ways are weighed by scale.
  const way =
    Math.abs(to.zoom - from.zoom) < 1e-9 ? share : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return {
    x: centre.x - (start.x + (end.x - start.x) * way) * zoom,
    y: centre.y - (start.y + (end.y - start.y) * way) * zoom,
    zoom,
  };
}

/** The smallest box around all of them; `undefined` where there is none. */
export function around(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
