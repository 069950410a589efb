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
