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

/** Below this scale names cannot be read. */
const readableZoom = 0.7;
const roomPx = 8;

/**
 * The whole diagram where it can be read like that, else its full width from the top; in a narrow window always
 * the full width.
 */
export function startViewport(drawing: Extent, window: Extent, direction: LayoutDirection): Viewport {
  const byWidth = (window.width - 2 * roomPx) / drawing.width;
  const byHeight = (window.height - 2 * roomPx) / drawing.height;
  const whole = Math.min(1, byWidth, byHeight);
  const zoom = direction === 'down' ? Math.min(1, byWidth) : Math.max(whole, Math.min(readableZoom, byWidth));
  const spare = window.height - drawing.height * zoom;
  return {
    x: (window.width - drawing.width * zoom) / 2,
    y: spare > 0 && direction === 'right' ? spare / 2 : roomPx,
    zoom,
  };
}
