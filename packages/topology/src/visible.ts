import type { NodeKind, TopologyEdge, TopologyGraph, TopologyNode } from './graph.ts';

/** What is drawn of a graph: closed containers hide what is in them, and edges end at what can be seen. */
export interface VisibleTopology {
  nodes: readonly TopologyNode[];
  edges: readonly TopologyEdge[];
  parentOf: ReadonlyMap<string, string>;
  childrenOf: ReadonlyMap<string, readonly TopologyNode[]>;
  /** How many pieces each closed container hides, at any depth. */
  insideOf: ReadonlyMap<string, number>;
}

/** What is drawn as one card until someone opens it. */
const kindsClosedAtFirst: readonly NodeKind[] = ['scaleSet', 'scaleSetInstance'];

/** The ids of the containers that are drawn as one card at first: scale sets, and each of their machines. */
export function closedAtFirst(graph: TopologyGraph): Set<string> {
  return new Set(graph.nodes.flatMap(({ id, kind }) => (kindsClosedAtFirst.includes(kind) ? [id] : [])));
}

/**
 * Leaves out what closed containers hold. Edges into one end at its card; edges that come to join the same two
 * pieces as one kind become one; edges between a container and what it holds are not drawn.
 */
export function visibleTopology(graph: TopologyGraph, closed: ReadonlySet<string>): VisibleTopology {
  const all = new Map(graph.nodes.map((node) => [node.id, node]));
  /** The outermost closed container around a piece. */
  const hiddenBy = new Map<string, string | undefined>();
  const hiderOf = (id: string): string | undefined => {
    if (hiddenBy.has(id)) return hiddenBy.get(id);
    const parent = all.get(id)?.parent;
    const known = parent !== undefined && all.has(parent) ? parent : undefined;
    const hider =
      known === undefined ? undefined : (hiderOf(known) ?? (closed.has(known) ? known : undefined));
    hiddenBy.set(id, hider);
    return hider;
  };
  const nodes: TopologyNode[] = [];
  const parentOf = new Map<string, string>();
  const childrenOf = new Map<string, TopologyNode[]>();
  const insideOf = new Map<string, number>();
  for (const node of graph.nodes) {
    const hider = hiderOf(node.id);
    if (hider !== undefined) {
      insideOf.set(hider, (insideOf.get(hider) ?? 0) + 1);
      continue;
    }
    nodes.push(node);
    if (node.parent === undefined || !all.has(node.parent)) continue;
    parentOf.set(node.id, node.parent);
    const siblings = childrenOf.get(node.parent);
    if (siblings) siblings.push(node);
    else childrenOf.set(node.parent, [node]);
  }
  const edges = new Map<string, TopologyEdge>();
  for (const edge of graph.edges) {
    const from = hiderOf(edge.from) ?? edge.from;
    const to = hiderOf(edge.to) ?? edge.to;
    if (from === to || !all.has(from) || !all.has(to)) continue;
    if (contains(from, to, parentOf) || contains(to, from, parentOf)) continue;
    const id = `${from} ${edge.kind} ${to}`;
    const labels = [...new Set([...(edges.get(id)?.labels ?? []), ...edge.labels])];
    edges.set(id, { id, from, to, kind: edge.kind, labels });
  }
  return { nodes, edges: [...edges.values()], parentOf, childrenOf, insideOf };
}

/** Whether `container` contains `id`, at any depth. */
function contains(container: string, id: string, parentOf: ReadonlyMap<string, string>): boolean {
  for (let at = parentOf.get(id); at !== undefined; at = parentOf.get(at)) if (at === container) return true;
  return false;
}
