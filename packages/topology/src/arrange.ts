import { alignInOrder, type Aligned } from './align.ts';
import type { EdgeKind, TopologyEdge, TopologyNode } from './graph.ts';
import {
  cardSize,
  columnGap,
  guardedAt,
  labelSize,
  paddingOf,
  rowGap,
  type LayoutLook,
  type Size,
} from './measures.ts';
import type { VisibleTopology } from './visible.ts';

export interface Box extends Size {
  x: number;
  y: number;
}

/** A piece with everything inside it, placed relative to its own upper left corner. */
interface Arranged {
  node: TopologyNode;
  size: Size;
  /** Its own box (at the origin) and those of everything inside. */
  boxes: Map<string, Box>;
  /** What must stay free above it for the labels of the lines that lead to it, in pixels. */
  roomAbove: number;
}

interface Placed extends Arranged {
  x: number;
  y: number;
}

interface Plan {
  visible: VisibleTopology;
  look: LayoutLook;
  /** Edges by each of their ends. */
  edgesAt: ReadonlyMap<string, readonly TopologyEdge[]>;
}

/** Around the whole drawing, in pixels. */
const margin = 8;

/** Gives every visible piece its box in the whole drawing. */
export function arrangeTopology(
  visible: VisibleTopology,
  look: LayoutLook,
): { boxes: Map<string, Box> } & Size {
  const edgesAt = new Map<string, TopologyEdge[]>();
  for (const edge of visible.edges) {
    for (const end of [edge.from, edge.to]) edgesAt.set(end, [...(edgesAt.get(end) ?? []), edge]);
  }
  const plan: Plan = { visible, look, edgesAt };
  const roots = visible.nodes.filter((node) => !visible.parentOf.has(node.id));
  const content = placeSide(
    roots.map((node) => arrange(node, plan)),
    plan,
    look.direction,
  );
  const boxes = new Map<string, Box>();
  for (const placed of content.placed) addBoxes(boxes, placed, margin, margin);
  return {
    boxes,
    width: content.size.width + 2 * margin,
    height: content.size.height + 2 * margin,
  };
}

function arrange(node: TopologyNode, plan: Plan): Arranged {
  const children = plan.visible.childrenOf.get(node.id);
  const roomAbove = labelRoom(node, plan);
  if (!children) {
    const size = cardSize(node.kind, plan.look);
    return { node, size, boxes: new Map([[node.id, { x: 0, y: 0, ...size }]]), roomAbove };
  }
  const arranged = children.map((child) => arrange(child, plan));
  const { header, side } = paddingOf(node.kind, plan.look);
  const flow = node.kind === 'containerService' ? plan.look.direction : 'right';
  const content = node.kind === 'scaleSet' ? placeGrid(arranged, plan) : placeSide(arranged, plan, flow);
  const size = {
    width: Math.max(content.size.width, cardSize(node.kind, plan.look).width - 2 * side) + 2 * side,
    height: content.size.height + header + side,
  };
  const boxes = new Map<string, Box>([[node.id, { x: 0, y: 0, ...size }]]);
  for (const placed of content.placed) addBoxes(boxes, placed, side, header);
  return { node, size, boxes, roomAbove };
}

function addBoxes(boxes: Map<string, Box>, placed: Placed, dx: number, dy: number): void {
  for (const [id, box] of placed.boxes) {
    boxes.set(id, { ...box, x: box.x + placed.x + dx, y: box.y + placed.y + dy });
  }
}

interface Content {
  placed: Placed[];
  size: Size;
}

const placeSide = (items: readonly Arranged[], plan: Plan, direction: LayoutLook['direction']): Content =>
  direction === 'right' ? placeColumns(items, plan) : placeRows(items, plan);

/** Columns by rank from left to right; the fullest column stands, the others line up with what they are joined to. */
function placeColumns(items: readonly Arranged[], plan: Plan): Content {
  const columns = byRank(items).map((column) => stretchContainers(column));
  const placed: Placed[][] = columns.map(() => []);
  const anchor = fullest(columns);
  const indexes = [...columns.keys()];
  const order = [...indexes.slice(0, anchor + 1).toReversed(), ...indexes.slice(anchor + 1)];
  const lefts = columnLefts(columns, plan);
  for (const index of order) {
    const column = columns[index] ?? [];
    const x = lefts[index] ?? 0;
    placed[index] = placeColumn(column, x, placed.flat(), plan);
  }
  return fit(placed.flat());
}

function byRank(items: readonly Arranged[]): Arranged[][] {
  const ranks = [...new Set(items.map((item) => item.node.rank))].toSorted((a, b) => a - b);
  return ranks.map((rank) => items.filter((item) => item.node.rank === rank));
}

/** The column with the most pieces in it; of equals the last, which is the innermost. */
function fullest(columns: readonly Arranged[][]): number {
  const counts = columns.map((column) => column.reduce((sum, item) => sum + item.boxes.size, 0));
  return counts.lastIndexOf(Math.max(...counts));
}

/** Gives the containers of a column its width; what they contain moves to the inner (right) side. */
function stretchContainers(column: readonly Arranged[]): Arranged[] {
  const width = widest(column);
  return column.map((item) => {
    const spare = width - item.size.width;
    if (spare <= 0 || item.boxes.size === 1) return item;
    const boxes = new Map<string, Box>();
    for (const [id, box] of item.boxes) {
      boxes.set(id, id === item.node.id ? { ...box, width } : { ...box, x: box.x + spare });
    }
    return { ...item, size: { ...item.size, width }, boxes };
  });
}

const widest = (items: readonly Arranged[]): number => Math.max(0, ...items.map((item) => item.size.width));

/** Where each column begins; between columns there is room for what is written on the lines that leave there. */
function columnLefts(columns: readonly Arranged[][], plan: Plan): number[] {
  let x = 0;
  return columns.map((column) => {
    const left = x;
    const own = new Set(column.flatMap((item) => [...item.boxes.keys()]));
    const leaving = [...own].flatMap((id) =>
      (plan.edgesAt.get(id) ?? []).filter((edge) => edge.from === id && !own.has(edge.to)),
    );
    const label =
      plan.look.direction === 'right'
        ? Math.max(0, ...leaving.map((edge) => labelSize(edge.labels).width))
        : 0;
    x += widest(column) + columnGap(plan.look) + label;
    return left;
  });
}

function placeColumn(
  column: readonly Arranged[],
  x: number,
  standing: readonly Placed[],
  plan: Plan,
): Placed[] {
  const wished = column.map((item) => ({ item, thing: wishOf(item, standing, plan) }));
  const sorted = wished.toSorted(
    (a, b) => (a.thing.wish ?? Number.MAX_VALUE) - (b.thing.wish ?? Number.MAX_VALUE),
  );
  const starts = alignInOrder(
    sorted.map(({ thing }) => thing),
    rowGap(plan.look),
  );
  return sorted.map(({ item }, index) => ({ ...item, x, y: (starts[index] ?? 0) + item.roomAbove }));
}

/** In the narrow drawing labels stand above the piece that they lead to. */
function labelRoom(node: TopologyNode, plan: Plan): number {
  if (plan.look.direction === 'right') return 0;
  const arriving = (plan.edgesAt.get(node.id) ?? []).filter((edge) => edge.to === node.id);
  return Math.max(0, ...arriving.map((edge) => labelSize(edge.labels).height));
}

interface Level {
  /** Where the middle of an item would be level with the other end of one of its edges. */
  y: number;
  kind: EdgeKind;
}

/** How much the wishes of pieces on the path of traffic count against those of others: their lines stay straight. */
const trafficWeight = 40;

/** So little what only gathers pushes others away from where they belong. */
const gatheringWeight = 0.05;

/**
 * Where an item would like its centre to be: level with the ends of its edges, traffic before anything else; what
 * only gathers diagnostics stands at the end, out of the way of what stands beside one machine.
 */
function wishOf(item: Arranged, standing: readonly Placed[], plan: Plan): Aligned {
  const levels = [...item.boxes].flatMap(([id, own]) =>
    (plan.edgesAt.get(id) ?? []).flatMap((edge): Level[] => {
      const other = edge.from === id ? edge.to : edge.from;
      const holder = standing.find((candidate) => candidate.boxes.has(other));
      const box = holder?.boxes.get(other);
      if (!holder || !box) return [];
      const end = box.y + (edge.kind === 'guards' ? guardedAt : box.height / 2);
      return [{ y: holder.y + end - (own.y + own.height / 2) + item.size.height / 2, kind: edge.kind }];
    }),
  );
  const traffic = levels.filter(({ kind }) => kind === 'traffic');
  const counted = (traffic.length > 0 ? traffic : levels).map(({ y }) => y);
  const gathers = levels.every(({ kind }) => kind === 'diagnostics');
  const wish = gathers ? Math.max(...counted) : counted.reduce((sum, y) => sum + y, 0) / counted.length;
  return {
    size: item.size.height + item.roomAbove,
    wish: counted.length === 0 ? undefined : wish - item.roomAbove / 2,
    weight: traffic.length > 0 ? trafficWeight : gathers ? gatheringWeight : 1,
  };
}

/** So wide is the narrow drawing's frame at least, inside, in pixels: two cards side by side. */
const narrowWidth = 2 * 132 + 3 * 12;
/** Between the rows of the narrow drawing, in pixels: room for the lines. */
const narrowRowGap = 32;

/** Rows by rank from top to bottom, each wrapped to the width of the widest piece. */
function placeRows(items: readonly Arranged[], plan: Plan): Content {
  const gap = rowGap(plan.look);
  const width = Math.max(narrowWidth, widest(items));
  const placed: Placed[] = [];
  let y = 0;
  for (const row of byRank(items)) {
    const cell = widest(row);
    const perLine = Math.max(1, Math.min(row.length, Math.floor((width + gap) / (cell + gap))));
    for (let start = 0; start < row.length; start += perLine) {
      const line = row.slice(start, start + perLine);
      y += Math.max(...line.map((item) => item.roomAbove));
      for (const [index, item] of line.entries()) {
        const share = width / perLine;
        const x = Math.round(share * index + (share - item.size.width) / 2);
        placed.push({ ...item, x, y });
      }
      y += Math.max(...line.map((item) => item.size.height)) + narrowRowGap;
    }
  }
  return fit(placed);
}

/** The machines of an open scale set, as nearly in a square as possible. */
function placeGrid(items: readonly Arranged[], plan: Plan): Content {
  const perLine =
    plan.look.direction === 'right'
      ? Math.max(1, Math.ceil(Math.sqrt(items.length * 0.6)))
      : Math.min(2, items.length);
  const cellWidth = widest(items) + 10;
  const cellHeight = Math.max(0, ...items.map((item) => item.size.height)) + 10;
  return fit(
    items.map((item, index) => ({
      ...item,
      x: (index % perLine) * cellWidth,
      y: Math.floor(index / perLine) * cellHeight,
    })),
  );
}

/** Moves what was placed so that it begins at 0, 0, and measures it; whole pixels keep lines sharp. */
function fit(placed: readonly Placed[]): Content {
  const left = Math.min(0, ...placed.map((item) => item.x));
  const top = Math.min(...placed.map((item) => item.y - item.roomAbove));
  const moved = placed.map((item) => ({
    ...item,
    x: Math.round(item.x - left),
    y: placed.length === 0 ? 0 : Math.round(item.y - top),
  }));
  return {
    placed: moved,
    size: {
      width: Math.max(0, ...moved.map((item) => item.x + item.size.width)),
      height: Math.max(0, ...moved.map((item) => item.y + item.size.height)),
    },
  };
}
