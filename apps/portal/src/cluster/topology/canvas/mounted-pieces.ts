import type { Extent, Viewport } from '../start-viewport.ts';
import { areMounted, mountedMost, wholeUpTo } from './level-of-detail.ts';
import type { Scene } from './scene.ts';
import { shownPart } from './viewport.ts';

/** So far around the window pieces are elements, too, in pixels of the screen. */
const marginPx = 120;

/**
 * The indexes of the pieces that are elements, in the order of the drawing: all of a drawing that is not large, else
 * those in and near the window when they can be read, the middle first, and always the `kept`.
 */
export function mountedPieces(
  scene: Scene,
  viewport: Viewport,
  window: Extent,
  kept: readonly number[],
): number[] {
  const count = scene.pieces.length;
  if (count <= wholeUpTo) return [...scene.pieces.keys()];
  const mounted = new Set(kept.filter((index) => index >= 0 && index < count));
  if (areMounted(viewport.zoom, count)) {
    const part = shownPart(viewport, window, marginPx);
    const middle = { x: part.x + part.width / 2, y: part.y + part.height / 2 };
    const far = (index: number): number => {
      const [left = 0, top = 0, right = 0, bottom = 0] = scene.boxes.subarray(index * 4, index * 4 + 4);
      const dx = Math.max(left - middle.x, 0, middle.x - right);
      const dy = Math.max(top - middle.y, 0, middle.y - bottom);
      return dx + dy;
    };
    const near = scene.piecesIn(part).map((index) => ({ index, far: far(index) }));
    for (const { index } of near.toSorted((a, b) => a.far - b.far).slice(0, mountedMost)) mounted.add(index);
  }
  return [...mounted].toSorted((a, b) => a - b);
}
