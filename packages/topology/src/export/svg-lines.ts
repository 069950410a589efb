import type { PlacedEdge, PlacedGrid } from '../placed.ts';
import { plainText } from '../plain-text.ts';
import { roundedPath } from '../rounded-path.ts';
import { wrapText } from './fit-text.ts';
import { smallPx, svgText, type SvgDrawing } from './svg-drawing.ts';
import { xmlElement } from './xml-element.ts';

/** A line with rounded corners and a dot where it ends. */
export function drawLine(edge: PlacedEdge, drawing: SvgDrawing): string {
  const { look, highlight } = drawing;
  const own = look.edges(edge.kind);
  const isLit = highlight?.joints.has(edge.id) ?? false;
  const color = isLit ? look.highlight : own.color;
  const end = edge.points.at(-1);
  return xmlElement('g', { opacity: highlight && !isLit ? 0.2 : undefined }, [
    xmlElement('path', {
      d: roundedPath(edge.points),
      fill: 'none',
      stroke: color,
      'stroke-width': own.width + (isLit ? 1.25 : 0),
      'stroke-dasharray': own.dash,
    }),
    ...(end ? [xmlElement('circle', { cx: end.x, cy: end.y, r: 3, fill: color })] : []),
  ]);
}

const labelSide = 5;
const labelLine = 16;

/** What is written on a line; the layout made its box as wide as it needs. */
export function drawLabel(edge: PlacedEdge, drawing: SvgDrawing): string {
  const { label } = edge;
  if (!label) return '';
  const { look, highlight } = drawing;
  const { x, y, width, height } = label;
  const isFaded = highlight && !highlight.joints.has(edge.id);
  return xmlElement('g', { opacity: isFaded ? 0.2 : undefined }, [
    xmlElement('rect', { x, y, width, height, rx: 4, fill: look.card, stroke: look.stroke }),
    ...label.lines.map((line, index) =>
      svgText(plainText(line), {
        x: x + labelSide,
        y: y + 14 + index * labelLine,
        px: smallPx,
        color: look.text,
      }),
    ),
  ]);
}

/** The fault and update domains of an availability set: columns and rows with what they are called. */
export function drawGrid(grid: PlacedGrid, drawing: SvgDrawing): string[] {
  const { look, measure } = drawing;
  const style = { px: 11, bold: false, measure };
  return [...grid.columns, ...grid.rows].flatMap(({ x, y, width, height, label, header }) => {
    const most = Math.max(1, Math.floor(header.height / headLine));
    // The layout made room for these words; an estimate of their width may be too wide.
    const lines = wrapText(label, header.width * 1.25, most, style);
    const middle = header.y + header.height / 2 + 4;
    return [
      xmlElement('rect', {
        x,
        y,
        width,
        height,
        rx: 4,
        fill: 'none',
        stroke: look.frames.set.stroke,
        'stroke-opacity': 0.45,
        'stroke-dasharray': '2 3',
      }),
      ...lines.map((line, index) =>
        svgText(line, {
          x: header.x + header.width / 2,
          y: middle + (index - (lines.length - 1) / 2) * headLine,
          px: style.px,
          color: look.quiet,
          anchor: 'middle',
        }),
      ),
    ];
  });
}

const headLine = 14;
