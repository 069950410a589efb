import type { TopologyNode } from './graph.ts';

/**
 * How far ARM is with a piece: `planned` (a deployment means to create it), `working`, `done`, `failed`, `deleting`, or
 * `deleted` (still drawn, so that one sees it go).
 */
export type PiecePhase = 'planned' | 'working' | 'done' | 'failed' | 'deleting' | 'deleted';

/** What is known of a piece at this moment, beside what it is: it changes without the graph changing. */
export interface PieceState {
  phase: PiecePhase;
  /** A machine's power, as ARM's instance view words it: `running`, `stopped`, `deallocated`, … */
  power?: string;
  /** Why it failed, with ARM's code and words. */
  why?: string;
}

/** How far a piece is: as the overlay says, or else as its own properties say; nothing where neither does. */
export function phaseOf(
  node: Pick<TopologyNode, 'isPlanned' | 'provisioningState'>,
  state: PieceState | undefined,
): PiecePhase | undefined {
  if (state) return state.phase;
  if (node.isPlanned) return 'planned';
  switch (node.provisioningState?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'succeeded':
      return 'done';
    case 'failed':
    case 'canceled':
      return 'failed';
    case 'deleting':
      return 'deleting';
    default:
      return 'working';
  }
}

/** What a phase is called, on the screen, in files and in what is read out. */
export const phaseWords: Readonly<Record<PiecePhase, string>> = {
  planned: 'Planned',
  working: 'In work',
  done: 'Succeeded',
  failed: 'Failed',
  deleting: 'Being deleted',
  deleted: 'Deleted',
};
