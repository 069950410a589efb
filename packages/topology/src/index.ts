export { buildTopology, type TopologyInput } from './build-topology.ts';
export { TopologyKeeper, type TopologyChange, type TopologyUpdate } from './keep-topology.ts';
export type { TopologyResource } from './arm-resource.ts';
export * from './graph.ts';
export { phaseOf, phaseWords, type PiecePhase, type PieceState } from './piece-state.ts';
export {
  isAnyAtWork,
  isResourceAtWork,
  type PieceStatesInput,
  type ProgressHead,
  type ProgressRow,
  topologyStates,
} from './piece-states.ts';
export { type RelatedResource, type ResourceRelations, relationsOf } from './relations.ts';
export { displayNameOfType, kindOfType } from './resource-kind.ts';
export { lowered, nameInWords } from './name-in-words.ts';
export { operationWords } from './operation-words.ts';
export { layoutTopology } from './layout.ts';
export { LayoutKeeper } from './layout-keeper.ts';
export type { LayoutDensity, LayoutDirection, Size } from './measures.ts';
export {
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
export { edgeWords } from './edge-words.ts';
export { nameInParts, nameOnCard, shortTitle, titleOnCard } from './piece-words.ts';
export { textWidth } from './text-width.ts';
export { roundedPath } from './rounded-path.ts';
export type { ExportLook, FrameKind, FrameLook } from './export/export-look.ts';
export { toDrawio } from './export/drawio.ts';
export type { MeasureText } from './export/fit-text.ts';
export { type MermaidFlowchart, toMermaid } from './export/mermaid.ts';
export { mermaidExcess, mermaidLimits } from './export/mermaid-limits.ts';
export { toSvg, type SvgInput } from './export/svg.ts';
export type { Highlight } from './export/svg-drawing.ts';
export { toJson } from './export/topology-document.ts';
export * from './trace/connection.ts';
export { traceConnection } from './trace/trace-connection.ts';
export { parseConnection, type ConnectionReading } from './trace/parse-connection.ts';
export { suggestConnections, type SuggestedConnection } from './trace/suggest-connections.ts';
export { whatItReaches, whatReaches } from './trace/reach.ts';
export { compareMoments, type CompareOptions } from './compare/compare-moments.ts';
export type { Comparison, PieceChange } from './compare/comparison.ts';
export { readMoment, type Moment } from './compare/moment.ts';
export type { PropertyChange } from './compare/property-changes.ts';
export { guidedWalk } from './walk/guided-walk.ts';
export { walkAsText } from './walk/walk-as-text.ts';
export type { WalkStep } from './walk/walk-step.ts';
