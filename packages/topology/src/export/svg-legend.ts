import { edgeWords } from '../edge-words.ts';
import { edgeKindSchema } from '../graph.ts';
import type { Layout } from '../placed.ts';
import { phaseOf, phaseWords, type PiecePhase } from '../piece-state.ts';
import { svgText, type SvgDrawing } from './svg-drawing.ts';
import { stateSign } from './svg-state.ts';
import { xmlElement } from './xml-element.ts';

interface Entry {
  words: string;
  /** Its sign, with the middle of its left side at the point. */
  sign: (x: number, y: number) => string;
  signWidth: number;
}

const textPx = 12;
const rowHeight = 20;
const gap = 20;
const phases: readonly PiecePhase[] = ['done', 'working', 'planned', 'failed', 'deleting', 'deleted'];

/** What the kinds of lines and signs of this drawing mean, in rows no wider than `width` pixels from `x`, `y` on. */
export function drawLegend(
  layout: Layout,
  drawing: SvgDrawing,
  { x, y, width }: { x: number; y: number; width: number },
): { svg: string; height: number } {
  const rows: Entry[][] = [[]];
  let used = 0;
  for (const entry of entriesOf(layout, drawing)) {
    const size = entry.signWidth + 6 + drawing.measure(entry.words, textPx, false) + gap;
    if (used > 0 && used + size > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(entry);
    used += size;
  }
  const parts = rows.flatMap((row, index) => {
    let at = x;
    const middle = y + index * rowHeight + rowHeight / 2;
    return row.flatMap((entry) => {
      const start = at;
      at += entry.signWidth + 6 + drawing.measure(entry.words, textPx, false) + gap;
      const text = { x: start + entry.signWidth + 6, y: middle + 4, px: textPx, color: drawing.look.quiet };
      return [entry.sign(start, middle), svgText(entry.words, text)];
    });
  });
  return { svg: parts.length === 0 ? '' : xmlElement('g', {}, parts), height: rows.length * rowHeight };
}

const line = (words: string, color: string, width: number, dash?: string): Entry => ({
  words,
  signWidth: 28,
  sign: (x, y) =>
    xmlElement('line', {
      x1: x,
      x2: x + 28,
      y1: y,
      y2: y,
      stroke: color,
      'stroke-width': width,
      'stroke-dasharray': dash,
    }),
});

function entriesOf(layout: Layout, drawing: SvgDrawing): Entry[] {
  const { look, highlight, nodes, states } = drawing;
  const kinds = new Set(layout.edges.map(({ kind }) => kind));
  const lines = edgeKindSchema.options
    .filter((kind) => kinds.has(kind))
    .map((kind) => {
      const { color, width, dash } = look.edges(kind);
      return line(edgeWords[kind].meaning, color, width + 0.5, dash);
    });
  const present = new Set(
    layout.nodes.flatMap(({ id }) => {
      const node = nodes.get(id);
      return (node && phaseOf(node, states.get(id))) ?? [];
    }),
  );
  const signs = phases
    .filter((phase) => present.has(phase))
    .map((phase): Entry => ({
      words: phaseWords[phase],
      signWidth: 14,
      sign: (x, y) => stateSign(phase, x + 7, y, drawing),
    }));
  const path = highlight ? [line('The path that is shown', look.highlight, 3)] : [];
  return [...path, ...lines, ...signs];
}
