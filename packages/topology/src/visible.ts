import type { TopologyEdge, TopologyGraph, TopologyNode } from './graph.ts';

/** What is drawn of a graph: closed scale sets hide what is in them, and edges end at what can be seen. */
export interface VisibleTopology {
  nodes: readonly TopologyNode[];
  edges: readonly TopologyEdge[];
  parentOf: ReadonlyMap<string, string>;
  childrenOf: ReadonlyMap<string, readonly TopologyNode[]>;
}

/**
 * Leaves out what closed scale sets contain, and of the machines of an open one everything but the machines. Edges
 * into a scale set end at its frame; edges that come to join the same two pieces become one.
 */
export function visibleTopology(graph: TopologyGraph, open: ReadonlySet<string>): VisibleTopology {
  const all = new Map(graph.nodes.map((node) => [node.id, node]));
  const scaleSetAbove = (id: string): string | undefined => {
    for (let at = all.get(id)?.parent; at !== undefined; at = all.get(at)?.parent) {
      if (all.get(at)?.kind === 'scaleSet') return at;
    }
    return undefined;
  };
  const nodes = graph.nodes.filter((node) => {
    const scaleSet = scaleSetAbove(node.id);
    return scaleSet === undefined || (open.has(scaleSet) && node.kind === 'scaleSetInstance');
  });
  const shown = new Set(nodes.map((node) => node.id));
  const parentOf = new Map<string, string>();
  const childrenOf = new Map<string, TopologyNode[]>();
  for (const node of nodes) {
    if (node.parent === undefined || !shown.has(node.parent)) continue;
    parentOf.set(node.id, node.parent);
    childrenOf.set(node.parent, [...(childrenOf.get(node.parent) ?? []), node]);
  }
  const edges = new Map<string, TopologyEdge>();
  for (const edge of graph.edges) {
    const from = scaleSetAbove(edge.from) ?? edge.from;
    const to = scaleSetAbove(edge.to) ?? edge.to;
    if (from === to || !shown.has(from) || !shown.has(to)) continue;
    if (contains(from, to, parentOf) || contains(to, from, parentOf)) continue;
    const id = `${from} ${edge.kind} ${to}`;
    const labels = [...new Set([...(edges.get(id)?.labels ?? []), ...edge.labels])];
    edges.set(id, { id, from, to, kind: edge.kind, labels });
  }
  return { nodes, edges: [...edges.values()], parentOf, childrenOf };
}

/** Whether `container` contains `id`, at any depth. */
export function contains(container: string, id: string, parentOf: ReadonlyMap<string, string>): boolean {
  for (let at = parentOf.get(id); at !== undefined; at = parentOf.get(at)) if (at === container) return true;
  return false;
}
