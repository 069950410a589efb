import type { Box, Point } from '@slipway/topology';

/** A piece of a line that lies in a part of the drawing. */
export interface LineRun {
  points: Point[];
  /** How far along the line it begins, in pixels of the drawing. */
  from: number;
}

/**
 * What of a line of upright and level stretches lies in a part of the drawing. Lines can be a hundred windows long, and a
 * canvas would take the time for every dash of them.
 */
export function runsWithin(points: readonly Point[], part: Box): LineRun[] {
  const runs: LineRun[] = [];
  let run: LineRun | undefined;
  let along = 0;
  for (const [index, end] of points.entries()) {
    const start = points[index - 1];
    if (!start) continue;
    const length = Math.abs(end.x - start.x) + Math.abs(end.y - start.y);
    const a = nearestIn(part, start);
    const b = nearestIn(part, end);
    // The nearest points of a stretch beside the part do not lie on it.
    const isIn = start.x === end.x ? a.x === start.x && a.y !== b.y : a.y === start.y && a.x !== b.x;
    if (!isIn) run = undefined;
    else if (run) run.points.push(b);
    else {
      run = { points: [a, b], from: along + Math.abs(a.x - start.x) + Math.abs(a.y - start.y) };
      runs.push(run);
    }
    if (run && (b.x !== end.x || b.y !== end.y)) run = undefined;
    along += length;
  }
  return runs;
}

const nearestIn = ({ x, y, width, height }: Box, point: Point): Point => ({
  x: Math.min(x + width, Math.max(x, point.x)),
  y: Math.min(y + height, Math.max(y, point.y)),
});
