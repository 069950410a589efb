import { tokens } from '@fluentui/react-components';
import { type EdgeKind, type NodeKind, edgeKindSchema, nodeKindSchema } from '@slipway/topology';
import { edgeLooks } from '../edge-look.ts';
import { pieceColor } from '../piece-look.tsx';
import { frameLookOf } from './frame-look.ts';
import { mixed, opaque } from './raster.ts';

/** One colour, for the canvas's own drawing and for pixels. */
export interface Paint {
  css: string;
  pixel: number;
}

/** The colours of the chosen theme, as a canvas can use them. */
export interface Palette {
  background: Paint;
  card: Paint;
  stroke: Paint;
  text: Paint;
  softText: Paint;
  accent: Paint;
  done: Paint;
  failed: Paint;
  /** For what is not known. */
  uncertain: Paint;
  working: Paint;
  ofKind: (kind: NodeKind) => Paint;
  /** A light form of the kind's colour, for cards too small for text. */
  tintOf: (kind: NodeKind) => Paint;
  ofEdge: (kind: EdgeKind) => Paint;
  ofFrame: (kind: NodeKind) => { stroke: Paint; fill: Paint };
  isDark: boolean;
  /** The family of the theme's letters. */
  fontFamily: string;
}

/** Which of its faces the page shows. */
interface Theme {
  isDark: boolean;
  /** Whether the person has forced colours (high contrast). */
  isForced: boolean;
}

/**
 * Reads the theme's colours where `element` stands. With forced colours everything is drawn in those
 * that the person has chosen.
 */
export function readPalette(element: Element, { isDark, isForced }: Theme): Palette {
  const style = getComputedStyle(element);
  const brush = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map<string, Paint>();
  const paint = (token: string, forced: string): Paint => {
    const paintKnown = known.get(token);
    if (paintKnown) return paintKnown;
    const made = paintNew(token, forced);
    known.set(token, made);
    return made;
  };
  const paintNew = (token: string, forced: string): Paint => {
    const css = isForced
      ? forced
      : token.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name));
    if (!brush) return { css, pixel: opaque(128, 128, 128) };
    brush.fillStyle = 'gray';
    brush.fillStyle = css;
    brush.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
    return paintOf(opaque(red, green, blue));
  };
  const line = (token: string): Paint => paint(token, 'CanvasText');
  const text = line(tokens.colorNeutralForeground1);
  const background = paint(tokens.colorNeutralBackground1, 'Canvas');
  const kinds = new Map(nodeKindSchema.options.map((kind) => [kind, line(pieceColor(kind))]));
  const tints = new Map(
    [...kinds].map(([kind, { pixel }]) => [kind, paintOf(mixed(background.pixel, pixel, 110))]),
  );
  const edges = new Map(edgeKindSchema.options.map((kind) => [kind, line(edgeLooks[kind].color)]));
  const frames = new Map(
    nodeKindSchema.options.map((kind) => {
      const { stroke, fill } = frameLookOf(kind);
      return [kind, { stroke: line(stroke), fill: paint(fill, 'Canvas') }];
    }),
  );
  return {
    background,
    card: background,
    stroke: line(tokens.colorNeutralStroke1),
    text,
    softText: line(tokens.colorNeutralForeground3),
    accent: paint(tokens.colorBrandStroke1, 'Highlight'),
    done: line(tokens.colorStatusSuccessForeground1),
    failed: paint(tokens.colorStatusDangerForeground1, 'Mark'),
    uncertain: paint(tokens.colorStatusWarningForeground1, 'Highlight'),
    working: paint(tokens.colorBrandForeground1, 'Highlight'),
    ofKind: (kind) => kinds.get(kind) ?? text,
    tintOf: (kind) => tints.get(kind) ?? background,
    ofEdge: (kind) => edges.get(kind) ?? text,
    ofFrame: (kind) => frames.get(kind) ?? { stroke: text, fill: background },
    isDark,
    fontFamily: style.getPropertyValue('--fontFamilyBase') || 'sans-serif',
  };
}

const paintOf = (pixel: number): Paint => ({
  css: `rgb(${pixel & 0xff} ${(pixel >>> 8) & 0xff} ${(pixel >>> 16) & 0xff})`,
  pixel,
});
