import type { Point } from './placed.ts';

/** An SVG path through the points, with rounded corners. */
export function roundedPath(points: readonly Point[], radius = 8): string {
  const parts: string[] = [];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before) parts.push(`M ${point.x} ${point.y}`);
    else if (after) {
      const enter = towards(point, before, radius);
      const leave = towards(point, after, radius);
      parts.push(`L ${enter.x} ${enter.y} Q ${point.x} ${point.y} ${leave.x} ${leave.y}`);
    } else parts.push(`L ${point.x} ${point.y}`);
  }
  return parts.join(' ');
}

/** The point on the way from a corner to the next one, `radius` away or half of the way. */
function towards(corner: Point, next: Point, radius: number): Point {
  const length = Math.abs(next.x - corner.x) + Math.abs(next.y - corner.y);
  const share = length === 0 ? 0 : Math.min(radius, length / 2) / length;
  return { x: corner.x + (next.x - corner.x) * share, y: corner.y + (next.y - corner.y) * share };
}
