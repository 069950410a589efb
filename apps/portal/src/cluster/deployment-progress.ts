import { type DeploymentSnapshot, type StreamEvent, applyStreamEvent } from '@slipway/contract';

/** What a page knows of a deployment, and how it comes to know it. */
export interface DeploymentProgress {
  snapshot: DeploymentSnapshot | undefined;
  /** `cut`: the stream has been away for so long that the person should know. */
  line: 'connecting' | 'live' | 'lost' | 'cut' | 'ended';
  /** When anything was last heard, in milliseconds since the epoch. */
  updatedAt: number | undefined;
  /** What the server says that keeps it from knowing more; gone with the next good event. */
  problem: string | undefined;
}

export type ProgressChange =
  | { kind: 'opened'; at: number }
  | { kind: 'received'; at: number; event: StreamEvent }
  | { kind: 'polled'; at: number; snapshot: DeploymentSnapshot }
  | { kind: 'lost' }
  | { kind: 'overdue' };

export const initialProgress: DeploymentProgress = {
  snapshot: undefined,
  line: 'connecting',
  updatedAt: undefined,
  problem: undefined,
};

/** What is known after a change. An event that comes twice changes nothing the second time. */
export function progressAfter(known: DeploymentProgress, change: ProgressChange): DeploymentProgress {
  switch (change.kind) {
    case 'opened':
      return { ...known, line: known.line === 'ended' ? 'ended' : 'live', updatedAt: change.at };
    case 'received':
      return {
        snapshot: applyStreamEvent(known.snapshot, change.event),
        line: change.event.type === 'ended' ? 'ended' : 'live',
        updatedAt: change.at,
        problem: change.event.type === 'problem' ? change.event.message : undefined,
      };
    case 'polled':
      // What the stream brought is newer than the answer to a question asked before.
      if (known.line === 'live' && known.snapshot) return known;
      return { ...known, snapshot: change.snapshot, updatedAt: change.at };
    case 'lost':
      return known.line === 'ended' || known.line === 'cut' ? known : { ...known, line: 'lost' };
    case 'overdue':
      return known.line === 'lost' || known.line === 'connecting' ? { ...known, line: 'cut' } : known;
  }
}

/** Whether the stream has brought nothing for long, so that asking is the only way to know. */
export const needsPolling = (known: DeploymentProgress): boolean => known.line === 'cut';
