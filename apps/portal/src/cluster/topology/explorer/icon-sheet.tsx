import { type NodeKind, nodeKindSchema } from '@slipway/topology';
import type { JSX, Ref } from 'react';
import { PieceIcon } from '../piece-look.tsx';

/** The signs of all kinds, out of sight: their shapes are read from here for pictures. */
export function IconSheet({ ref }: { ref: Ref<HTMLDivElement> }): JSX.Element {
  return (
    <div ref={ref} hidden>
      {nodeKindSchema.options.map((kind) => (
        <span key={kind} data-icon-of={kind}>
          <PieceIcon kind={kind} />
        </span>
      ))}
    </div>
  );
}

/** The shapes of the signs as SVG path data in a square of 20 by 20. */
export function iconsOf(sheet: HTMLElement): (kind: NodeKind) => string {
  return (kind) =>
    [...sheet.querySelectorAll(`[data-icon-of="${kind}"] path`)]
      .map((path) => path.getAttribute('d') ?? '')
      .join(' ');
}
