import { LayoutKeeper } from './layout-keeper.ts';
import type { Layout, LayoutOptions } from './placed.ts';
import type { TopologyGraph } from './graph.ts';

/**
 * Places a graph from the internet inwards: columns by rank (rows in the narrow drawing), containers around what
 * they contain, neighbours beside what they are joined to. Pure: the same graph and options give the same layout.
 * No two pieces of one container overlap, each lies within its container, and lines run beside the pieces that they do
 * not join.
 */
export function layoutTopology(graph: TopologyGraph, options: LayoutOptions = {}): Layout {
  return new LayoutKeeper().layout(graph, options);
}
