import type { PiecePhase } from '../piece-state.ts';
import type { SvgDrawing } from './svg-drawing.ts';
import { xmlElement } from './xml-element.ts';

/** How strongly a piece in this phase is drawn. */
export function opacityOf(phase: PiecePhase | undefined): number | undefined {
  if (phase === 'deleted') return 0.35;
  if (phase === 'deleting') return 0.6;
  return phase === 'planned' ? 0.75 : undefined;
}

/** The border that a phase gives; nothing where it keeps its own. */
export function borderOf(
  phase: PiecePhase | undefined,
  { look }: SvgDrawing,
): { stroke?: string; width?: number; dash?: string } {
  if (phase === 'failed') return { stroke: look.failed, width: 2 };
  if (phase === 'working') return { stroke: look.highlight, width: 2 };
  return phase === 'planned' || phase === 'deleting' || phase === 'deleted' ? { dash: '5 4' } : {};
}

/** The sign of a phase around a point: a tick, a cross, a ring that is not yet closed, or a broken ring. */
export function stateSign(phase: PiecePhase, x: number, y: number, { look }: SvgDrawing): string {
  const stroke = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  const disc = (fill: string): string => xmlElement('circle', { cx: x, cy: y, r: 6.5, fill });
  switch (phase) {
    case 'done': {
      const d = `M ${x - 3} ${y + 0.2} l 2.2 2.3 l 4 -4.6`;
      return (
        disc(look.done) + xmlElement('path', { d, stroke: look.background, 'stroke-width': 1.5, ...stroke })
      );
    }
    case 'failed': {
      const d = `M ${x - 2.5} ${y - 2.5} l 5 5 m 0 -5 l -5 5`;
      return (
        disc(look.failed) + xmlElement('path', { d, stroke: look.background, 'stroke-width': 1.5, ...stroke })
      );
    }
    case 'working': {
      const d = `M ${x} ${y - 5.5} a 5.5 5.5 0 1 1 -5.5 5.5`;
      return xmlElement('path', { d, stroke: look.highlight, 'stroke-width': 2, ...stroke });
    }
    case 'planned':
    case 'deleting':
    case 'deleted': {
      const ring = { cx: x, cy: y, r: 5.5, 'stroke-width': 1.5, 'stroke-dasharray': '2.5 3' };
      return xmlElement('circle', { ...ring, stroke: look.quiet, ...stroke });
    }
  }
}
