export { buildTopology, type TopologyInput } from './build-topology.ts';
export { TopologyKeeper, type TopologyChange, type TopologyUpdate } from './keep-topology.ts';
export type { TopologyResource } from './arm-resource.ts';
export * from './graph.ts';
export type { PiecePhase, PieceState } from './piece-state.ts';
export { displayNameOfType, kindOfType } from './resource-kind.ts';
export {
  layoutTopology,
  type Layout,
  type LayoutOptions,
  type PlacedEdge,
  type PlacedNode,
} from './layout.ts';
export type { Box } from './arrange.ts';
export type { LayoutDensity, LayoutDirection } from './measures.ts';
export type { Point } from './route.ts';
export { visibleTopology, type VisibleTopology } from './visible.ts';
