import type { Box } from './arrange.ts';
import type { EdgeKind, TopologyEdge } from './graph.ts';
import { guardedAt, labelSize, type LayoutDirection } from './measures.ts';

export interface Point {
  x: number;
  y: number;
}

export interface RouteInput {
  boxes: ReadonlyMap<string, Box>;
  parentOf: ReadonlyMap<string, string>;
  direction: LayoutDirection;
}

export interface Route {
  points: Point[];
  label?: Box;
}

/** How far from a piece a line turns; kinds turn apart from each other. */
const turnOf: Readonly<Record<EdgeKind, number>> = {
  traffic: 12,
  outbound: 16,
  disk: 12,
  guards: 20,
  spreads: 16,
  reference: 24,
  diagnostics: 24,
};

/** How far below the middle of its side a line leaves a piece; kinds leave apart from each other. */
const portOf: Readonly<Record<EdgeKind, number>> = {
  traffic: 0,
  outbound: 8,
  disk: 0,
  guards: 0,
  spreads: 8,
  reference: 12,
  diagnostics: 16,
};

/** How far beside the pieces a line runs past them in the narrow drawing; kinds run apart from each other. */
const gutterOf: Readonly<Record<EdgeKind, number>> = {
  traffic: 5,
  outbound: 7,
  guards: 9,
  disk: 12,
  spreads: 12,
  diagnostics: 15,
  reference: 17,
};

/** The corners of an edge: level stretches and plumb ones only. Undefined where one of its ends is not drawn. */
export function routeEdge(edge: TopologyEdge, input: RouteInput): Route | undefined {
  const from = input.boxes.get(edge.from);
  const to = input.boxes.get(edge.to);
  if (!from || !to) return undefined;
  const [outerFrom, outerTo] = outermost(edge, input);
  const turn = turnOf[edge.kind];
  if (outerTo.x >= outerFrom.x + outerFrom.width + 8) return routeRight(edge, from, to, outerFrom, turn);
  if (outerTo.y >= outerFrom.y + outerFrom.height + 4) {
    return routeDown(edge, { from, to, outerFrom, outerTo }, turn);
  }
  return { points: routeAround(from, to, outerFrom, outerTo, turn) };
}

/** The boxes of the two pieces, one in each end of the edge, that lie directly in what contains both ends. */
function outermost(edge: TopologyEdge, { boxes, parentOf }: RouteInput): [Box, Box] {
  const lineage = (id: string): string[] => {
    const ids = [id];
    for (let at = parentOf.get(id); at !== undefined; at = parentOf.get(at)) ids.unshift(at);
    return ids;
  };
  const a = lineage(edge.from);
  const b = lineage(edge.to);
  let shared = 0;
  while (a[shared] !== undefined && a[shared] === b[shared]) shared += 1;
  const none: Box = { x: 0, y: 0, width: 0, height: 0 };
  return [boxes.get(a[shared] ?? edge.from) ?? none, boxes.get(b[shared] ?? edge.to) ?? none];
}

const middle = (box: Box): number => box.y + box.height / 2;
const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

function routeRight(edge: TopologyEdge, from: Box, to: Box, outerFrom: Box, turn: number): Route {
  const startY = middle(from) + portOf[edge.kind];
  const wished =
    edge.kind === 'guards'
      ? clamp(startY, to.y + guardedAt, to.y + to.height - 14)
      : middle(to) + portOf[edge.kind];
  const endY = Math.abs(wished - startY) < 3 ? startY : wished;
  const x = outerFrom.x + outerFrom.width + turn;
  const points = tidy([
    { x: from.x + from.width, y: startY },
    { x, y: startY },
    { x, y: endY },
    { x: to.x, y: endY },
  ]);
  const size = labelSize(edge.labels);
  if (size.height === 0) return { points };
  return { points, label: { x: x + 6, y: endY - size.height / 2, ...size } };
}

interface Ends {
  from: Box;
  to: Box;
  outerFrom: Box;
  outerTo: Box;
}

/** So near below, in pixels, a piece is entered straight from above. */
const nearBelow = 96;

/** Down: straight into a piece just below, else along the frame's side and into the piece from there. */
function routeDown(edge: TopologyEdge, { from, to, outerFrom, outerTo }: Ends, turn: number): Route {
  const out = { x: from.x + from.width / 2, y: from.y + from.height };
  const topMiddle = to.x + to.width / 2;
  if (from === outerFrom && edge.kind !== 'guards' && to.y - out.y < nearBelow) {
    // Into a frame the line turns below the frame's title.
    const y = to === outerTo ? out.y + turn : to.y - turn;
    return { points: tidy([out, { x: out.x, y }, { x: topMiddle, y }, { x: topMiddle, y: to.y }]) };
  }
  const isLeft = from === outerFrom && out.x <= outerTo.x + outerTo.width / 2;
  const away = gutterOf[edge.kind];
  const side = isLeft
    ? Math.min(outerTo.x, outerFrom.x) - away
    : Math.max(outerTo.x + outerTo.width, outerFrom.x + outerFrom.width) + away;
  const leaving =
    from === outerFrom
      ? [out, { x: out.x, y: out.y + turn }, { x: side, y: out.y + turn }]
      : [
          { x: from.x + from.width, y: middle(from) + portOf[edge.kind] },
          { x: side, y: middle(from) + portOf[edge.kind] },
        ];
  const entry = edge.kind === 'guards' ? to.y + Math.min(guardedAt, to.height / 2) : middle(to);
  const entering =
    to === outerTo
      ? [
          { x: side, y: to.y - turn / 2 },
          { x: topMiddle, y: to.y - turn / 2 },
          { x: topMiddle, y: to.y },
        ]
      : [
          { x: side, y: entry },
          { x: isLeft ? to.x : to.x + to.width, y: entry },
        ];
  const points = tidy([...leaving, ...entering]);
  const size = labelSize(edge.labels);
  if (size.height === 0) return { points };
  return { points, label: { x: to.x, y: to.y - size.height - 1, ...size } };
}

/** Back to the left, or between two pieces of one column: out at one side, along it, in again. */
function routeAround(from: Box, to: Box, outerFrom: Box, outerTo: Box, turn: number): Point[] {
  const isLeft = outerTo.x + outerTo.width <= outerFrom.x;
  if (isLeft) {
    const x = outerFrom.x - turn;
    return tidy([
      { x: from.x, y: middle(from) },
      { x, y: middle(from) },
      { x, y: middle(to) },
      { x: to.x + to.width, y: middle(to) },
    ]);
  }
  const x = Math.max(outerFrom.x + outerFrom.width, outerTo.x + outerTo.width) + turn;
  return tidy([
    { x: from.x + from.width, y: middle(from) },
    { x, y: middle(from) },
    { x, y: middle(to) },
    { x: to.x + to.width, y: middle(to) },
  ]);
}

/** Leaves out corners at which nothing turns. */
function tidy(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before || !after) return true;
    const level = before.y === point.y && point.y === after.y;
    const plumb = before.x === point.x && point.x === after.x;
    return !level && !plumb;
  });
}
