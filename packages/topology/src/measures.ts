import type { NodeKind } from './graph.ts';

/** Which way the drawing runs from the internet inwards: to the right, or down where the screen is narrow. */
export type LayoutDirection = 'right' | 'down';

export interface Size {
  width: number;
  height: number;
}

/** The size of a piece that contains nothing, in pixels. */
export function cardSize(kind: NodeKind, direction: LayoutDirection): Size {
  const narrow = direction === 'down';
  if (kind === 'internet') return { width: 108, height: narrow ? 40 : 56 };
  if (kind === 'extension') return { width: narrow ? 132 : 164, height: 44 };
  if (kind === 'scaleSet') return { width: narrow ? 160 : 196, height: 100 };
  if (kind === 'scaleSetInstance') return { width: narrow ? 132 : 148, height: 68 };
  return { width: narrow ? 132 : 184, height: narrow ? 110 : 96 };
}

/** What a container keeps free around what it contains, in pixels; its title stands in `header`. */
export function paddingOf(kind: NodeKind, direction: LayoutDirection): { header: number; side: number } {
  const narrow = direction === 'down';
  if (kind === 'containerService') return { header: 52, side: narrow ? 20 : 28 };
  if (kind === 'virtualMachine' || kind === 'scaleSet') return { header: 68, side: narrow ? 8 : 10 };
  // Its name is long, and it is narrow.
  if (kind === 'availabilitySet') return { header: narrow ? 80 : 62, side: narrow ? 8 : 14 };
  return { header: 46, side: narrow ? 8 : 14 };
}

/** Between neighbours of one column, in pixels. */
export const rowGap = 16;
/** Between columns, in pixels: room for the lines. */
export const columnGap = 36;

const labelLineHeight = 16;
const labelCharacterWidth = 6.1;
const labelPadding = 8;
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
