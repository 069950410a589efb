import { arrange } from './arrange.ts';
import type { Arrangement, PlacedBand, PlacedItem } from './content.ts';
import { coursesOf, isLabelled, type Course, type Frame, type Leg, type LegEnd } from './courses.ts';
import { contentOf, fingerprintOf } from './frame-content.ts';
import type { TopologyGraph } from './graph.ts';
import { pointsOf, type Place, type StandingFrame } from './line-points.ts';
import { besideLabel, labelLines, labelSize, type LayoutLook } from './measures.ts';
import type {
  Box,
  Layout,
  LayoutOptions,
  PlacedDomain,
  PlacedEdge,
  PlacedGrid,
  PlacedNode,
} from './placed.ts';
import { readingOrder } from './reading-order.ts';
import { isClosedAlike, isLaidOutAlike, isTextAlike } from './same-layout.ts';
import { closedAtFirst, visiblePieces, type VisiblePiece } from './visible.ts';

interface Kept {
  fingerprint: readonly number[];
  arrangement: Arrangement;
}

interface KeptLine {
  edge: PlacedEdge;
  course: Course;
  standing: ReadonlyMap<Frame, StandingFrame>;
}

/**
 * Lays out one graph after another, as `layoutTopology` does each of them, and keeps what stays the same: containers
 * whose content has not changed are not arranged anew, and placed nodes and edges that have not moved are the very
 * objects of the layout before.
 */
export class LayoutKeeper {
  #arrangements = new Map<string, Kept>();
  #nodes = new Map<string, PlacedNode>();
  #lines = new Map<string, KeptLine>();
  #last: { graph: TopologyGraph; options: LayoutOptions; layout: Layout } | undefined;

  /**
   * The layout of a graph, equal to that of `layoutTopology`; the very one given before where the graph differs from
   * the one before at most in what is said about its pieces. Graphs are not to be changed once they were given here.
   */
  layout(graph: TopologyGraph, options: LayoutOptions = {}): Layout {
    const last = this.#last;
    if (last && isAlike(last.options, options) && isLaidOutAlike(last.graph, graph)) {
      this.#last = { ...last, graph };
      return last.layout;
    }
    const layout = this.#layOut(graph, options);
    this.#last = { graph, options, layout };
    return layout;
  }

  #layOut(graph: TopologyGraph, options: LayoutOptions): Layout {
    const look: LayoutLook = {
      direction: options.direction ?? 'right',
      density: options.density ?? 'roomy',
    };
    const visible = visiblePieces(graph, options.closed ?? closedAtFirst(graph));
    const { frames, frameOf, courses, layers, netCount } = coursesOf(visible);
    const arrangementOf = new Map<Frame, Arrangement>();
    const knowledge = {
      look,
      layers,
      order: readingOrder(visible, layers),
      arrangementOf,
      frameOf,
      ownNets: new Int32Array(netCount),
    };
    const kept = new Map<string, Kept>();
    for (const frame of frames) {
      const content = contentOf(frame, knowledge);
      const key = frame.piece?.node.id ?? '';
      const fingerprint = fingerprintOf(content, look);
      const before = this.#arrangements.get(key);
      const isSame = before !== undefined && equals(before.fingerprint, fingerprint);
      const arrangement = isSame ? before.arrangement : arrange(content, look);
      arrangementOf.set(frame, arrangement);
      kept.set(key, isSame ? before : { fingerprint, arrangement });
    }
    this.#arrangements = kept;

    const whole = arrangementOf.get(frameOf.get(undefined) ?? emptyFrame);
    const standing = new Map<Frame, StandingFrame>();
    for (const frame of frameOf.values()) {
      if (!frame.piece && whole) standing.set(frame, { arrangement: whole, origin: { along: 0, across: 0 } });
    }
    const nodes: PlacedNode[] = [];
    const grids: PlacedGrid[] = [];
    const nodesById = new Map<string, PlacedNode>();
    for (const piece of outermostFirst(visible.pieces)) {
      const around = standing.get(frameOf.get(piece.parent) ?? emptyFrame);
      const item = around?.arrangement.items[piece.slot];
      if (!around || !item) continue;
      const box = boxOf(item, around.origin, look);
      const frame = frameOf.get(piece);
      const arrangement = frame && arrangementOf.get(frame);
      if (frame && arrangement) {
        const origin = {
          along: around.origin.along + item.alongAt,
          across: around.origin.across + item.acrossAt,
        };
        standing.set(frame, { arrangement, origin });
        if (arrangement.domains) grids.push(gridOf(piece.node.id, arrangement.domains, origin, look));
      }
      const placed = placedNode(piece, box, arrangement, look);
      const before = this.#nodes.get(placed.id);
      const node = before && isSameNode(before, placed) ? before : placed;
      nodes.push(node);
      nodesById.set(node.id, node);
    }
    this.#nodes = nodesById;

    const edges: PlacedEdge[] = [];
    const lines = new Map<string, KeptLine>();
    for (const course of courses) {
      const before = this.#lines.get(course.line.id);
      let edge = before?.edge;
      if (!before || !edge || !isSameCourse(before, course, standing)) {
        const placed = placedEdge(course, pointsOf(course, standing), look);
        if (!edge || !isSameEdge(edge, placed)) edge = placed;
      }
      edges.push(edge);
      lines.set(edge.id, { edge, course, standing });
    }
    this.#lines = lines;
    const { along = 0, across = 0 } = whole ?? {};
    const isRight = look.direction === 'right';
    return { nodes, edges, grids, width: isRight ? along : across, height: isRight ? across : along };
  }
}

const isAlike = (a: LayoutOptions, b: LayoutOptions): boolean =>
  a.direction === b.direction && a.density === b.density && isClosedAlike(a.closed, b.closed);

const emptyFrame: Frame = { piece: undefined, around: undefined, members: [], legs: [] };

function outermostFirst(pieces: readonly VisiblePiece[]): VisiblePiece[] {
  const byDepth: VisiblePiece[][] = [];
  for (const piece of pieces) (byDepth[piece.depth] ??= []).push(piece);
  return byDepth.flat();
}

function equals(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

function boxOf({ alongAt, acrossAt, along, across }: PlacedItem, origin: Place, look: LayoutLook): Box {
  const isRight = look.direction === 'right';
  const alongIs = origin.along + alongAt;
  const acrossIs = origin.across + acrossAt;
  return isRight
    ? { x: alongIs, y: acrossIs, width: along, height: across }
    : { x: acrossIs, y: alongIs, width: across, height: along };
}

function placedNode(
  piece: VisiblePiece,
  box: Box,
  arrangement: Arrangement | undefined,
  look: LayoutLook,
): PlacedNode {
  const { node, parent, depth, inside } = piece;
  const { x, y, width, height } = box;
  const isContainer = arrangement !== undefined;
  const titleWidth = arrangement && look.direction === 'down' ? freeWidth(arrangement) : width;
  const isClosed = inside > 0;
  const { id } = node;
  if (!parent) return { id, x, y, width, height, depth, isContainer, isClosed, inside, titleWidth };
  return {
    id,
    parent: parent.node.id,
    x,
    y,
    width,
    height,
    depth,
    isContainer,
    isClosed,
    inside,
    titleWidth,
  };
}

/** How far to the left of the first line that comes in from above a frame's title has room, in pixels. */
function freeWidth({ nets, across, entered }: Arrangement): number {
  let right = across;
  for (const index of entered) right = Math.min(right, (nets[index]?.before ?? across) - besideTitle);
  return Math.max(0, right);
}

/** What stays free between a title and a line, in pixels. */
const besideTitle = 8;

function isSameNode(a: PlacedNode, b: PlacedNode): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.parent === b.parent &&
    a.depth === b.depth &&
    a.isContainer === b.isContainer &&
    a.isClosed === b.isClosed &&
    a.inside === b.inside &&
    a.titleWidth === b.titleWidth
  );
}

function isSameEdge(a: PlacedEdge, b: PlacedEdge): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.kind === b.kind &&
    a.points.length === b.points.length &&
    a.points.every(({ x, y }, index) => x === b.points[index]?.x && y === b.points[index]?.y) &&
    a.label?.x === b.label?.x &&
    a.label?.y === b.label?.y &&
    isTextAlike(a.label?.lines ?? [], b.label?.lines ?? [])
  );
}

function gridOf(
  id: string,
  domains: NonNullable<Arrangement['domains']>,
  origin: Place,
  look: LayoutLook,
): PlacedGrid {
  const placed = (band: PlacedBand, word: string): PlacedDomain => ({
    domain: band.domain,
    label: `${word} ${band.domain}`,
    ...boxOf(band, origin, look),
    header: boxOf(band.header, origin, look),
  });
  return {
    id,
    columns: domains.columns.map((band) => placed(band, 'Fault domain')),
    rows: domains.rows.map((band) => placed(band, 'Update domain')),
  };
}

function placedEdge({ line, across, into }: Course, places: readonly Place[], look: LayoutLook): PlacedEdge {
  const isRight = look.direction === 'right';
  const edge: PlacedEdge = {
    id: line.id,
    from: line.from.node.id,
    to: line.to.node.id,
    kind: line.kind,
    points: places.map((place) =>
      isRight ? { x: place.along, y: place.across } : { x: place.across, y: place.along },
    ),
  };
  const end = edge.points.at(-1);
  if (!end || !isLabelled(line)) return edge;
  const size = labelSize(line.labels);
  const isBehind = sideAtEnd(into[0] ?? across) === 'after';
  const along = isBehind ? besideLabel : -besideLabel - (isRight ? size.width : size.height);
  const at = isRight
    ? { x: end.x + along, y: Math.round(end.y - size.height / 2) }
    : { x: Math.round(end.x - size.width / 2), y: end.y + along };
  return { ...edge, label: { ...at, ...size, lines: labelLines(line.labels) } };
}

/** From which side a line comes to the piece at its end. */
function sideAtEnd({ start, end }: Leg): LegEnd['side'] {
  if (start.isTo) return start.side;
  return typeof end === 'string' ? end : end.side;
}

/** Whether a line runs as it did in the layout before: through the same containers in the same places. */
function isSameCourse(
  before: KeptLine,
  course: Course,
  standing: ReadonlyMap<Frame, StandingFrame>,
): boolean {
  const { line } = course;
  const { course: old, edge } = before;
  if (edge.from !== line.from.node.id || edge.to !== line.to.node.id || edge.kind !== line.kind) return false;
  if (!isTextAlike(old.line.labels, line.labels) || isLabelled(old.line) !== isLabelled(line)) return false;
  const isSameLeg = (a: Leg | undefined, b: Leg): boolean => {
    const was = a && before.standing.get(a.frame);
    const is = standing.get(b.frame);
    return (
      a !== undefined &&
      was !== undefined &&
      was.arrangement === is?.arrangement &&
      was.origin.along === is.origin.along &&
      was.origin.across === is.origin.across &&
      a.ownNet === b.ownNet &&
      a.start.stop === b.start.stop &&
      (typeof a.end === 'string' || typeof b.end === 'string' ? a.end === b.end : a.end.stop === b.end.stop)
    );
  };
  return (
    old.out.length === course.out.length &&
    old.into.length === course.into.length &&
    isSameLeg(old.across, course.across) &&
    course.out.every((leg, index) => isSameLeg(old.out[index], leg)) &&
    course.into.every((leg, index) => isSameLeg(old.into[index], leg))
  );
}
