import type { Manner } from './content.ts';
import type { LegEnd } from './courses.ts';
import type { EdgeKind } from './graph.ts';
import { guardedAt, portOf, type LayoutLook } from './measures.ts';

/** So near to a corner a line is fastened at most, in pixels. */
const fromCorner = 6;

/**
 * Where a line is fastened to a piece, from the piece's start across: in the middle of its side, each kind a little
 * beside the others.
 */
export function attachedAt(
  { side, isTo }: LegEnd,
  kind: EdgeKind,
  across: number,
  manner: Manner,
  { direction }: LayoutLook,
): number {
  const middle = Math.round(across / 2);
  // Beside what stands at the head of a row of machines.
  if (manner === 'domains' && direction === 'down' && side === 'before') return across - fromCorner;
  if (kind === 'guards' && isTo && direction === 'right') return Math.min(guardedAt, middle);
  return Math.max(Math.min(fromCorner, middle), Math.min(across - fromCorner, middle + portOf[kind]));
}
