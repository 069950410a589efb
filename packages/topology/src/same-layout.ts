import type { TopologyEdge, TopologyGraph, TopologyNode } from './graph.ts';

/** Whether two graphs are laid out the same: they differ at most in what is said about their pieces. */
export function isLaidOutAlike(a: TopologyGraph, b: TopologyGraph): boolean {
  return (
    a.nodes.length === b.nodes.length &&
    a.edges.length === b.edges.length &&
    a.nodes.every((node, index) => isNodeAlike(node, b.nodes[index])) &&
    a.edges.every((edge, index) => isEdgeAlike(edge, b.edges[index]))
  );
}

function isNodeAlike(a: TopologyNode, b: TopologyNode | undefined): boolean {
  if (a === b) return true;
  return (
    a.id === b?.id &&
    a.kind === b.kind &&
    a.parent === b.parent &&
    a.rank === b.rank &&
    a.title === b.title &&
    a.cell?.faultDomain === b.cell?.faultDomain &&
    a.cell?.updateDomain === b.cell?.updateDomain
  );
}

function isEdgeAlike(a: TopologyEdge, b: TopologyEdge | undefined): boolean {
  if (a === b) return true;
  return (
    a.id === b?.id &&
    a.from === b.from &&
    a.to === b.to &&
    a.kind === b.kind &&
    isTextAlike(a.labels, b.labels)
  );
}

/** Whether two lists say the same. */
export const isTextAlike = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((text, index) => text === b[index]));

/** Whether the same containers are closed. */
export const isClosedAlike = (
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined,
): boolean =>
  a === b || (a !== undefined && b !== undefined && a.size === b.size && [...a].every((id) => b.has(id)));
