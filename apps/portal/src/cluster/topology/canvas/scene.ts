import {
  type Box,
  type Layout,
  type PlacedEdge,
  type PlacedNode,
  type Point,
  type TopologyGraph,
  type TopologyNode,
  edgeKindSchema,
  nodeKindSchema,
  titleOnCard,
} from '@slipway/topology';
import Flatbush from 'flatbush';
import { ownPhaseIndex } from './phases.ts';

/** A piece as it is drawn. */
export interface Piece {
  node: TopologyNode;
  placed: PlacedNode;
  /** The node around it. */
  parent: TopologyNode | undefined;
}

/** A graph and its layout, made ready for drawing: what is asked for in every frame lies in plain rows of numbers. */
export interface Scene {
  layout: Layout;
  /** Frames before what they contain. */
  pieces: readonly Piece[];
  /** Where a piece stands in `pieces`. */
  indexOf: ReadonlyMap<string, number>;
  /** For each piece its kind, as its index in `nodeKindSchema`'s options. */
  kinds: Uint8Array;
  /** For each piece 1 where it is a frame around others. */
  frames: Uint8Array;
  /** Every node of the graph, hidden ones too, and the index of the piece that stands for it, or -1. */
  nodes: readonly TopologyNode[];
  holders: Int32Array;
  /** For each node the phase that ARM's own word for it says, as its index in `phases`. */
  ownPhases: Uint8Array;
  /** Where a node stands in `nodes`. */
  nodeAt: ReadonlyMap<string, number>;
  /** Four numbers for each piece: left, top, right, bottom. */
  boxes: Float32Array;
  lines: readonly PlacedEdge[];
  /** Four numbers for each straight stretch of a line: left, top, right, bottom; it has no width. */
  stretches: Float32Array;
  /** For each stretch the index of its line, and of that line's kind in `edgeKindSchema`'s options. */
  lineOf: Uint32Array;
  stretchKinds: Uint8Array;
  /** The indexes of the pieces that touch a part of the drawing, in no order. */
  piecesIn: (part: Box) => number[];
  /** The indexes of the stretches that touch a part of the drawing, or of the labels there: see `linesOf`. */
  stretchesIn: (part: Box) => number[];
}

/** Makes a scene. Takes about as long as one look at everything in it; the search trees grow when first asked. */
export function buildScene(graph: TopologyGraph, layout: Layout): Scene {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const pieces: Piece[] = [];
  const indexOf = new Map<string, number>();
  for (const placed of layout.nodes) {
    const node = byId.get(placed.id);
    if (!node) continue;
    indexOf.set(node.id, pieces.length);
    pieces.push({ node, placed, parent: node.parent === undefined ? undefined : byId.get(node.parent) });
  }
  const boxes = new Float32Array(pieces.length * 4);
  for (const [index, { placed }] of pieces.entries()) {
    boxes.set([placed.x, placed.y, placed.x + placed.width, placed.y + placed.height], index * 4);
  }
  const { stretches, lineOf, firstOf } = stretchesOf(layout.edges);
  return {
    layout,
    pieces,
    indexOf,
    kinds: Uint8Array.from(pieces, ({ node }) => nodeKindSchema.options.indexOf(node.kind)),
    frames: Uint8Array.from(pieces, ({ placed }) => Number(placed.isContainer)),
    nodes: graph.nodes,
    nodeAt: new Map(graph.nodes.map(({ id }, index) => [id, index])),
    holders: holdersOf(graph.nodes, byId, indexOf),
    ownPhases: Uint8Array.from(graph.nodes, ownPhaseIndex),
    boxes,
    lines: layout.edges,
    stretches,
    lineOf,
    stretchKinds: Uint8Array.from(lineOf, (line) =>
      edgeKindSchema.options.indexOf(layout.edges[line]?.kind ?? 'reference'),
    ),
    piecesIn: searcher(pieces.length, (add) => {
      for (const { placed } of pieces) {
        add(placed.x, placed.y, placed.x + placed.width, placed.y + placed.height);
      }
    }),
    stretchesIn: searcher(lineOf.length, (add) => {
      for (let index = 0; index < lineOf.length; index += 1) {
        const label =
          index === firstOf[lineOf[index] ?? 0] ? layout.edges[lineOf[index] ?? 0]?.label : undefined;
        const at = index * 4;
        add(
          Math.min((stretches[at] ?? 0) - lineRoom, label?.x ?? Infinity),
          Math.min((stretches[at + 1] ?? 0) - lineRoom, label?.y ?? Infinity),
          Math.max((stretches[at + 2] ?? 0) + lineRoom, label ? label.x + label.width : -Infinity),
          Math.max((stretches[at + 3] ?? 0) + lineRoom, label ? label.y + label.height : -Infinity),
        );
      }
    }),
  };
}

/**
 * Makes one scene after another. Where only what is said about pieces has changed, and so the layout has stayed the very
 * same, all that was made of the layout stays, too.
 */
export function sceneKeeper(): typeof buildScene {
  let last: Scene | undefined;
  return (graph, layout) => {
    last = (last?.layout === layout && renewed(last, graph.nodes)) || buildScene(graph, layout);
    return last;
  };
}

/** The scene with the nodes as they are now; undefined where they are not the same ones in the same order. */
function renewed(before: Scene, nodes: readonly TopologyNode[]): Scene | undefined {
  if (nodes.length !== before.nodes.length) return undefined;
  const changed = new Map<string, TopologyNode>();
  const ownPhases = Uint8Array.from(before.ownPhases);
  for (const [index, node] of nodes.entries()) {
    const known = before.nodes[index];
    if (known === node) continue;
    if (known?.id !== node.id || known.kind !== node.kind || known.parent !== node.parent) return undefined;
    changed.set(node.id, node);
    ownPhases[index] = ownPhaseIndex(node);
  }
  if (changed.size === 0) return { ...before, nodes };
  const pieces = before.pieces.map((piece): Piece => {
    const node = changed.get(piece.node.id) ?? piece.node;
    const parent = changed.get(piece.parent?.id ?? '') ?? piece.parent;
    return node === piece.node && parent === piece.parent ? piece : { node, placed: piece.placed, parent };
  });
  return { ...before, nodes, pieces, ownPhases };
}

/** What is written on a piece: shorter than its title where its surroundings say the rest. */
export const titleOf = ({ node, parent }: Piece): string => titleOnCard(node, parent);

/** The indexes of the lines that stretches belong to, each once. */
export const linesOf = ({ lineOf }: Scene, stretches: readonly number[]): Set<number> =>
  new Set(stretches.map((index) => lineOf[index] ?? 0));

/** The innermost piece at a point of the drawing; of a frame only what no other piece covers counts. */
export function pieceAt(scene: Scene, at: Point): Piece | undefined {
  const found = scene.piecesIn({ ...at, width: 0, height: 0 });
  const deepest = found.toSorted((a, b) => depth(scene, b) - depth(scene, a))[0];
  return deepest === undefined ? undefined : scene.pieces[deepest];
}

const depth = (scene: Scene, index: number): number => scene.pieces[index]?.placed.depth ?? 0;

/** The index of the piece that stands for a node: itself, or the closed container around it; -1 for none. */
function holdersOf(
  nodes: readonly TopologyNode[],
  byId: ReadonlyMap<string, TopologyNode>,
  indexOf: ReadonlyMap<string, number>,
): Int32Array {
  const holders = new Int32Array(nodes.length).fill(-1);
  for (const [index, node] of nodes.entries()) {
    for (let at: TopologyNode | undefined = node; at; at = byId.get(at.parent ?? '')) {
      const piece = indexOf.get(at.id);
      if (piece === undefined) continue;
      holders[index] = piece;
      break;
    }
  }
  return holders;
}

function stretchesOf(
  lines: readonly PlacedEdge[],
): Pick<Scene, 'stretches' | 'lineOf'> & { firstOf: Uint32Array } {
  const count = lines.reduce((sum, { points }) => sum + Math.max(0, points.length - 1), 0);
  const stretches = new Float32Array(count * 4);
  const lineOf = new Uint32Array(count);
  const firstOf = new Uint32Array(lines.length);
  let at = 0;
  for (const [index, { points }] of lines.entries()) {
    firstOf[index] = at;
    for (let point = 1; point < points.length; point += 1) {
      const from = points[point - 1];
      const to = points[point];
      if (!from || !to) continue;
      stretches[at * 4] = Math.min(from.x, to.x);
      stretches[at * 4 + 1] = Math.min(from.y, to.y);
      stretches[at * 4 + 2] = Math.max(from.x, to.x);
      stretches[at * 4 + 3] = Math.max(from.y, to.y);
      lineOf[at] = index;
      at += 1;
    }
  }
  return { stretches, lineOf, firstOf };
}

/** Room for a line's width and its end, in pixels. */
const lineRoom = 4;

type Add = (left: number, top: number, right: number, bottom: number) => void;

function searcher(count: number, addAll: (add: Add) => void): (part: Box) => number[] {
  let tree: Flatbush | undefined;
  return ({ x, y, width, height }) => {
    if (count === 0) return [];
    if (!tree) {
      const grown = new Flatbush(count);
      addAll((left, top, right, bottom) => void grown.add(left, top, right, bottom));
      grown.finish();
      tree = grown;
    }
    return tree.search(x, y, x + width, y + height);
  };
}
