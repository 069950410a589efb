import type { NodeKind, TopologyNode } from '../graph.ts';
import type { PieceState } from '../piece-state.ts';
import type { ExportLook } from './export-look.ts';
import type { MeasureText, TextStyle } from './fit-text.ts';
import { xmlElement, xmlText } from './xml-element.ts';

/** What lights up in a drawing, and where it ends if it is stopped, or not traced further. */
export interface Highlight {
  pieces: ReadonlySet<string>;
  joints: ReadonlySet<string>;
  blockedAt?: string;
  untracedAt?: string;
}

/** What every part of an SVG drawing is drawn with. */
export interface SvgDrawing {
  look: ExportLook;
  measure: MeasureText;
  states: ReadonlyMap<string, PieceState>;
  highlight: Highlight | undefined;
  icon: ((kind: NodeKind) => string) | undefined;
  nodes: ReadonlyMap<string, TopologyNode>;
}

/** Sizes in pixels, as on screen. */
export const titlePx = 13;
export const smallPx = 12.5;
export const titleLine = 16;
export const smallLine = 15;

export const titleStyle = ({ measure }: SvgDrawing): TextStyle => ({ px: titlePx, bold: true, measure });
export const smallStyle = ({ measure }: SvgDrawing): TextStyle => ({ px: smallPx, bold: false, measure });

interface SvgText {
  x: number;
  /** Of the line on which the letters stand. */
  y: number;
  px: number;
  color: string;
  bold?: boolean;
  anchor?: 'middle';
}

/** One line of text. */
export function svgText(text: string, { x, y, px, color, bold, anchor }: SvgText): string {
  const attributes = {
    x,
    y,
    'font-size': px,
    'font-weight': bold ? 600 : undefined,
    'text-anchor': anchor,
    fill: color,
  };
  return xmlElement('text', attributes, [xmlText(text)]);
}
