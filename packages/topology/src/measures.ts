import type { NodeKind } from './graph.ts';

/** Which way the drawing runs from the internet inwards: to the right, or down where the screen is narrow. */
export type LayoutDirection = 'right' | 'down';

/** How much room pieces take: `compact` where a roomy drawing could not be both whole and readable. */
export type LayoutDensity = 'roomy' | 'compact';

/** What decides on sizes and distances; the drawing that runs down is made for phones and has one density. */
export interface LayoutLook {
  direction: LayoutDirection;
  density: LayoutDensity;
}

const isCompact = ({ direction, density }: LayoutLook): boolean =>
  density === 'compact' && direction === 'right';

export interface Size {
  width: number;
  height: number;
}

/** What there is of each kind for every machine: in a compact drawing these are lower than the rest. */
const oneForEachMachine: readonly NodeKind[] = ['networkInterface', 'disk'];

/**
 * The size of a piece that contains nothing, in pixels. Roomy, three masters are wholly seen, and read, in a window of
 * 1440 × 900; compact, five are.
 */
export function cardSize(kind: NodeKind, look: LayoutLook): Size {
  const narrow = look.direction === 'down';
  const compact = isCompact(look);
  if (kind === 'internet') return { width: narrow ? 108 : compact ? 90 : 96, height: 40 };
  if (kind === 'extension') return { width: narrow ? 132 : compact ? 148 : 160, height: 28 };
  if (kind === 'scaleSet') return { width: narrow ? 160 : compact ? 172 : 180, height: 92 };
  if (kind === 'scaleSetInstance') return { width: narrow ? 132 : 148, height: 68 };
  if (compact) return { width: 156, height: oneForEachMachine.includes(kind) ? 66 : 92 };
  return { width: narrow ? 132 : 164, height: narrow ? 110 : 94 };
}

/** What a container keeps free around what it contains, in pixels; its title stands in `header`. */
export function paddingOf(kind: NodeKind, look: LayoutLook): { header: number; side: number } {
  const narrow = look.direction === 'down';
  if (isCompact(look)) {
    if (kind === 'containerService') return { header: 40, side: 14 };
    if (kind === 'scaleSet') return { header: 58, side: 6 };
    return { header: 38, side: 6 };
  }
  // In the narrow drawing the first line turns below its title.
  if (kind === 'containerService') return narrow ? { header: 58, side: 20 } : { header: 44, side: 26 };
  if (kind === 'virtualMachine' || kind === 'scaleSet') return { header: 58, side: 8 };
  // Its name is long, and it is narrow.
  if (kind === 'availabilitySet') return { header: 56, side: narrow ? 8 : 10 };
  return { header: 42, side: narrow ? 8 : 10 };
}

/** So high a frame's title stands in its header, in pixels. */
export const titleHeight = 40;

/** Between neighbours of one column, in pixels. */
export const rowGap = (look: LayoutLook): number => (isCompact(look) ? 6 : 12);
/** Between columns, in pixels: room for the lines. */
export const columnGap = (look: LayoutLook): number =>
  look.direction === 'down' ? 18 : isCompact(look) ? 24 : 30;

/** How far below the top of what it guards a security group's line arrives, in pixels: above the way of the traffic. */
export const guardedAt = 20;

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
