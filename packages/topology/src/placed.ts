import type { EdgeKind } from './graph.ts';
import type { LayoutDensity, LayoutDirection, Size } from './measures.ts';

export interface LayoutOptions {
  /** `right` (the default) for wide screens, `down` for narrow ones. */
  direction?: LayoutDirection;
  /** `roomy` (the default), or `compact` where that could not be both whole and readable. */
  density?: LayoutDensity;
  /** The ids of the containers that are drawn as one card; `closedAtFirst(graph)` unless given. */
  closed?: ReadonlySet<string>;
}

export interface Point {
  x: number;
  y: number;
}

/** `x` and `y` are the upper left corner in the whole drawing, in pixels. */
export interface Box extends Point, Size {}

/** A piece in its place. */
export interface PlacedNode extends Box {
  id: string;
  /** The placed node around it. */
  parent?: string;
  /** How deep it lies: 0 the internet and the container service. */
  depth: number;
  /** Whether other pieces are drawn inside. */
  isContainer: boolean;
  /** Whether it is a container that is drawn as one card. */
  isClosed: boolean;
  /** How many pieces it hides, at any depth: 0 unless it is closed. */
  inside: number;
  /** How wide its title can be before a line runs through it, in pixels; the whole width for a card. */
  titleWidth: number;
}

/** A line in its place. */
export interface PlacedEdge {
  id: string;
  from: string;
  to: string;
  kind: EdgeKind;
  /** The corners from start to end; every stretch is horizontal or vertical. */
  points: Point[];
  /** What is written on it, a line each, and where; absent where it says nothing. */
  label?: Box & { lines: string[] };
}

/** A column or row of an availability set: one fault or update domain. The box reaches across the whole grid. */
export interface PlacedDomain extends Box {
  /** As ARM counts it, from 0. */
  domain: number;
  /** What stands at its head, such as `Fault domain 0`. */
  label: string;
  /** Where that stands: in a narrow box beside a row it takes two lines. */
  header: Box;
}

/** An availability set drawn as a frame: fault domains beside each other, update domains below each other. */
export interface PlacedGrid {
  /** The availability set's id. */
  id: string;
  columns: PlacedDomain[];
  rows: PlacedDomain[];
}

export interface Layout {
  /** Containers before what they contain. */
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  /** One for each availability set with machines in it whose cells are known. */
  grids: PlacedGrid[];
  width: number;
  height: number;
}
