import type { EdgeKind, TopologyGraph } from './graph.ts';
import { arrangeTopology, type Box } from './arrange.ts';
import { labelLines, titleHeight, type LayoutDensity, type LayoutDirection } from './measures.ts';
import { routeEdge, type Point } from './route.ts';
import { closedAtFirst, visibleTopology } from './visible.ts';

export interface LayoutOptions {
  /** `right` (the default) for wide screens, `down` for narrow ones. */
  direction?: LayoutDirection;
  /** `roomy` (the default), or `compact` where that could not be both whole and readable. */
  density?: LayoutDensity;
  /** The ids of the containers that are drawn as one card; `closedAtFirst(graph)` unless given. */
  closed?: ReadonlySet<string>;
}

/** A piece in its place; `x` and `y` are its upper left corner in the whole drawing, in pixels. */
export interface PlacedNode extends Box {
  id: string;
  /** The placed node around it. */
  parent?: string;
  /** How deep it lies: 0 the internet and the container service. */
  depth: number;
  /** Whether other pieces are drawn inside. */
  isContainer: boolean;
  /** Whether it is a container that is drawn as one card. */
  isClosed: boolean;
  /** How many pieces it hides, at any depth: 0 unless it is closed. */
  inside: number;
  /** How wide its title can be before a line runs through it, in pixels; the whole width for a card. */
  titleWidth: number;
}

/** A line in its place. */
export interface PlacedEdge {
  id: string;
  from: string;
  to: string;
  kind: EdgeKind;
  /** The corners from start to end; every stretch is horizontal or vertical. */
  points: Point[];
  /** What is written on it, a line each, and where; absent where it says nothing. */
  label?: Box & { lines: string[] };
}

/** A column or row of an availability set: one fault or update domain. The box reaches across the whole grid. */
export interface PlacedDomain extends Box {
  /** As ARM counts it, from 0. */
  domain: number;
  /** What stands at its head, such as `Fault domain 0`. */
  label: string;
  /** Where that stands. */
  header: Box;
}

/** An availability set drawn as a frame: fault domains beside each other, update domains below each other. */
export interface PlacedGrid {
  /** The availability set's id. */
  id: string;
  columns: PlacedDomain[];
  rows: PlacedDomain[];
}

export interface Layout {
  /** Containers before what they contain. */
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  /** One for each availability set with machines in it whose cells are known. */
  grids: PlacedGrid[];
  width: number;
  height: number;
}

/**
 * Places a graph from the internet inwards: columns by rank (rows in the narrow drawing), containers around what
 * they contain, neighbours beside what they are joined to. Pure: the same graph and options give the same layout.
 * No two pieces of one container overlap, and each lies within its container.
 */
export function layoutTopology(graph: TopologyGraph, options: LayoutOptions = {}): Layout {
  const direction = options.direction ?? 'right';
  const visible = visibleTopology(graph, options.closed ?? closedAtFirst(graph));
  const look = { direction, density: options.density ?? 'roomy' };
  const { boxes, width, height } = arrangeTopology(visible, look);

  const edges = visible.edges.flatMap((edge): PlacedEdge[] => {
    const route = routeEdge(edge, { boxes, parentOf: visible.parentOf, direction });
    if (!route) return [];
    const { id, from, to, kind } = edge;
    const placed = { id, from, to, kind, points: route.points };
    return [route.label ? { ...placed, label: { ...route.label, lines: labelLines(edge.labels) } } : placed];
  });
  const nodes: PlacedNode[] = [];
  for (const { id } of visible.nodes) {
    const box = boxes.get(id);
    if (!box) continue;
    const parent = visible.parentOf.get(id);
    const isContainer = visible.childrenOf.has(id);
    const titleWidth = isContainer ? freeWidth(box, edges) : box.width;
    const inside = visible.insideOf.get(id) ?? 0;
    const depth = depthOf(id, visible.parentOf);
    const node = { id, ...box, depth, isContainer, isClosed: inside > 0, inside, titleWidth };
    nodes.push(parent === undefined ? node : { ...node, parent });
  }
  return { nodes: nodes.toSorted((a, b) => a.depth - b.depth), edges, grids: [], width, height };
}

function depthOf(id: string, parentOf: ReadonlyMap<string, string>): number {
  let depth = 0;
  for (let at = parentOf.get(id); at !== undefined; at = parentOf.get(at)) depth += 1;
  return depth;
}

/** How far to the left of the first plumb line through it a frame's title has room, in pixels. */
function freeWidth(frame: Box, edges: readonly PlacedEdge[]): number {
  let right = frame.x + frame.width;
  for (const { points } of edges) {
    for (const [index, point] of points.entries()) {
      const next = points[index + 1];
      if (next?.x !== point.x || point.x <= frame.x || point.x >= right) continue;
      const isBeside =
        Math.max(point.y, next.y) <= frame.y || Math.min(point.y, next.y) >= frame.y + titleHeight;
      if (!isBeside) right = point.x - besideLine;
    }
  }
  return Math.max(0, right - frame.x);
}

/** What stays free between a title and a line, in pixels. */
const besideLine = 8;
