import { type PieceState, type TopologyNode, phaseOf } from '@slipway/topology';

/** The phases from the most harmless to what must be seen first; a closed container shows the last of what it holds. */
export const phases = ['none', 'done', 'deleted', 'planned', 'deleting', 'working', 'failed'] as const;
export type ShownPhase = (typeof phases)[number];
export const phaseIndex = (phase: ShownPhase): number => phases.indexOf(phase);

/** A piece's state: what is said of it at this moment, else what ARM's own word for it says. */
export function stateOf(node: TopologyNode, states: ReadonlyMap<string, PieceState>): PieceState | undefined {
  const said = states.get(node.id);
  if (said) return said;
  const phase = phaseOf(node, undefined);
  return phase && { phase };
}

/** The index of the phase that ARM's own word for a piece says. */
export const ownPhaseIndex = (node: TopologyNode): number => phaseIndex(phaseOf(node, undefined) ?? 'none');
