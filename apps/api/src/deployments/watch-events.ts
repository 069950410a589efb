import type { DeploymentRow, StreamEvent } from '@slipway/contract';
import { cursorAt, inOrder, isAfter, lastPoint, pointOf, rowsAfter } from './cursor.ts';
import { deletionCursor, deletionRowsAfter, sameResources, statesAt, statesOf } from './deletion-cursor.ts';
import type { Progress } from './progress.ts';

/** A stream event with its cursor; an event without one leaves the reader's cursor where it is. */
export interface WatchEvent {
  cursor?: string;
  event: StreamEvent;
}

/** Everything that is known, at once. */
export const snapshotOf = (progress: Progress): WatchEvent => ({
  cursor:
    progress.phase === 'deletion'
      ? deletionCursor(statesOf(progress.rows))
      : cursorAt(progress, lastPoint(progress.rows)),
  event: { type: 'snapshot', snapshot: { deployment: progress.head, rows: [...progress.rows] } },
});

const headEvent = (progress: Progress): WatchEvent => ({
  event: { type: 'deployment', deployment: progress.head },
});

/** What a reader that comes with (or without) a cursor is told first: what it missed, or a snapshot. */
export function eventsToJoin(progress: Progress, cursor: string | undefined): WatchEvent[] {
  const missed = cursor === undefined ? undefined : missedSince(progress, cursor);
  return missed ? [...missed, headEvent(progress)] : [snapshotOf(progress)];
}

function missedSince(progress: Progress, cursor: string): WatchEvent[] | undefined {
  if (progress.phase === 'deletion') {
    const known = statesAt(progress.rows, cursor);
    return known && deletionRowsAfter(progress.rows, known).map(toWatchEvent);
  }
  return rowsAfter(progress, cursor)?.map((row) => rowEvent(progress, row));
}

/** What changed from one read to the next; `tellHead` asks for the head even where it is the same. */
export function eventsBetween(before: Progress, now: Progress, tellHead: boolean): WatchEvent[] {
  if (before.phase !== now.phase || (before.head.id !== now.head.id && before.head.id !== undefined))
    return [snapshotOf(now)];
  const events = now.phase === 'deletion' ? deletionEvents(before, now) : deploymentEvents(before, now);
  if (!events) return [snapshotOf(now)];
  return tellHead || !sameHead(before.head, now.head) ? [...events, headEvent(now)] : events;
}

function deletionEvents(before: Progress, now: Progress): WatchEvent[] | undefined {
  const known = statesOf(before.rows);
  if (!sameResources(known, statesOf(now.rows))) return undefined;
  return deletionRowsAfter(now.rows, known).map(toWatchEvent);
}

function deploymentEvents(before: Progress, now: Progress): WatchEvent[] {
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
  return [...events, ...changed.filter((row) => isAfter(row, passed)).map((row) => rowEvent(now, row))];
}

const toWatchEvent = ({ row, cursor }: { row: DeploymentRow; cursor: string }): WatchEvent => ({
  cursor,
  event: { type: 'row', row },
});

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
