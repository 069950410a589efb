import { type NodeKind, nodeKindSchema } from '@slipway/topology';
import type { JSX } from 'react';
import { PieceIcon } from '../piece-look.tsx';

/** The outlines of the kinds' signs, and in how many units they are drawn. */
export type Signs = ReadonlyMap<NodeKind, { path: Path2D; size: number }>;

/** The signs as elements that are not shown: the canvas takes their outlines from them. */
export function SignSource(): JSX.Element {
  return (
    <div hidden data-signs>
      {nodeKindSchema.options.map((kind) => (
        <span key={kind}>
          <PieceIcon kind={kind} />
        </span>
      ))}
    </div>
  );
}

/** Reads the outlines from a `SignSource` in an element. */
export function readSigns(element: Element | null): Signs {
  const sources = element?.querySelectorAll('[data-signs] svg') ?? [];
  return new Map(
    [...sources].flatMap((source, index) => {
      const kind = nodeKindSchema.options[index];
      const path = new Path2D();
      for (const part of source.querySelectorAll('path'))
        path.addPath(new Path2D(part.getAttribute('d') ?? ''));
      const [, , size = 20] = (source.getAttribute('viewBox') ?? '').split(' ').map(Number);
      return kind ? [[kind, { path, size }] as const] : [];
    }),
  );
}
