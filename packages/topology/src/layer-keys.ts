import type { VisibleLine, VisiblePiece, VisiblePieces } from './visible.ts';

/** A line as seen from the innermost container of both its ends: which two pieces in there it joins. */
export interface Joint {
  line: VisibleLine;
  /** In it lies the line's start, or it is that itself. */
  from: VisiblePiece;
  to: VisiblePiece;
}

/** So many layers pieces of kinds that nobody knows can take; what follows stands in the last. */
const levels = 24;
const outsideKey = 99 * levels;

/**
 * A number for each piece that says how far in it stands within its container: by its distance from the internet.
 * Pieces of kinds that nobody knows stand one behind the other as they refer to each other; what leads outside
 * stands at the edge.
 */
export function layerKeys({ pieces }: VisiblePieces, joints: readonly Joint[]): number[] {
  const keys = pieces.map(({ node }) => (node.kind === 'outside' ? outsideKey : node.rank * levels));
  for (const [index, level] of referenceLevels(joints)) keys[index] = (keys[index] ?? 0) + level;
  return keys;
}

/** For each piece of an unknown kind the length of the longest way of references that leads to it; rings are cut. */
function referenceLevels(joints: readonly Joint[]): Map<number, number> {
  const targets = new Map<VisiblePiece, VisiblePiece[]>();
  for (const { from, to } of joints) {
    if (from.node.kind !== 'other' || to.node.kind !== 'other') continue;
    if (from.node.rank !== to.node.rank) continue;
    const known = targets.get(from);
    if (known) known.push(to);
    else targets.set(from, [to]);
  }
  for (const list of targets.values()) list.sort((a, b) => a.index - b.index);
  const order = onwardsOrder(targets);
  const placeOf = new Map(order.map((piece, place) => [piece, place]));
  const level = new Map<number, number>();
  for (const [place, piece] of order.entries()) {
    const own = level.get(piece.index) ?? 0;
    for (const target of targets.get(piece) ?? []) {
      // A line back to what came before closes a ring.
      if ((placeOf.get(target) ?? 0) <= place) continue;
      level.set(target.index, Math.min(levels - 1, Math.max(level.get(target.index) ?? 0, own + 1)));
    }
  }
  return level;
}

/** Each piece before everything that its lines lead to, as far as there are no rings. */
function onwardsOrder(targets: ReadonlyMap<VisiblePiece, readonly VisiblePiece[]>): VisiblePiece[] {
  const done: VisiblePiece[] = [];
  const met = new Set<VisiblePiece>();
  const starts = [...targets.keys()].toSorted((a, b) => a.index - b.index);
  for (const start of starts) {
    if (met.has(start)) continue;
    met.add(start);
    const way = [{ piece: start, next: 0 }];
    for (let at = way.at(-1); at; at = way.at(-1)) {
      const target = (targets.get(at.piece) ?? [])[at.next];
      at.next += 1;
      if (target === undefined) {
        done.push(at.piece);
        way.pop();
      } else if (!met.has(target)) {
        met.add(target);
        way.push({ piece: target, next: 0 });
      }
    }
  }
  return done.toReversed();
}
