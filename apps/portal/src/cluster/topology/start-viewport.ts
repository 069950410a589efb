import type { Box, LayoutDirection, PlacedNode } from '@slipway/topology';

export interface Extent {
  width: number;
  height: number;
}

/** Where a diagram stands in its window: moved by `x` and `y` pixels after being scaled by `zoom`. */
export interface Viewport {
  x: number;
  y: number;
  zoom: number;
}

/** The smallest text of the diagram is 12.5 px high: from this scale on it stands at 10 px at least. */
export const readableZoom = 0.8;
const roomPx = 8;

const wholeZoom = (drawing: Extent, window: Extent): number =>
  Math.min((window.width - 2 * roomPx) / drawing.width, (window.height - 2 * roomPx) / drawing.height);

/** Whether the whole diagram can be seen, and read, at once. */
export const fitsReadably = (drawing: Extent, window: Extent): boolean =>
  wholeZoom(drawing, window) >= readableZoom;

/**
 * The whole diagram as long as it can be read like that, else as much of it as can be read, from the upper left; in a
 * narrow window the full width if it can be read.
 */
export function startViewport(drawing: Extent, window: Extent, direction: LayoutDirection): Viewport {
  const wished =
    direction === 'down' ? (window.width - 2 * roomPx) / drawing.width : wholeZoom(drawing, window);
  const zoom = Math.min(1, Math.max(readableZoom, wished));
  const spareWidth = window.width - drawing.width * zoom;
  const spareHeight = window.height - drawing.height * zoom;
  return {
    x: spareWidth > 0 ? spareWidth / 2 : roomPx,
    y: spareHeight > 0 && direction === 'right' ? spareHeight / 2 : roomPx,
    zoom,
  };
}

/** The room by which a piece is brought into view: a card, or the title of a frame. */
export const handleOf = (placed: PlacedNode): Box =>
  placed.isContainer ? { ...placed, width: Math.min(placed.titleWidth, 240), height: 44 } : placed;

/** The viewport moved as little as brings a box into the window: its beginning, where it is larger than that. */
export function viewportShowing(box: Box, viewport: Viewport, window: Extent): Viewport {
  const { zoom } = viewport;
  const along = (offset: number, start: number, length: number, room: number): number => {
    const least = roomPx - start * zoom;
    const most = room - roomPx - (start + length) * zoom;
    return least > most ? least : Math.min(most, Math.max(least, offset));
  };
  return {
    x: along(viewport.x, box.x, box.width, window.width),
    y: along(viewport.y, box.y, box.height, window.height),
    zoom,
  };
}
