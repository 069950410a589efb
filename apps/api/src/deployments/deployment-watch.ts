import type { ClusterPath } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import { clusterNotFound } from '../clusters/cluster-of-stack.ts';
import { withTimeLimit } from '../concurrency.ts';
import { allDeleted } from './deletion.ts';
import type { Progress } from './progress.ts';
import { type Trouble, slowTrouble, troubleOf } from './trouble.ts';
import { type WatchEvent, eventsBetween, eventsToJoin } from './watch-events.ts';

/** Told every event, `ended` last; `closed` when the backend stops before that. */
export interface Watcher {
  told: (event: WatchEvent) => void;
  closed: () => void;
}

/** What a watcher holds while it watches. */
export interface Watching {
  leave: () => void;
  /** When ARM was last read with success; ISO 8601. */
  readAt: () => string | undefined;
}

/** How a watch reads, and how often. */
export interface WatchOptions {
  /** Reads the progress; `undefined` when the cluster is gone. What it throws is told as a problem. */
  read: (path: ClusterPath, before: Progress | undefined) => Promise<Progress | undefined>;
  /** Between two reads, at least. */
  intervalMs: number;
  /** A read that takes longer is told as a problem, and nobody is kept waiting longer for a first answer. */
  slowAfterMs: number;
  /** Told what was thrown by a read. */
  failed: (thrown: unknown) => void;
}

interface Known {
  progress: Progress;
  /** When the read began that told it, in milliseconds of the process's own clock. */
  begunAtMs: number;
  /** ISO 8601. */
  readAt: string;
}

/** How much longer than the shortest interval a quiet deployment is left alone. */
const quietFactor = 3;
const maxBackoffMs = 15_000;
/** What ARM asks for is respected up to here. */
const maxRetryAfterMs = 60 * 60_000;
/** For how long an answer is kept that came too late for those who had asked. */
const keptForMs = 10_000;

/**
 * One cluster's deployment (or deletion) and those who watch it: one loop of reads for all of them, one read at a time,
 * from the first watcher until the last has left.
 */
export class DeploymentWatch {
  readonly #path: ClusterPath;
  readonly #options: WatchOptions;
  readonly #onOver: () => void;
  readonly #watchers = new Set<Watcher>();
  #joining = 0;
  #reading: Promise<void> | undefined;
  #known: Known | undefined;
  #trouble: Trouble | undefined;
  /** Leads to the next read. */
  #timer: NodeJS.Timeout | undefined;
  /** Leads to the end of a watch that nobody has come back to. */
  #restTimer: NodeJS.Timeout | undefined;
  #delayMs: number;
  /** When the next read may begin, in milliseconds of the process's own clock. */
  #nextAtMs = 0;
  #failures = 0;
  #gone = false;
  #over = false;

  /** `onOver` is called once, when nothing more comes from here. */
  constructor(path: ClusterPath, options: WatchOptions, onOver: () => void) {
    this.#path = path;
    this.#options = options;
    this.#onOver = onOver;
    this.#delayMs = options.intervalMs;
  }

  /**
   * Tells the watcher what is known and then every change. Throws, before anything was told, when nothing is known:
   * `ClusterNotFound`, what ARM answered (also a while ago, if it is not to be asked again yet), or `CloudTimeout`
   * when ARM has not answered in time; the read goes on, and who asks again may have its answer.
   */
  async join(cursor: string | undefined, watcher: Watcher): Promise<Watching> {
    const joinedAtMs = performance.now();
    this.#joining += 1;
    try {
      const { progress, begunAtMs } = await this.#firstKnown();
      for (const event of eventsToJoin(progress, cursor)) watcher.told(event);
      if (progress.ended && begunAtMs >= joinedAtMs) watcher.told({ event: { type: 'ended' } });
      else if (this.#over) watcher.closed();
      else this.#add(watcher, progress);
    } finally {
      this.#joining -= 1;
      if (!this.#reading && !this.#trouble) this.#closeIfIdle();
    }
    return {
      readAt: () => this.#known?.readAt,
      leave: () => {
        if (this.#watchers.delete(watcher)) this.#closeIfIdle();
      },
    };
  }

  /** Ends all watching. */
  close(): void {
    if (this.#over) return;
    this.#finish();
    for (const watcher of this.#watchers) watcher.closed();
    this.#watchers.clear();
  }

  #add(watcher: Watcher, progress: Progress): void {
    if (this.#trouble) watcher.told(problemEvent(this.#trouble));
    this.#watchers.add(watcher);
    clearTimeout(this.#restTimer);
    // An end that was read before this watcher came may have been followed by a new beginning.
    this.#schedule(progress.ended ? 0 : this.#delayMs);
  }

  async #firstKnown(): Promise<Known> {
    if (this.#known) return this.#known;
    const waitMs = this.#nextAtMs - performance.now();
    if (!this.#reading && this.#trouble && waitMs > 0) throw asAnswer(this.#trouble, waitMs);
    this.#reading ??= this.#read();
    const { slowAfterMs } = this.#options;
    await withTimeLimit(this.#reading, slowAfterMs, () => timeout(slowAfterMs));
    // What is known may be newer than that read by now.
    if (this.#known) return this.#known;
    if (this.#trouble) throw asAnswer(this.#trouble, this.#nextAtMs - performance.now());
    if (this.#gone) throw clusterNotFound(this.#path);
    throw new ApiError('Internal', 'The portal has been stopped meanwhile.');
  }

  #closeIfIdle(): void {
    if (this.#watchers.size === 0 && this.#joining === 0) this.close();
  }

  #finish(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#restTimer);
    this.#onOver();
  }

  #schedule(delayMs: number): void {
    if (this.#over || this.#reading) return;
    const atMs = Math.max(performance.now() + delayMs, this.#trouble ? this.#nextAtMs : 0);
    if (this.#timer !== undefined && this.#nextAtMs <= atMs) return;
    clearTimeout(this.#timer);
    this.#nextAtMs = atMs;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#reading ??= this.#read();
      },
      Math.max(0, atMs - performance.now()),
    );
  }

  /** Never rejects. */
  async #read(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const begunAtMs = performance.now();
    const { slowAfterMs } = this.#options;
    const slow = setTimeout(() => this.#tellTrouble(slowTrouble(slowAfterMs)), slowAfterMs);
    slow.unref();
    try {
      const progress = await this.#options.read(this.#path, this.#known?.progress);
      if (!this.#over) this.#tell(progress, begunAtMs);
    } catch (thrown) {
      this.#options.failed(thrown);
      if (!this.#over) this.#failed(thrown);
    } finally {
      clearTimeout(slow);
      this.#reading = undefined;
    }
    if (this.#over) return;
    if (this.#watchers.size > 0) this.#schedule(this.#delayMs);
    else this.#rest();
  }

  /** Those who had asked may have given up: what was read, or why not, is kept a while for those who ask again. */
  #rest(): void {
    const restMs = Math.max(keptForMs, this.#nextAtMs - performance.now());
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.#closeIfIdle(), restMs).unref();
  }

  #failed(thrown: unknown): void {
    const { intervalMs } = this.#options;
    this.#failures += 1;
    const asked = thrown instanceof ApiError ? Math.min(thrown.retryAfterMs ?? 0, maxRetryAfterMs) : 0;
    this.#delayMs = Math.max(asked, Math.min(maxBackoffMs, intervalMs * 2 ** this.#failures));
    this.#nextAtMs = performance.now() + this.#delayMs;
    this.#tellTrouble(troubleOf(thrown, this.#delayMs));
  }

  #tellTrouble(trouble: Trouble): void {
    const told = this.#trouble?.kind === trouble.kind;
    // A slow answer says less than the failure before it.
    if (trouble.kind === 'slow' && this.#trouble) return;
    this.#trouble = trouble;
    if (!told) this.#tellAll(problemEvent(trouble));
  }

  #tell(progress: Progress | undefined, begunAtMs: number): void {
    const before = this.#known?.progress;
    const hadTrouble = this.#trouble !== undefined;
    this.#trouble = undefined;
    this.#failures = 0;
    this.#nextAtMs = 0;
    if (!progress) {
      if (before?.phase === 'deletion')
        for (const event of eventsBetween(before, allDeleted(before), false)) this.#tellAll(event);
      this.#gone = true;
      this.#end();
      return;
    }
    this.#known = { progress, begunAtMs, readAt: new Date().toISOString() };
    const events = before ? eventsBetween(before, progress, hadTrouble) : [];
    const { intervalMs } = this.#options;
    const isQuiet = before !== undefined && events.length === 0;
    this.#delayMs = isQuiet ? Math.min(this.#delayMs * 1.25, intervalMs * quietFactor) : intervalMs;
    for (const event of events) this.#tellAll(event);
    if (progress.ended && this.#watchers.size > 0) this.#end();
  }

  #end(): void {
    this.#finish();
    this.#tellAll({ event: { type: 'ended' } });
    this.#watchers.clear();
  }

  #tellAll(event: WatchEvent): void {
    for (const watcher of this.#watchers) watcher.told(event);
  }
}

const problemEvent = ({ message }: Trouble): WatchEvent => ({ event: { type: 'problem', message } });

const timeout = (limitMs: number): ApiError =>
  new ApiError(
    'CloudTimeout',
    `Azure Resource Manager has not said within ${Math.ceil(limitMs / 1000)} s how far the deployment is.`,
  );

/** What is answered while ARM is not to be asked again. */
function asAnswer({ thrown }: Trouble, waitMs: number): unknown {
  if (!(thrown instanceof ApiError)) return thrown;
  const { code, message, fields, arm, status } = thrown;
  return new ApiError(code, message, {
    fields,
    arm,
    status,
    retryAfterMs: Math.max(waitMs, 1_000),
    cause: thrown,
  });
}
