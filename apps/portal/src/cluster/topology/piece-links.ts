import { type TopologyGraph, type TopologyNode, edgeKindSchema, visibleTopology } from '@slipway/topology';
import { edgeLooks } from './edge-look.ts';

/** One line of a piece, read from its side. */
export interface PieceLink {
  id: string;
  /** For example `Leads to` or `Guarded by`. */
  verb: string;
  other: TopologyNode;
  labels: readonly string[];
}

/** Every line of a piece as words, in the order of the kinds; those of a scale set's machines count as the set's. */
export function linksOf(node: TopologyNode, graph: TopologyGraph): PieceLink[] {
  const isSeen = visibleTopology(graph, new Set()).nodes.some(({ id }) => id === node.id);
  const edges = isSeen ? visibleTopology(graph, new Set()).edges : graph.edges;
  const byId = new Map(graph.nodes.map((each) => [each.id, each]));
  const order = edgeKindSchema.options;
  return edges
    .filter((edge) => edge.from === node.id || edge.to === node.id)
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap((edge): PieceLink[] => {
      const isFrom = edge.from === node.id;
      const other = byId.get(isFrom ? edge.to : edge.from);
      if (!other) return [];
      const look = edgeLooks[edge.kind];
      return [{ id: edge.id, verb: isFrom ? look.forwards : look.backwards, other, labels: edge.labels }];
    });
}
