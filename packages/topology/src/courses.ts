import type { ItemSide, Side } from './content.ts';
import { edgeKindSchema } from './graph.ts';
import { layerKeys, type Joint } from './layer-keys.ts';
import type { VisibleLine, VisiblePiece, VisiblePieces } from './visible.ts';

/** A container with what its arrangement depends on; the outermost is the drawing itself. */
export interface Frame {
  piece: VisiblePiece | undefined;
  around: Frame | undefined;
  members: readonly VisiblePiece[];
  /** The lines that run in it. */
  legs: Leg[];
}

/** A line's way through one container: between two of its members, or from one of them to the container's border. */
export interface Leg {
  frame: Frame;
  line: VisibleLine;
  start: LegEnd;
  /** The other member, or the side on which the line leaves. */
  end: LegEnd | Side;
  /** The net that the line belongs to: lines of one net run together where they go the same way. */
  net: number;
  /** Index of its net among those of the frame. */
  ownNet: number;
}

export interface LegEnd {
  piece: VisiblePiece;
  side: ItemSide;
  /** The line's way inside the member, which ends at the member's border; absent where the line ends at the member itself. */
  inner: Leg | undefined;
  /** Which end of the line lies there. */
  isTo: boolean;
  /** Index of its stop in the net. */
  stop: number;
}

/** A whole line: its way out of the containers around its start, across, and into those around its end. */
export interface Course {
  line: VisibleLine;
  /** From the innermost container outwards. */
  out: Leg[];
  across: Leg;
  /** From the innermost container outwards, too. */
  into: Leg[];
}

export interface Courses {
  /** Containers after what they contain. */
  frames: readonly Frame[];
  frameOf: ReadonlyMap<VisiblePiece | undefined, Frame>;
  courses: readonly Course[];
  /** How far in each piece stands within its container. */
  layers: readonly number[];
  netCount: number;
}

/** Takes every line apart into its ways through the containers that it passes. */
export function coursesOf(visible: VisiblePieces): Courses {
  const frameOf = new Map<VisiblePiece | undefined, Frame>();
  const { pieces, roots } = visible;
  const whole: Frame = { piece: undefined, around: undefined, members: roots, legs: [] };
  frameOf.set(undefined, whole);
  const containers = pieces.filter(({ children }) => children.length > 0);
  for (const piece of containers)
    frameOf.set(piece, { piece, around: undefined, members: piece.children, legs: [] });
  for (const frame of frameOf.values()) if (frame.piece) frame.around = frameOf.get(frame.piece.parent);
  const frames = [...frameOf.values()].toSorted((a, b) => (b.piece?.depth ?? -1) - (a.piece?.depth ?? -1));

  const joints = visible.lines.map(jointOf);
  const layers = layerKeys(visible, joints);
  const { netOf, netCount } = netsOf(visible);
  const courses = joints.map((joint, index): Course => {
    const { line, from, to } = joint;
    const net = netOf[index] ?? 0;
    const a = layers[from.index] ?? 0;
    const b = layers[to.index] ?? 0;
    const fromSide: Side = a <= b ? 'after' : 'before';
    const toSide: Side = a < b ? 'before' : 'after';
    const out = legsBelow(line.from, from, fromSide, { line, net, isTo: false, frameOf });
    const into = legsBelow(line.to, to, toSide, { line, net, isTo: true, frameOf });
    const isLevel = a === b;
    const across: Leg = {
      frame: frameOf.get(from.parent) ?? whole,
      line,
      start: endAt(from, isLevel && out.length === 0 ? 'either' : fromSide, out.at(-1), false),
      end: endAt(to, isLevel && into.length === 0 ? 'either' : toSide, into.at(-1), true),
      net,
      ownNet: 0,
    };
    across.frame.legs.push(across);
    return { line, out, across, into };
  });
  return { frames, frameOf, courses, layers, netCount };
}

function jointOf(line: VisibleLine): Joint {
  let { from, to } = line;
  while (from.parent !== to.parent) {
    if (from.depth >= to.depth && from.parent) from = from.parent;
    else if (to.parent) to = to.parent;
    else break;
  }
  return { line, from, to };
}

const nothing: Leg[] = [];

interface LineEnd {
  line: VisibleLine;
  net: number;
  isTo: boolean;
  frameOf: ReadonlyMap<VisiblePiece | undefined, Frame>;
}

/** A line's ways from its end to the border of the outermost container around it that does not contain its other end. */
function legsBelow(
  end: VisiblePiece,
  outermost: VisiblePiece,
  side: Side,
  { line, net, isTo, frameOf }: LineEnd,
): Leg[] {
  if (end === outermost) return nothing;
  const legs: Leg[] = [];
  for (let at = end; at !== outermost;) {
    const frame = frameOf.get(at.parent);
    if (!frame?.piece) break;
    const leg = { frame, line, start: endAt(at, side, legs.at(-1), isTo), end: side, net, ownNet: 0 };
    frame.legs.push(leg);
    legs.push(leg);
    at = frame.piece;
  }
  return legs;
}

const endAt = (piece: VisiblePiece, side: ItemSide, inner: Leg | undefined, isTo: boolean): LegEnd => ({
  piece,
  side,
  inner,
  isTo,
  stop: 0,
});

const kindNumber = new Map(edgeKindSchema.options.map((kind, index) => [kind, index]));

/** Lines of one kind belong together at that of their ends at which more of them meet. */
function netsOf({ pieces, lines }: VisiblePieces): { netOf: number[]; netCount: number } {
  const kinds = kindNumber.size;
  const leaving = new Uint32Array(pieces.length * kinds);
  const arriving = new Uint32Array(pieces.length * kinds);
  const fromKeys = lines.map(({ from, kind }) => from.index * kinds + (kindNumber.get(kind) ?? 0));
  const toKeys = lines.map(({ to, kind }) => to.index * kinds + (kindNumber.get(kind) ?? 0));
  for (const key of fromKeys) leaving[key] = (leaving[key] ?? 0) + 1;
  for (const key of toKeys) arriving[key] = (arriving[key] ?? 0) + 1;
  const numbers = new Map<number, number>();
  const netOf = lines.map((_, index) => {
    const from = fromKeys[index] ?? 0;
    const to = toKeys[index] ?? 0;
    const key = (leaving[from] ?? 0) >= (arriving[to] ?? 0) ? from * 2 : to * 2 + 1;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  });
  return { netOf, netCount: numbers.size };
}

/** Whether something is written on a line; a load balancer's rule says itself what it does. */
export const isLabelled = ({ labels, from }: VisibleLine): boolean =>
  labels.length > 0 && from.node.kind !== 'loadBalancerRule';
