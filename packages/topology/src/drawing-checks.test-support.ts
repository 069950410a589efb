import { expect } from 'vitest';
import type { Box, Layout, PlacedEdge, PlacedNode, Point } from './index.ts';

export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The straight stretches of a line, as boxes without a width or without a height. */
export function stretchesOf({ points }: PlacedEdge): Box[] {
  return points.slice(1).map((point, index) => {
    const before = points[index]!;
    return {
      x: Math.min(before.x, point.x),
      y: Math.min(before.y, point.y),
      width: Math.abs(point.x - before.x),
      height: Math.abs(point.y - before.y),
    };
  });
}

/** No two siblings overlap, and everything lies within what contains it. */
export function expectOrder(layout: Layout): void {
  const boxes = new Map(layout.nodes.map((node) => [node.id, node]));
  for (const node of layout.nodes) {
    for (const value of [node.x, node.y, node.width, node.height]) expect(Number.isFinite(value)).toBe(true);
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.y).toBeGreaterThanOrEqual(0);
    expect(node.x + node.width).toBeLessThanOrEqual(layout.width);
    expect(node.y + node.height).toBeLessThanOrEqual(layout.height);
    const parent = node.parent === undefined ? undefined : boxes.get(node.parent)!;
    if (parent) {
      expect(node.x).toBeGreaterThan(parent.x);
      expect(node.y).toBeGreaterThan(parent.y);
      expect(node.x + node.width).toBeLessThan(parent.x + parent.width);
      expect(node.y + node.height).toBeLessThan(parent.y + parent.height);
    }
  }
  const siblings = Map.groupBy(layout.nodes, (node) => node.parent ?? '');
  for (const group of siblings.values()) {
    for (const [index, a] of group.entries()) {
      for (const b of group.slice(index + 1)) expect(overlap(a, b), `${a.id} on ${b.id}`).toBe(false);
    }
  }
}

/** Lines begin and end at the border of their pieces, turn at right angles, and run through nothing else. */
export function expectTidyLines(layout: Layout): void {
  const boxes = new Map(layout.nodes.map((node) => [node.id, node]));
  const untidy: string[] = [];
  for (const edge of layout.edges) {
    const from = boxes.get(edge.from)!;
    const to = boxes.get(edge.to)!;
    if (!onBorder(edge.points[0]!, from)) untidy.push(`${edge.id} does not begin at its piece`);
    if (!onBorder(edge.points.at(-1)!, to)) untidy.push(`${edge.id} does not end at its piece`);
    const around = new Set([...lineage(from, boxes), ...lineage(to, boxes)]);
    for (const stretch of stretchesOf(edge)) {
      if (Math.min(stretch.width, stretch.height) !== 0) untidy.push(`${edge.id} runs aslant`);
      for (const node of layout.nodes) {
        if (overlap(stretch, node) && !around.has(node.id)) untidy.push(`${edge.id} runs through ${node.id}`);
      }
    }
  }
  expect(untidy).toEqual([]);
}

/** A container in which a line ends, and what lies around its ends, it may run through. */
function lineage(node: PlacedNode, boxes: ReadonlyMap<string, PlacedNode>): string[] {
  const ids: string[] = [];
  for (let at = boxes.get(node.parent ?? ''); at; at = boxes.get(at.parent ?? '')) ids.push(at.id);
  return ids;
}

function onBorder({ x, y }: Point, box: Box): boolean {
  const inX = x >= box.x && x <= box.x + box.width;
  const inY = y >= box.y && y <= box.y + box.height;
  return (
    (inY && (x === box.x || x === box.x + box.width)) || (inX && (y === box.y || y === box.y + box.height))
  );
}

/** How often lines cross, apart from those that have an end in common. */
export function crossingsOf(edges: readonly PlacedEdge[]): number {
  const all = edges.flatMap((edge) => stretchesOf(edge).map((stretch) => ({ edge, stretch })));
  const level = all.filter(({ stretch }) => stretch.height === 0);
  const plumb = all.filter(({ stretch }) => stretch.width === 0);
  let count = 0;
  for (const a of level) {
    for (const b of plumb) {
      const ends = new Set([a.edge.from, a.edge.to]);
      if (ends.has(b.edge.from) || ends.has(b.edge.to)) continue;
      const { x, y, width } = a.stretch;
      if (
        x < b.stretch.x &&
        b.stretch.x < x + width &&
        b.stretch.y < y &&
        y < b.stretch.y + b.stretch.height
      ) {
        count += 1;
      }
    }
  }
  return count;
}
