import type { PlacedEdge, PlacedNode } from '@slipway/topology';

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

const arrows: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
export const isArrowKey = (key: string): key is ArrowKey => arrows.includes(key);

/** The point by which a piece is found: the middle of a card, the title of a container. */
function anchorOf(node: PlacedNode): { x: number; y: number } {
  return node.isContainer
    ? { x: node.x + Math.min(80, node.width / 2), y: node.y + 20 }
    : { x: node.x + node.width / 2, y: node.y + node.height / 2 };
}

/** What a line leads to counts as so much nearer. */
const joinedShare = 1 / 3;

/**
 * The piece that lies nearest in the direction of an arrow key: straight ahead counts as nearer than aslant, and what
 * a line joins to it as nearer than the rest.
 */
export function nearestPiece(
  from: PlacedNode,
  key: ArrowKey,
  nodes: readonly PlacedNode[],
  edges: readonly Pick<PlacedEdge, 'from' | 'to'>[],
): PlacedNode | undefined {
  const joined = new Set(
    edges.flatMap((edge) => (edge.from === from.id ? [edge.to] : edge.to === from.id ? [edge.from] : [])),
  );
  const start = anchorOf(from);
  let best: { node: PlacedNode; cost: number } | undefined;
  for (const node of nodes) {
    if (node.id === from.id) continue;
    const { x, y } = anchorOf(node);
    const dx = x - start.x;
    const dy = y - start.y;
    const isLevel = key === 'ArrowLeft' || key === 'ArrowRight';
    const ahead = { ArrowLeft: -dx, ArrowRight: dx, ArrowUp: -dy, ArrowDown: dy }[key];
    const aslant = Math.abs(isLevel ? dy : dx);
    if (ahead < 4) continue;
    const cost = (ahead + 2.5 * aslant) * (joined.has(node.id) ? joinedShare : 1);
    if (!best || cost < best.cost) best = { node, cost };
  }
  return best?.node;
}
