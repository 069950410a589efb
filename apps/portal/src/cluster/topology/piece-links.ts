import {
  type TopologyEdge,
  type TopologyGraph,
  type TopologyNode,
  closedAtFirst,
  edgeKindSchema,
  visibleTopology,
} from '@slipway/topology';
import { edgeLooks } from './edge-look.ts';

/** One line of a piece, read from its side. */
export interface PieceLink {
  id: string;
  /** For example `Leads to` or `Guarded by`. */
  verb: string;
  other: TopologyNode;
  labels: readonly string[];
}

/** Gives every line of a piece as words, in the order of the kinds. */
export type LinksOf = (id: string) => readonly PieceLink[];

/**
 * Makes a graph's lines readable from both of their ends; those of a scale set's machines count as the set's. What is
 * needed for it is made when a piece is asked for first.
 */
export function linkIndex(graph: TopologyGraph): LinksOf {
  let made: LinksOf | undefined;
  return (id) => (made ??= readLinks(graph))(id);
}

function readLinks(graph: TopologyGraph): LinksOf {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const seen = visibleTopology(graph, closedAtFirst(graph));
  const isSeen = new Set(seen.nodes.map(({ id }) => id));
  const gathered = edgesByEnd(seen.edges);
  const all = edgesByEnd(graph.edges);
  const order = edgeKindSchema.options;
  return (id) =>
    ((isSeen.has(id) ? gathered : all).get(id) ?? [])
      .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
      .flatMap((edge): PieceLink[] => {
        const isFrom = edge.from === id;
        const other = byId.get(isFrom ? edge.to : edge.from);
        if (!other) return [];
        const look = edgeLooks[edge.kind];
        const verb = isFrom ? look.forwards : look.backwards;
        return [{ id: edge.id, verb, other, labels: edge.labels }];
      });
}

function edgesByEnd(edges: readonly TopologyEdge[]): Map<string, TopologyEdge[]> {
  const ends = new Map<string, TopologyEdge[]>();
  for (const edge of edges) {
    for (const end of [edge.from, edge.to]) {
      const known = ends.get(end);
      if (known) known.push(edge);
      else ends.set(end, [edge]);
    }
  }
  return ends;
}
