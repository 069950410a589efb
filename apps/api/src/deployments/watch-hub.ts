import type { ClusterPath, DeploymentRow, StreamEvent } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { withoutCorrelation } from '../arm/correlation.ts';
import { clusterNotFound } from '../clusters/cluster-of-stack.ts';
import { cursorAt, inOrder, isAfter, lastPoint, pointOf, rowsAfter } from './cursor.ts';
import { type Progress, readProgress } from './progress.ts';

/** A stream event with its cursor; an event without one leaves the reader's cursor where it is. */
export interface WatchEvent {
  cursor?: string;
  event: StreamEvent;
}

/** Told every event, `ended` last; `closed` when the backend stops before that. */
export interface Watcher {
  told: (event: WatchEvent) => void;
  closed: () => void;
}

/** How much longer than the shortest interval a quiet deployment is left alone. */
const quietFactor = 3;
const maxBackoffMs = 15_000;

/**
 * Watches deployments for any number of readers: each deployment is read from ARM by one loop, which begins with the
 * first watcher and stops with the last.
 */
export class WatchHub {
  readonly #arm: Arm;
  readonly #intervalMs: number;
  readonly #watches = new Map<string, DeploymentWatch>();

  constructor(arm: Arm, intervalMs: number) {
    this.#arm = arm;
    this.#intervalMs = intervalMs;
  }

  /**
   * Begins to watch. The watcher is told what it missed since `cursor` if that can be told, otherwise a snapshot, and
   * then every change. Answers the function that ends the watching. Throws what the first read throws
   * (`ClusterNotFound`, ARM's errors), before the watcher was told anything.
   */
  async watch(path: ClusterPath, cursor: string | undefined, watcher: Watcher): Promise<() => void> {
    const key = `${path.subscriptionId}/${path.resourceGroup}/${path.name}`.toLowerCase();
    let watch = this.#watches.get(key);
    if (!watch || watch.isOver) {
      watch = new DeploymentWatch(this.#arm, path, this.#intervalMs);
      this.#watches.set(key, watch);
    }
    const watched = watch;
    const forgetWhenIdle = () => {
      if (watched.isOver && this.#watches.get(key) === watched) this.#watches.delete(key);
    };
    try {
      const leave = await watched.join(cursor, watcher);
      return () => {
        leave();
        forgetWhenIdle();
      };
    } finally {
      forgetWhenIdle();
    }
  }

  /** Ends all watching. */
  close(): void {
    for (const watch of this.#watches.values()) watch.close();
    this.#watches.clear();
  }
}

/** One deployment and those who watch it. */
class DeploymentWatch {
  readonly #arm: Arm;
  readonly #path: ClusterPath;
  readonly #intervalMs: number;
  readonly #watchers = new Set<Watcher>();
  #joining = 0;
  #first: Promise<Progress> | undefined;
  #known: Progress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #delayMs: number;
  #failures = 0;
  #over = false;

  constructor(arm: Arm, path: ClusterPath, intervalMs: number) {
    this.#arm = arm;
    this.#path = path;
    this.#intervalMs = intervalMs;
    this.#delayMs = intervalMs;
  }

  /** Nothing more comes from here: it ended, failed to begin, or nobody watches any more. */
  get isOver(): boolean {
    return this.#over;
  }

  async join(cursor: string | undefined, watcher: Watcher): Promise<() => void> {
    this.#joining += 1;
    try {
      this.#first ??= this.#begin();
      await this.#first;
    } catch (thrown) {
      this.#over = true;
      throw thrown;
    } finally {
      this.#joining -= 1;
    }
    // What is known may be newer than the first read by now.
    const progress = this.#known;
    if (!progress) throw new ApiError('Internal', 'The deployment is not being watched any more.');
    for (const event of eventsToJoin(progress, cursor)) watcher.told(event);
    if (progress.ended || this.#over) {
      this.#over = true;
      watcher.told({ event: { type: 'ended' } });
      return () => undefined;
    }
    this.#watchers.add(watcher);
    this.#schedule();
    return () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size === 0 && this.#joining === 0) this.close();
    };
  }

  close(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers) watcher.closed();
    this.#watchers.clear();
  }

  async #begin(): Promise<Progress> {
    const progress = await withoutCorrelation(() => readProgress(this.#arm, this.#path));
    if (!progress) throw clusterNotFound(this.#path);
    this.#known = progress;
    return progress;
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#over) return;
    this.#timer = withoutCorrelation(() => setTimeout(() => void this.#poll(), this.#delayMs));
  }

  async #poll(): Promise<void> {
    try {
      const progress = await readProgress(this.#arm, this.#path);
      if (!this.#over) this.#tell(progress);
    } catch (thrown) {
      this.#failures += 1;
      this.#delayMs = Math.min(maxBackoffMs, this.#intervalMs * 2 ** this.#failures);
      const message =
        thrown instanceof ApiError ? thrown.message : 'The progress cannot be read at the moment.';
      this.#tellAll({ event: { type: 'problem', message } });
    }
    this.#timer = undefined;
    this.#schedule();
  }

  #tell(progress: Progress | undefined): void {
    const before = this.#known;
    if (!progress || !before) {
      this.#end();
      return;
    }
    this.#known = progress;
    const events = eventsBetween(before, progress, this.#failures > 0);
    this.#delayMs =
      events.length > 0 ? this.#intervalMs : Math.min(this.#delayMs * 1.25, this.#intervalMs * quietFactor);
    this.#failures = 0;
    for (const event of events) this.#tellAll(event);
    if (progress.ended) this.#end();
  }

  #end(): void {
    this.#over = true;
    this.#tellAll({ event: { type: 'ended' } });
    this.#watchers.clear();
  }

  #tellAll(event: WatchEvent): void {
    for (const watcher of this.#watchers) watcher.told(event);
  }
}

const snapshotOf = (progress: Progress): WatchEvent => ({
  cursor: cursorAt(progress, lastPoint(progress.rows)),
  event: { type: 'snapshot', snapshot: { deployment: progress.head, rows: [...progress.rows] } },
});

/** What a reader that comes with (or without) a cursor is told first. */
function eventsToJoin(progress: Progress, cursor: string | undefined): WatchEvent[] {
  const missed = cursor === undefined ? undefined : rowsAfter(progress, cursor);
  if (!missed) return [snapshotOf(progress)];
  return [
    ...missed.map((row) => rowEvent(progress, row)),
    { event: { type: 'deployment', deployment: progress.head } },
  ];
}

/** What changed from one read to the next. */
function eventsBetween(before: Progress, now: Progress, tellHead: boolean): WatchEvent[] {
  if (before.head.id !== now.head.id && before.head.id !== undefined) return [snapshotOf(now)];
  const known = new Map(before.rows.map((row) => [row.id.toLowerCase(), row]));
  const changed = inOrder(now.rows.filter((row) => !sameRow(known.get(row.id.toLowerCase()), row)));
  const passed = lastPoint(before.rows);
  // Rows without an operation, and operations that ARM shows late, lie at or before the point that readers have
  // reached. The cursor moves on only when the last of them was told.
  const late = changed.filter((row) => !isAfter(row, passed));
  const events: WatchEvent[] = late.map((row, index) => ({
    ...(index === late.length - 1 ? { cursor: cursorAt(now, passed) } : {}),
    event: { type: 'row', row },
  }));
  events.push(...changed.filter((row) => isAfter(row, passed)).map((row) => rowEvent(now, row)));
  if (tellHead || !sameHead(before.head, now.head))
    events.push({ event: { type: 'deployment', deployment: now.head } });
  return events;
}

function rowEvent(progress: Progress, row: DeploymentRow): WatchEvent {
  const point = pointOf(row);
  return { ...(point ? { cursor: cursorAt(progress, point) } : {}), event: { type: 'row', row } };
}

const sameRow = (one: DeploymentRow | undefined, other: DeploymentRow): boolean =>
  one !== undefined &&
  one.state === other.state &&
  one.operationId === other.operationId &&
  one.changedAt === other.changedAt &&
  one.statusCode === other.statusCode;

/** Times aside, which run on with every read and are told with the next real change. */
const sameHead = (one: Progress['head'], other: Progress['head']): boolean =>
  one.state === other.state &&
  one.id === other.id &&
  one.correlationId === other.correlationId &&
  JSON.stringify([one.error, one.outputs]) === JSON.stringify([other.error, other.outputs]);
