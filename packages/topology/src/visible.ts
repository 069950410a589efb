import {
  edgeKindSchema,
  type EdgeKind,
  type NodeKind,
  type TopologyEdge,
  type TopologyGraph,
  type TopologyNode,
} from './graph.ts';

/** What is drawn of a graph: closed containers hide what is in them, and edges end at what can be seen. */
export interface VisibleTopology {
  nodes: readonly TopologyNode[];
  edges: readonly TopologyEdge[];
}

/** A piece that is drawn, with what is drawn around and inside it. */
export interface VisiblePiece {
  node: TopologyNode;
  /** Its place among the pieces that are drawn, in the graph's order. */
  index: number;
  /** Its place among its siblings. */
  slot: number;
  parent: VisiblePiece | undefined;
  children: VisiblePiece[];
  /** How many pieces lie around it. */
  depth: number;
  /** How many pieces it hides, at any depth: 0 unless it is closed. */
  inside: number;
}

/** A line between two pieces that are drawn. */
export interface VisibleLine {
  id: string;
  kind: EdgeKind;
  labels: readonly string[];
  from: VisiblePiece;
  to: VisiblePiece;
}

/** What is drawn of a graph, as a tree with lines. */
export interface VisiblePieces {
  /** In the graph's order. */
  pieces: readonly VisiblePiece[];
  /** Those that nothing contains. */
  roots: readonly VisiblePiece[];
  lines: readonly VisibleLine[];
}

/** What is drawn as one card until someone opens it. */
const kindsClosedAtFirst: readonly NodeKind[] = ['scaleSet', 'scaleSetInstance'];

/** The ids of the containers that are drawn as one card at first: scale sets, and each of their machines. */
export function closedAtFirst(graph: TopologyGraph): Set<string> {
  return new Set(graph.nodes.flatMap(({ id, kind }) => (kindsClosedAtFirst.includes(kind) ? [id] : [])));
}

/**
 * Leaves out what closed containers hold. Edges into one end at its card; edges that come to join the same two
 * pieces as one kind become one; edges between a container and what it holds are not drawn.
 */
export function visibleTopology(graph: TopologyGraph, closed: ReadonlySet<string>): VisibleTopology {
  const { pieces, lines } = visiblePieces(graph, closed);
  return {
    nodes: pieces.map(({ node }) => node),
    edges: lines.map(({ id, kind, labels, from, to }) => ({
      id,
      from: from.node.id,
      to: to.node.id,
      kind,
      labels: [...labels],
    })),
  };
}

/** What is drawn of a graph, by the rules of `visibleTopology`, as a tree with lines. */
export function visiblePieces(graph: TopologyGraph, closed: ReadonlySet<string>): VisiblePieces {
  const all = new Map<string, VisiblePiece>();
  for (const node of graph.nodes) {
    if (all.has(node.id)) continue;
    all.set(node.id, {
      node,
      index: -1,
      slot: 0,
      parent: undefined,
      children: nothing,
      depth: -1,
      inside: 0,
    });
  }
  for (const piece of all.values()) findDepth(piece, all);
  const pieces: VisiblePiece[] = [];
  const roots: VisiblePiece[] = [];
  for (const piece of all.values()) {
    const seen = seenAt(piece, closed);
    if (seen !== piece) {
      seen.inside += 1;
      continue;
    }
    piece.index = pieces.length;
    pieces.push(piece);
    piece.slot = piece.parent ? piece.parent.children.length : roots.length;
    if (!piece.parent) roots.push(piece);
    else if (piece.slot === 0) piece.parent.children = [piece];
    else piece.parent.children.push(piece);
  }
  return { pieces, roots, lines: visibleLines(graph, all, closed, pieces.length) };
}

/** What most pieces contain. */
const nothing: VisiblePiece[] = [];

/** Finds the piece around each piece, and its depth; where pieces contain each other in a ring, the ring is cut. */
function findDepth(piece: VisiblePiece, all: ReadonlyMap<string, VisiblePiece>): void {
  const chain: VisiblePiece[] = [];
  let at: VisiblePiece | undefined = piece;
  while (at && at.depth === -1) {
    // Until its depth is known it is in the chain.
    at.depth = -2;
    chain.push(at);
    const parent: VisiblePiece | undefined =
      at.node.parent === undefined ? undefined : all.get(at.node.parent);
    at.parent = parent?.depth === -2 ? undefined : parent;
    at = at.parent;
  }
  let depth = at ? at.depth : -1;
  for (const each of chain.toReversed()) {
    depth += 1;
    each.depth = depth;
  }
}

/** The outermost closed container around a piece, or else the piece itself. */
function seenAt(piece: VisiblePiece, closed: ReadonlySet<string>): VisiblePiece {
  let seen = piece;
  if (closed.size === 0) return seen;
  for (let at = piece.parent; at; at = at.parent) if (closed.has(at.node.id)) seen = at;
  return seen;
}

const kindNumber = new Map(edgeKindSchema.options.map((kind, index) => [kind, index]));

function visibleLines(
  graph: TopologyGraph,
  all: ReadonlyMap<string, VisiblePiece>,
  closed: ReadonlySet<string>,
  count: number,
): VisibleLine[] {
  const lines: VisibleLine[] = [];
  const known = new Map<number, VisibleLine>();
  for (const edge of graph.edges) {
    const start = all.get(edge.from);
    const end = all.get(edge.to);
    if (!start || !end) continue;
    const from = start.index === -1 ? seenAt(start, closed) : start;
    const to = end.index === -1 ? seenAt(end, closed) : end;
    if (holds(from, to) || holds(to, from)) continue;
    const { kind } = edge;
    const key = (from.index * count + to.index) * kindNumber.size + (kindNumber.get(kind) ?? 0);
    const same = known.get(key);
    if (same) {
      same.labels = [...new Set([...same.labels, ...edge.labels])];
      continue;
    }
    const isMoved = from !== start || to !== end;
    const id = isMoved ? `${from.node.id} ${kind} ${to.node.id}` : edge.id;
    const line = { id, kind, labels: edge.labels, from, to };
    known.set(key, line);
    lines.push(line);
  }
  return lines;
}

/** Whether a piece is another, or contains it at any depth. */
function holds(container: VisiblePiece, piece: VisiblePiece): boolean {
  let at: VisiblePiece | undefined = piece;
  while (at && at.depth > container.depth) at = at.parent;
  return at === container;
}
