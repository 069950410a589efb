export { buildTopology, type TopologyInput } from './build-topology.ts';
export { TopologyKeeper, type TopologyChange, type TopologyUpdate } from './keep-topology.ts';
export type { TopologyResource } from './arm-resource.ts';
export * from './graph.ts';
export type { PiecePhase, PieceState } from './piece-state.ts';
export { displayNameOfType, kindOfType } from './resource-kind.ts';
export { layoutTopology } from './layout.ts';
export { LayoutKeeper } from './layout-keeper.ts';
export type { LayoutDensity, LayoutDirection, Size } from './measures.ts';
export {
  boundsOf,
  type Box,
  type Layout,
  type LayoutOptions,
  type PlacedDomain,
  type PlacedEdge,
  type PlacedGrid,
  type PlacedNode,
  type Point,
} from './placed.ts';
export { closedAtFirst, visibleTopology, type VisibleTopology } from './visible.ts';
