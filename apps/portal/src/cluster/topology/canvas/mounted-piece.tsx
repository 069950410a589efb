import type { PieceState } from '@slipway/topology';
import type { JSX } from 'react';
import { type PieceMark, PieceNode } from '../piece-node.tsx';
import type { Appearance } from './appearance.ts';
import { phases, stateOf } from './phases.ts';
import type { Scene } from './scene.ts';

interface MountedPieceProps {
  scene: Scene;
  index: number;
  appearance: Appearance;
  states: ReadonlyMap<string, PieceState>;
  isCompact: boolean;
}

/** A piece that is an element, as it looks at this moment. */
export function MountedPiece(props: MountedPieceProps): JSX.Element | null {
  const { scene, index, appearance, states, isCompact } = props;
  const piece = scene.pieces[index];
  if (!piece) return null;
  const phase = phases[appearance.phases[index] ?? 0];
  const own = stateOf(piece.node, states);
  const isFailed = phase === 'failed';
  return (
    <PieceNode
      piece={piece}
      isSelected={index === appearance.selected}
      isFaded={appearance.faded[index] === 1}
      mark={markOf(appearance, index)}
      phase={phase === 'none' ? undefined : phase}
      power={own?.power}
      why={isFailed ? (own?.why ?? whyInside(scene, index, states)) : undefined}
      isCompact={isCompact}
    />
  );
}

function markOf({ blocked, untraced, lit }: Appearance, index: number): PieceMark | undefined {
  if (index === blocked) return 'blocked';
  if (index === untraced) return 'untraced';
  return lit[index] === 1 ? 'lit' : undefined;
}

/** Why something that a closed container hides has failed. */
function whyInside(scene: Scene, index: number, states: ReadonlyMap<string, PieceState>): string | undefined {
  for (const [at, node] of scene.nodes.entries()) {
    if (scene.holders[at] !== index) continue;
    const state = stateOf(node, states);
    if (state?.phase === 'failed') return state.why && `${node.title}: ${state.why}`;
  }
  return undefined;
}
