import { textOnChip } from './piece-words.ts';
import type { Extent } from './content.ts';
import type { EdgeKind, NodeKind, TopologyNode } from './graph.ts';
import { textWidth } from './text-width.ts';

/** Which way the drawing runs from the internet inwards: to the right, or down where the screen is narrow. */
export type LayoutDirection = 'right' | 'down';

/** How much room pieces take: `compact` where a roomy drawing could not be both whole and readable. */
export type LayoutDensity = 'roomy' | 'compact';

/** What decides on sizes and distances; the drawing that runs down is made for phones and has one density. */
export interface LayoutLook {
  direction: LayoutDirection;
  density: LayoutDensity;
}

export const isCompact = ({ direction, density }: LayoutLook): boolean =>
  density === 'compact' && direction === 'right';

export interface Size {
  width: number;
  height: number;
}

/** What is lower than the rest in a compact drawing: there is one of these for every machine, or it stands with them. */
const lowKinds: readonly NodeKind[] = ['networkInterface', 'disk', 'storageAccount'];
/** These are wide enough for `Master 0's disk` and `Storage account` in one line. */
const storing: ReadonlySet<NodeKind> = new Set(['disk', 'storageAccount']);

/**
 * The size of a piece that contains nothing, in pixels. Roomy, one master is wholly seen, and read, in a window of
 * 1440 × 900; compact, three are, and five nearly. `columns` is how many fault domains stand beside each other in the
 * availability set around the piece.
 */
export function cardSize(node: Pick<TopologyNode, 'kind' | 'title'>, look: LayoutLook, columns = 1): Size {
  const { kind } = node;
  const narrow = look.direction === 'down';
  const compact = isCompact(look);
  if (kind === 'internet') return { width: narrow ? 108 : compact ? 92 : 96, height: 40 };
  if (kind === 'extension') return { width: chipWidth(look, columns), height: 28 };
  if (isChip(kind))
    return chipSize(textOnChip(node), narrow ? 158 : compact ? 168 : 180, compact ? 7 : narrow ? 13 : 9);
  if (kind === 'scaleSet') return { width: narrow ? 160 : compact ? 168 : 180, height: 92 };
  if (kind === 'scaleSetInstance') return { width: narrow ? 132 : 148, height: 68 };
  if (kind === 'virtualMachine') return { width: chipWidth(look, columns) + (compact ? 12 : 16), height: 68 };
  if (compact) return { width: storing.has(kind) ? 150 : 142, height: lowKinds.includes(kind) ? 66 : 92 };
  return { width: narrow ? 132 : 164, height: narrow ? 110 : 94 };
}

/** What is drawn as a low chip, one under another: what its container does, line by line. */
export const isChip = (kind: NodeKind): boolean => chips.has(kind);
const chips: ReadonlySet<NodeKind> = new Set(['loadBalancerRule', 'securityRule', 'route', 'extension']);

/** How wide a machine's chips are: three machines beside each other have less room on a phone. */
const chipWidth = (look: LayoutLook, columns: number): number =>
  look.direction === 'down' ? (columns > 2 ? 84 : 124) : isCompact(look) ? (columns > 2 ? 112 : 128) : 148;

const chipPx = 12.5;
const chipSides = 12;

/** A chip with its text in one line, or two where it is long. */
function chipSize(text: string, width: number, around: number): Size {
  const lines = textWidth(text, chipPx) > width - chipSides ? 2 : 1;
  return { width, height: lines * 15 + around };
}

/** What a container keeps free around what it contains, in pixels; its title stands in `header`. */
export function paddingOf(kind: NodeKind, look: LayoutLook): { header: number; side: number } {
  const narrow = look.direction === 'down';
  if (isCompact(look)) {
    if (kind === 'containerService') return { header: 40, side: 12 };
    if (kind === 'scaleSet') return { header: 58, side: 6 };
    return { header: 38, side: 6 };
  }
  if (kind === 'containerService') return narrow ? { header: 42, side: 8 } : { header: 44, side: 18 };
  if (kind === 'virtualMachine' || kind === 'scaleSet') return { header: 58, side: 8 };
  // Its name is long, and it is narrow.
  if (kind === 'availabilitySet') return { header: narrow ? 42 : 56, side: narrow ? 6 : 10 };
  return { header: 42, side: narrow ? 6 : 10 };
}

/** So high a frame's title stands in its header, in pixels. */
export const titleHeight = 40;

/** Between neighbours of one column, in pixels; between chips. */
export const rowGap = (look: LayoutLook): number => (isCompact(look) ? 6 : 12);
export const chipGap = 4;
/** Between columns, in pixels: room for the lines. */
export const columnGap = (look: LayoutLook): number =>
  look.direction === 'down' ? 22 : isCompact(look) ? 20 : 30;

/** Between the columns and rows of an availability set, in pixels. */
export const cellGap = (look: LayoutLook): number =>
  look.direction === 'down' ? 8 : Math.max(8, rowGap(look));

/** Between lines that run beside each other, in pixels, and between a line's turn and the piece before it. */
export const lineGap = 6;
export const turnRoom = 10;

/** The heads of an availability set's columns and rows, in pixels: a row's stands beside it, or above it where the drawing is narrow. */
export const domainHeads = {
  columnHeight: 18,
  rowWidth: 60,
  rowHeight: 30,
  lowRowHeight: 17,
  narrowWidth: 96,
};

/** How far below the top of what it guards a security group's line arrives, in pixels: above the way of the traffic. */
export const guardedAt = 20;

/** How far beside the middle of its side a line leaves or enters a piece, in pixels; kinds stand apart from each other. */
export const portOf: Readonly<Record<EdgeKind, number>> = {
  traffic: 0,
  outbound: 8,
  disk: 0,
  guards: 0,
  spreads: 8,
  reference: 12,
  diagnostics: 16,
};

const labelLineHeight = 16;
const labelCharacterWidth = 6.7;
const labelPadding = 6;
/** So many lines of a label are shown; what is left is counted in the last. */
const labelLinesShown = 4;

/** The lines of a label as they are shown. */
export function labelLines(labels: readonly string[]): string[] {
  if (labels.length <= labelLinesShown) return [...labels];
  const left = labels.length - labelLinesShown + 1;
  return [...labels.slice(0, labelLinesShown - 1), `and ${left} more`];
}

/** The room that a label takes, in pixels; nothing for an edge without one. */
export function labelSize(labels: readonly string[]): Size {
  const lines = labelLines(labels);
  if (lines.length === 0) return { width: 0, height: 0 };
  const longest = Math.max(...lines.map((line) => line.length));
  return {
    width: Math.ceil(longest * labelCharacterWidth) + 2 * labelPadding,
    height: lines.length * labelLineHeight + 4,
  };
}

/** The room that a label takes in front of what its line leads to; undefined where nothing is written. */
export function labelExtentOf(labels: readonly string[], look: LayoutLook): Extent | undefined {
  if (labels.length === 0) return undefined;
  const { width, height } = labelSize(labels);
  return look.direction === 'right'
    ? { along: width + 2 * besideLabel, across: height }
    : { along: height + besideLabel, across: width };
}

/** Between a label and what its line leads to, in pixels. */
export const besideLabel = 4;

/** Around the whole drawing, in pixels. */
export const wholeMargin = 8;

/** What a drawing that runs down has beside its margins, in pixels: with it a phone shows its full width readably. */
export const roomOfNarrow = 394;

/** So much of a frame's head is its title's, in pixels, where lines come in from above. */
export const titleRoomOf = ({ direction }: LayoutLook): number => (direction === 'down' ? 180 : 0);
