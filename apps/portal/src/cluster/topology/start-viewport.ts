import type { LayoutDirection } from '@slipway/topology';

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

/** Below this scale nothing can be read, so that showing everything helps nobody. */
const readableZoom = 0.6;
const roomPx = 8;

/**
 * The whole diagram, in both directions, as long as it can be read like that, else as much of its width as can be
 * read, from the upper left; in a narrow window always the full width.
 */
export function startViewport(drawing: Extent, window: Extent, direction: LayoutDirection): Viewport {
  const byWidth = (window.width - 2 * roomPx) / drawing.width;
  const byHeight = (window.height - 2 * roomPx) / drawing.height;
  const whole = Math.min(1, byWidth, byHeight);
  const zoom =
    direction === 'down'
      ? Math.min(1, byWidth)
      : Math.max(whole, Math.min(readableZoom, Math.max(byWidth, minimumZoom)));
  const spareWidth = window.width - drawing.width * zoom;
  const spareHeight = window.height - drawing.height * zoom;
  return {
    x: spareWidth > 0 ? spareWidth / 2 : roomPx,
    y: spareHeight > 0 && direction === 'right' ? spareHeight / 2 : roomPx,
    zoom,
  };
}

/** However little room there is, in a window between phone and desk, titles are to be recognised. */
const minimumZoom = 0.55;
