import type { EdgeKind, NodeKind } from './graph.ts';
import type { VisibleLine, VisiblePiece, VisiblePieces } from './visible.ts';

/** Lines that many pieces have to one place, or that lead anywhere, say little about which piece comes first. */
const weakKinds: ReadonlySet<EdgeKind> = new Set(['diagnostics', 'reference', 'outbound']);

/** What traffic reaches first of a container: by these its place among its neighbours is told. */
const waysIn: ReadonlySet<NodeKind> = new Set([
  'publicIp',
  'loadBalancer',
  'loadBalancerRule',
  'gateway',
  'networkInterface',
  'scaleSet',
]);

/**
 * In which order pieces are met by someone who comes from the internet and follows every line inwards before the
 * next: a number for each piece. Neighbours are placed in this order, so that lines seldom cross, and what nothing
 * hangs on can come and go without the others changing theirs. What no line leads to is met in the graph's order.
 */
export function readingOrder({ pieces, lines }: VisiblePieces, layers: readonly number[]): number[] {
  const onwards: (VisiblePiece[] | undefined)[] = Array.from({ length: pieces.length });
  for (const line of lines) {
    const [near, far] = nearFirst(line, layers);
    if (weakKinds.has(line.kind) && !isSteppingIn(near, far, layers)) continue;
    const known = onwards[near.index];
    if (known) known.push(far);
    else onwards[near.index] = [far];
  }
  const order: number[] = Array.from({ length: pieces.length }, () => -1);
  let met = 0;
  const stack: VisiblePiece[] = [];
  for (const start of pieces) {
    if (start.depth > 0) continue;
    stack.push(start);
    for (let piece = stack.pop(); piece; piece = stack.pop()) {
      if (order[piece.index] !== -1) continue;
      order[piece.index] = met;
      met += 1;
      // What is pushed last is met first: what the piece contains, then what its lines lead to.
      const next = onwards[piece.index];
      if (next) {
        if (next.length > 1) next.sort((a, b) => b.index - a.index);
        for (const each of next) stack.push(each);
      }
      for (let slot = piece.children.length - 1; slot >= 0; slot -= 1) {
        const child = piece.children[slot];
        if (child) stack.push(child);
      }
    }
  }
  const first = [...order];
  for (const piece of pieces) {
    if (!waysIn.has(piece.node.kind)) continue;
    const own = order[piece.index] ?? 0;
    for (let around = piece.parent; around && (first[around.index] ?? 0) > own; around = around.parent) {
      first[around.index] = own;
    }
  }
  return first;
}

/** A line's ends, the one nearer to the internet first. */
function nearFirst({ from, to }: VisibleLine, layers: readonly number[]): [VisiblePiece, VisiblePiece] {
  return (layers[to.index] ?? 0) < (layers[from.index] ?? 0) ? [to, from] : [from, to];
}

/** Whether a line leads from a piece of a container to one that stands further in, in the same container. */
const isSteppingIn = (near: VisiblePiece, far: VisiblePiece, layers: readonly number[]): boolean =>
  near.parent === far.parent &&
  near.node.rank === far.node.rank &&
  (layers[near.index] ?? 0) < (layers[far.index] ?? 0);
