/** One stop of the guided walk. Every text is plain text, in whole sentences. */
export interface WalkStep {
  /** The ids of the nodes that the camera shows. */
  pieces: string[];
  title: string;
  /** What it is. */
  what: string;
  /** Why it is there. */
  why: string;
  /** What its cryptic name means, piece by piece of the name; absent where the name says nothing. */
  name?: string;
  /** What would not work without it. */
  without: string;
}
