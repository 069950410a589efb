import type { Arrangement, Content, Extent, Item, Manner, Net, Stop } from './content.ts';
import { isLabelled, type Frame, type LegEnd } from './courses.ts';
import { edgeKindSchema } from './graph.ts';
import { attachedAt } from './attach.ts';
import {
  cardSize,
  isChip,
  labelExtentOf,
  paddingOf,
  roomOfNarrow,
  titleRoomOf,
  wholeMargin,
  type LayoutLook,
} from './measures.ts';
import type { VisiblePiece } from './visible.ts';

/** What is known when a container is arranged: everything about the pieces, and the arrangements inside it. */
export interface Knowledge {
  look: LayoutLook;
  layers: readonly number[];
  order: readonly number[];
  arrangementOf: ReadonlyMap<Frame, Arrangement>;
  frameOf: ReadonlyMap<VisiblePiece | undefined, Frame>;
  /** Room for one number for each net of the whole drawing. */
  ownNets: Int32Array;
}

const sideNumber = { before: 0, after: 1, either: 2 } as const;

/** What a container holds, in numbers; writes into its legs which net and which stops of the content they are. */
export function contentOf(frame: Frame, knowledge: Knowledge): Content {
  const { look, ownNets } = knowledge;
  const { members, legs } = frame;
  const columns = columnsIn(frame);
  const turns = [...members.keys()].toSorted(
    (a, b) => orderOf(members[a], knowledge) - orderOf(members[b], knowledge),
  );
  const manner = mannerOf(frame);
  const turnOf: number[] = [];
  for (const [turn, member] of turns.entries()) turnOf[member] = turn;
  const items = members.map((piece, index): Item => {
    const inner = knowledge.frameOf.get(piece);
    const arrangement = inner && knowledge.arrangementOf.get(inner);
    const extent = arrangement ?? turned(cardSize(piece.node, look, columns), look);
    const { cell } = piece.node;
    return {
      along: extent.along,
      across: extent.across,
      // Chips stand one under another in the graph's order: it is that of their ports or priorities.
      layer: manner === 'chips' ? 0 : (knowledge.layers[piece.index] ?? 0),
      turn: manner === 'chips' ? index : (turnOf[index] ?? 0),
      isFrame: arrangement !== undefined,
      ...(manner === 'domains' && cell ? { cell } : {}),
    };
  });
  const nets = netsIn(frame, turns, knowledge);
  const stopOf = new Map<number, number>();
  for (const leg of legs) {
    const own = ownNets[leg.net] ?? 0;
    const net = nets[own];
    if (!net) continue;
    leg.ownNet = own;
    const stopAt = (end: LegEnd): number => {
      const item = end.piece.slot;
      const isEnd = end.inner === undefined;
      const key = ((own * members.length + item) * 3 + sideNumber[end.side]) * 2 + (isEnd ? 1 : 0);
      const label = labelAt(leg, end, look);
      const known = stopOf.get(key);
      if (known !== undefined) {
        const stop = net.stops[known];
        if (stop && label) stop.label ??= label;
        return known;
      }
      const at = isEnd
        ? attachedAt(end, leg.line.kind, items[item]?.across ?? 0, manner, look)
        : borderPlace(end, knowledge);
      const stop: Stop = { item, side: end.side, at, isEnd, label };
      stopOf.set(key, net.stops.length);
      net.stops.push(stop);
      return net.stops.length - 1;
    };
    leg.start.stop = stopAt(leg.start);
    if (typeof leg.end === 'string') net[leg.end] = true;
    else leg.end.stop = stopAt(leg.end);
  }
  return { manner, items, nets, ...measuresOf(frame, look) };
}

/** The nets of a frame in reading order: that in which what they lead to is met. */
function netsIn({ members, legs }: Frame, turns: readonly number[], knowledge: Knowledge): Net[] {
  const { order, ownNets } = knowledge;
  const found: { net: number; kind: Net['kind']; met: number }[] = [];
  for (const leg of legs) ownNets[leg.net] = -1;
  for (const { net, line } of legs) {
    const met = Math.max(order[line.from.index] ?? 0, order[line.to.index] ?? 0);
    const known = found[ownNets[net] ?? -1];
    if (known) {
      known.met = Math.min(known.met, met);
      continue;
    }
    ownNets[net] = found.length;
    found.push({ net, kind: line.kind, met });
  }
  found.sort((a, b) => a.met - b.met);
  let turn = 0;
  return found.map(({ net, kind, met }, index) => {
    ownNets[net] = index;
    while (turn < turns.length && orderOf(members[turns[turn] ?? 0], knowledge) < met) turn += 1;
    return { kind, turn, stops: [], before: false, after: false };
  });
}

const orderOf = (piece: VisiblePiece | undefined, { order }: Knowledge): number =>
  order[piece?.index ?? 0] ?? 0;

/** A width and a height as extents along and across. */
const turned = ({ width, height }: { width: number; height: number }, { direction }: LayoutLook): Extent =>
  direction === 'right' ? { along: width, across: height } : { along: height, across: width };

function mannerOf({ piece, members }: Frame): Manner {
  if (piece && members.every(({ node, children }) => isChip(node.kind) && children.length === 0))
    return 'chips';
  const hasCells = piece?.node.kind === 'availabilitySet' && members.some(({ node }) => node.cell);
  return hasCells ? 'domains' : 'layers';
}

/** How many fault domains stand beside each other in the availability set that a frame is, or lies in. */
function columnsIn(frame: Frame): number {
  for (let at: Frame | undefined = frame; at; at = at.around) {
    if (at.piece?.node.kind !== 'availabilitySet') continue;
    return Math.max(1, ...at.members.map(({ node }) => (node.cell ? node.cell.faultDomain + 1 : 1)));
  }
  return 1;
}

/** Where the line of a member comes to the member's border, from the member's start. */
function borderPlace({ inner, side }: LegEnd, { arrangementOf }: Knowledge): number {
  const net = inner && arrangementOf.get(inner.frame)?.nets[inner.ownNet];
  return net ? (side === 'before' ? net.before : net.after) : 0;
}

/** What is said at a line's end; a rule says itself what it does. */
function labelAt({ line }: Frame['legs'][number], end: LegEnd, look: LayoutLook): Extent | undefined {
  if (!end.isTo || end.inner || !isLabelled(line)) return undefined;
  return labelExtentOf(line.labels, look);
}

function measuresOf(
  frame: Frame,
  look: LayoutLook,
): Pick<Content, 'padding' | 'least' | 'room' | 'titleRoom'> {
  const isRight = look.direction === 'right';
  const room = isRight ? undefined : roomIn(frame, look);
  const { piece } = frame;
  if (!piece) {
    const padding = { before: wholeMargin, after: wholeMargin, start: wholeMargin, end: wholeMargin };
    return { padding, least: { along: 0, across: 0 }, room, titleRoom: 0 };
  }
  const { header, side } = paddingOf(piece.node.kind, look);
  const { width } = cardSize(piece.node, look, columnsIn(frame));
  return {
    padding: isRight
      ? { before: side, after: side, start: header, end: side }
      : { before: header, after: side, start: side, end: side },
    least: isRight ? { along: width, across: 0 } : { along: 0, across: width },
    room,
    titleRoom: titleRoomOf(look),
  };
}

/** What is left of a narrow screen's width inside a frame, in pixels. */
function roomIn(frame: Frame, look: LayoutLook): number {
  let room = roomOfNarrow;
  for (let at: Frame | undefined = frame; at?.piece; at = at.around) {
    room -= 2 * paddingOf(at.piece.node.kind, look).side;
  }
  return room;
}

const kindNumber = new Map(edgeKindSchema.options.map((kind, index) => [kind, index]));
const mannerNumber = { layers: 0, chips: 1, domains: 2 } as const;

/** The same numbers for what is arranged the same, and for nothing else. */
export function fingerprintOf(
  { manner, items, nets, padding, least, room, titleRoom }: Content,
  { direction, density }: LayoutLook,
): number[] {
  const numbers = [
    direction === 'right' ? 0 : 1,
    density === 'compact' ? 1 : 0,
    mannerNumber[manner],
    padding.before,
    padding.after,
    padding.start,
    padding.end,
  ];
  numbers.push(least.along, least.across, room ?? -1, titleRoom, items.length);
  for (const { along, across, layer, turn, isFrame, cell } of items) {
    numbers.push(along, across, layer, turn, isFrame ? 1 : 0);
    numbers.push(cell?.faultDomain ?? -1, cell?.updateDomain ?? -1);
  }
  for (const { kind, turn, stops, before, after } of nets) {
    numbers.push(kindNumber.get(kind) ?? 0, turn, before ? 1 : 0, after ? 1 : 0, stops.length);
    for (const { item, side, at, isEnd, label } of stops) {
      numbers.push(item, sideNumber[side], at, isEnd ? 1 : 0, label?.along ?? 0);
    }
  }
  return numbers;
}
