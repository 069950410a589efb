import type { NodeKind, TopologyGraph } from '../graph.ts';
import type { Layout } from '../placed.ts';
import type { PieceState } from '../piece-state.ts';
import { plainText } from '../plain-text.ts';
import type { ExportLook } from './export-look.ts';
import { elideEnd, estimateWidth, type MeasureText } from './fit-text.ts';
import { svgText, type Highlight, type SvgDrawing } from './svg-drawing.ts';
import { drawLegend } from './svg-legend.ts';
import { drawGrid, drawLabel, drawLine } from './svg-lines.ts';
import { drawCard, drawFrame } from './svg-pieces.ts';
import { xmlElement, xmlText } from './xml-element.ts';

export interface SvgInput {
  graph: TopologyGraph;
  layout: Layout;
  look: ExportLook;
  states?: ReadonlyMap<string, PieceState>;
  /** The path of a trace: everything else is faded. */
  highlight?: Highlight;
  /** An icon as SVG path data in a square of 20 × 20. */
  icon?: (kind: NodeKind) => string;
  title: string;
  /** The width of a text in pixels; an estimate unless given. */
  measure?: MeasureText;
}

const margin = 24;
const headHeight = 36;
/** Narrower than this there would be no room for title and legend. */
const leastWidth = 320;

/**
 * The drawing as a file of its own, as it looks on screen: no scripts, nothing from elsewhere, no HTML inside, every
 * text escaped and cut to fit. Has a title above and a legend below. Sizes in pixels; a browser can draw it into a PNG.
 */
export function toSvg(input: SvgInput): string {
  const { graph, layout, look } = input;
  const drawing: SvgDrawing = {
    look,
    measure: input.measure ?? estimateWidth,
    states: input.states ?? new Map(),
    highlight: input.highlight,
    icon: input.icon,
    nodes: new Map(graph.nodes.map((node) => [node.id, node])),
  };
  const title = plainText(input.title);
  const inner = Math.max(leastWidth, layout.width);
  const legendTop = margin + headHeight + layout.height + 16;
  const legend = drawLegend(layout, drawing, { x: margin, y: legendTop, width: inner });
  const width = inner + 2 * margin;
  const height = legendTop + legend.height + margin;
  const head = elideEnd(title, inner, { px: 18, bold: true, measure: drawing.measure });
  const described = `From the internet inwards: ${layout.nodes.length} pieces and ${layout.edges.length} lines between them.`;
  return `${xmlElement(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      role: 'img',
      'aria-label': title,
      'font-family': look.fontFamily,
    },
    [
      xmlElement('title', {}, [xmlText(title)]),
      xmlElement('desc', {}, [xmlText(described)]),
      xmlElement('rect', { width, height, fill: look.background }),
      svgText(head, { x: margin, y: margin + 16, px: 18, color: look.text, bold: true }),
      xmlElement(
        'g',
        { transform: `translate(${margin} ${margin + headHeight})` },
        drawPieces(layout, drawing),
      ),
      legend.svg,
    ],
  )}\n`;
}

/** Frames, then lines over them, then cards, then what is written on the lines. */
function drawPieces(layout: Layout, drawing: SvgDrawing): string[] {
  const headers = headerHeights(layout);
  const placed = layout.nodes.flatMap((place) => {
    const node = drawing.nodes.get(place.id);
    return node ? [{ node, placed: place, drawing }] : [];
  });
  const isLit = ({ id }: { id: string }): boolean => drawing.highlight?.joints.has(id) ?? false;
  const edges = layout.edges.toSorted((a, b) => Number(isLit(a)) - Number(isLit(b)));
  return [
    ...placed
      .filter((piece) => piece.placed.isContainer)
      .map((piece) => drawFrame(piece, headers.get(piece.node.id) ?? 0)),
    ...layout.grids.flatMap((grid) => drawGrid(grid, drawing)),
    ...edges.map((edge) => drawLine(edge, drawing)),
    ...placed.filter((piece) => !piece.placed.isContainer).map(drawCard),
    ...edges.map((edge) => drawLabel(edge, drawing)),
  ];
}

/** How much of each frame, from its top on, what it contains leaves free, in pixels. */
function headerHeights(layout: Layout): Map<string, number> {
  const tops = new Map(layout.nodes.map(({ id, y }) => [id, y]));
  const heights = new Map<string, number>();
  const note = (id: string, y: number): void => {
    const height = y - (tops.get(id) ?? 0);
    heights.set(id, Math.min(height, heights.get(id) ?? height));
  };
  for (const { parent, y } of layout.nodes) if (parent !== undefined) note(parent, y);
  for (const { id, columns, rows } of layout.grids) {
    for (const { header } of [...columns, ...rows]) note(id, header.y);
  }
  return heights;
}
