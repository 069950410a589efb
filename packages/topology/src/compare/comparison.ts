import type { NodeKind, TopologyGraph } from '../graph.ts';
import type { PropertyChange } from './property-changes.ts';

/** One piece that differs. */
export interface PieceChange {
  /** Its node in the graph of the comparison. */
  id: string;
  title: string;
  kind: NodeKind;
  change: 'added' | 'removed' | 'changed';
  /** What differs; empty where the piece is new or gone as a whole. */
  details: PropertyChange[];
}

export interface Comparison {
  /** In the order of the graph: from the internet inwards. */
  pieces: PieceChange[];
  edges: { id: string; change: 'added' | 'removed' }[];
  /** Of pieces; the internet and the container service itself are not counted. */
  counts: { added: number; removed: number; changed: number; same: number };
  /** Everything that was in either, with the node ids of the later one; what was removed keeps its own. */
  graph: TopologyGraph;
  /** The nodes that differ. */
  changeOf: ReadonlyMap<string, 'added' | 'removed' | 'changed'>;
  /** All of it in a few sentences. */
  summary: string;
}
