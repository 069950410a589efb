import type { EdgeKind } from './graph.ts';

interface EdgeWords {
  /** What it means, for the legend. */
  meaning: string;
  /** What it says of its target in a list, for example `Leads to`. */
  forwards: string;
  /** The same from the target's side. */
  backwards: string;
}

/** How each kind of line is read. */
export const edgeWords: Readonly<Record<EdgeKind, EdgeWords>> = {
  traffic: { meaning: 'Traffic from the internet', forwards: 'Leads to', backwards: 'Reached from' },
  outbound: { meaning: 'Traffic to the internet', forwards: 'Goes out through', backwards: 'Lets out' },
  guards: { meaning: 'Guards', forwards: 'Guards', backwards: 'Guarded by' },
  disk: { meaning: 'Uses the disk', forwards: 'Uses', backwards: 'Used by' },
  diagnostics: {
    meaning: 'Writes diagnostics to',
    forwards: 'Writes diagnostics to',
    backwards: 'Keeps diagnostics of',
  },
  spreads: { meaning: 'Spreads over racks', forwards: 'Spreads', backwards: 'Spread by' },
  reference: { meaning: 'Refers to', forwards: 'Refers to', backwards: 'Referred to by' },
};
