import type { EdgeKind, NodeKind } from '../graph.ts';

/** How a frame is drawn; a `dash` is an SVG dash pattern. */
export interface FrameLook {
  stroke: string;
  fill: string;
  dash?: string;
}

export type FrameKind = 'service' | 'network' | 'subnet' | 'set' | 'machine' | 'plain';

/** CSS colours and the font that the caller's theme stands for; a file alone knows no theme. */
export interface ExportLook {
  background: string;
  text: string;
  /** For what is said beside the title. */
  quiet: string;
  stroke: string;
  card: string;
  frames: Record<FrameKind, FrameLook>;
  /** The colour of a kind's icon. */
  pieces: (kind: NodeKind) => string;
  /** Widths in pixels. */
  edges: (kind: EdgeKind) => { color: string; width: number; dash?: string };
  /** For the path of a trace, and for what is being worked on. */
  highlight: string;
  failed: string;
  /** For where it is not known how a connection goes on. */
  uncertain: string;
  done: string;
  fontFamily: string;
}

const frameOfKind: Partial<Record<NodeKind, FrameKind>> = {
  containerService: 'service',
  virtualNetwork: 'network',
  subnet: 'subnet',
  availabilitySet: 'set',
  virtualMachine: 'machine',
  scaleSet: 'machine',
  scaleSetInstance: 'machine',
};

/** Which frame is drawn around what a piece of this kind contains. */
export const frameKindOf = (kind: NodeKind): FrameKind => frameOfKind[kind] ?? 'plain';
