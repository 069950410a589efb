import { type DeploymentSnapshot, type StreamEvent, applyStreamEvent } from '@slipway/contract';
import type { ApiProblem } from '../api/client.ts';
import { isAtWork } from './deployment-words.ts';

/** What a page knows of a deployment, and how it comes to know it. */
export interface DeploymentProgress {
  snapshot: DeploymentSnapshot | undefined;
  /**
   * `lost`: the stream is away, for so short a time that nobody needs to know. `cut`: it stays away, and asking does not
   * help (yet). `polled`: it stays away, but what is asked for gets through. `refused`: the server has said no.
   */
  line: 'connecting' | 'live' | 'lost' | 'cut' | 'polled' | 'refused' | 'ended';
  /** When the cloud was last known to be as shown, in milliseconds since the epoch by this computer's clock. */
  updatedAt: number | undefined;
  /** When the server last read the cloud, as it says. */
  readAt: string | undefined;
  /** Since when nothing has changed, in milliseconds since the epoch by this computer's clock. */
  quietSince: number | undefined;
  /** What the server says that keeps it from knowing more; gone with the next good event. */
  problem: string | undefined;
  /** Why the server does not tell anything. */
  refusal: ApiProblem | undefined;
  /** How often asking got an answer since the line was cut. */
  goodAnswers: number;
}

export type ProgressChange =
  | { kind: 'received'; at: number; event: StreamEvent }
  | { kind: 'polled'; at: number; snapshot: DeploymentSnapshot }
  | { kind: 'pollFailed' }
  | { kind: 'lost'; how: 'broken' | 'silent' }
  | { kind: 'overdue' }
  | { kind: 'refused'; problem: ApiProblem }
  | { kind: 'restarted' };

export const initialProgress: DeploymentProgress = {
  snapshot: undefined,
  line: 'connecting',
  updatedAt: undefined,
  readAt: undefined,
  quietSince: undefined,
  problem: undefined,
  refusal: undefined,
  goodAnswers: 0,
};

/** One good answer may come while the stream is on its way back; with this many it is plain that it is kept from us. */
const answersUntilPolled = 2;

/** What is known after a change. An event that comes twice changes nothing the second time. */
export function progressAfter(known: DeploymentProgress, change: ProgressChange): DeploymentProgress {
  switch (change.kind) {
    case 'received':
      return afterEvent(known, change.event, change.at);
    case 'polled': {
      // What the stream brought is newer than the answer to a question asked before.
      if (known.line === 'live' || known.line === 'ended' || known.line === 'refused') return known;
      const goodAnswers = known.goodAnswers + 1;
      const getsThrough = known.line === 'polled' || goodAnswers >= answersUntilPolled;
      return {
        ...known,
        ...shown(known, change.snapshot, change.at),
        line: !isAtWork(change.snapshot.deployment.state) ? 'ended' : getsThrough ? 'polled' : known.line,
        updatedAt: change.at,
        problem: undefined,
        goodAnswers,
      };
    }
    case 'pollFailed':
      return { ...known, goodAnswers: 0, line: known.line === 'polled' ? 'cut' : known.line };
    case 'lost':
      if (known.line === 'ended' || known.line === 'cut' || known.line === 'polled') return known;
      return { ...known, line: change.how === 'silent' ? 'cut' : 'lost', goodAnswers: 0 };
    case 'overdue':
      return known.line === 'lost' || known.line === 'connecting'
        ? { ...known, line: 'cut', goodAnswers: 0 }
        : known;
    case 'refused':
      return { ...known, line: 'refused', refusal: change.problem };
    case 'restarted':
      return { ...known, line: 'connecting', problem: undefined, refusal: undefined, goodAnswers: 0 };
  }
}

function afterEvent(known: DeploymentProgress, event: StreamEvent, at: number): DeploymentProgress {
  const heard: DeploymentProgress = { ...known, line: 'live', refusal: undefined, goodAnswers: 0 };
  switch (event.type) {
    case 'alive': {
      // The server lives; whether the cloud does shows in when it was last read.
      const isNew = event.readAt !== undefined && event.readAt !== known.readAt;
      return {
        ...heard,
        ...(isNew ? { updatedAt: at, readAt: event.readAt, quietSince: quietAtFirst(known, event, at) } : {}),
      };
    }
    case 'problem':
      return { ...heard, problem: event.message };
    case 'ended':
      return { ...heard, line: 'ended', updatedAt: at, problem: undefined };
    case 'snapshot':
    case 'row':
    case 'deployment':
      return {
        ...heard,
        ...shown(known, applyStreamEvent(known.snapshot, event), at),
        updatedAt: at,
        problem: undefined,
      };
  }
}

/** What is shown from now on, and since when it is the same. */
function shown(
  known: DeploymentProgress,
  snapshot: DeploymentSnapshot | undefined,
  at: number,
): Pick<DeploymentProgress, 'snapshot' | 'quietSince'> {
  if (!snapshot) return { snapshot, quietSince: known.quietSince };
  // A page that opens late must not count from its own opening.
  if (!known.snapshot) return { snapshot, quietSince: Math.min(at, lastChangeMs(snapshot) ?? at) };
  return { snapshot, quietSince: signature(snapshot) === signature(known.snapshot) ? known.quietSince : at };
}

/** The server's first word on the time puts right what a wrong clock of this computer made of it. */
function quietAtFirst(
  known: DeploymentProgress,
  { readAt }: { readAt?: string | undefined },
  at: number,
): number | undefined {
  const last = known.snapshot && lastChangeMs(known.snapshot);
  if (known.readAt !== undefined || last === undefined || readAt === undefined) return known.quietSince;
  return at - Math.max(0, Date.parse(readAt) - last);
}

/** When ARM last changed anything, in milliseconds since the epoch by its own clock. */
function lastChangeMs({ deployment, rows }: DeploymentSnapshot): number | undefined {
  const moments = [deployment.startedAt, ...rows.map((row) => row.changedAt)]
    .map((moment) => Date.parse(moment ?? ''))
    .filter((moment) => !Number.isNaN(moment));
  return moments.length > 0 ? Math.max(...moments) : undefined;
}

/** What makes one state of things another: times that only run on do not. */
const signature = ({ deployment, rows }: DeploymentSnapshot): string =>
  JSON.stringify([deployment.id, deployment.state, rows.map((row) => [row.id, row.state, row.changedAt])]);

/** Whether the stream has brought nothing for long, so that asking is the only way to know. */
export const needsPolling = ({ line }: DeploymentProgress): boolean => line === 'cut' || line === 'polled';

/** Whether the stream has nothing more to say, and need not be followed. */
export const isOver = ({ line }: DeploymentProgress): boolean => line === 'ended' || line === 'refused';

/** Whether the cluster is gone: its deletion came to its end. */
export const isGone = ({ line, snapshot }: DeploymentProgress): boolean =>
  line === 'ended' && snapshot?.deployment.state === 'Deleting';
