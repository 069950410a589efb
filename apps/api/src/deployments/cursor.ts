import { createHash } from 'node:crypto';
import type { DeploymentRow } from '@slipway/contract';
import type { Progress } from './progress.ts';

/** A place in the order of a deployment's operations: by the time of their last change, then by their id. */
export interface Point {
  changedAt: string;
  operationId: string;
}

/** Before every operation. */
export const startPoint: Point = { changedAt: '', operationId: '' };

/** Where a row's operation stands; `undefined` for a row that ARM has not begun with. */
export function pointOf(row: DeploymentRow): Point | undefined {
  return row.changedAt === undefined || row.operationId === undefined
    ? undefined
    : { changedAt: row.changedAt, operationId: row.operationId };
}

/** Negative where `one` comes before `other`. */
export function comparePoints(one: Point, other: Point): number {
  const byTime = (Date.parse(one.changedAt) || 0) - (Date.parse(other.changedAt) || 0);
  if (byTime !== 0) return byTime;
  if (one.operationId === other.operationId) return 0;
  return one.operationId < other.operationId ? -1 : 1;
}

/** The last point of a deployment's rows. */
export function lastPoint(rows: readonly DeploymentRow[]): Point {
  return rows
    .flatMap((row) => pointOf(row) ?? [])
    .reduce((last, point) => (comparePoints(point, last) > 0 ? point : last), startPoint);
}

/**
 * The cursor that says "everything up to `point` is known": `<correlationId>~<timestamp>~<operationId>~<digest>`, all of
 * it from ARM, so that any process understands it. The digest covers the rows and what had ended up to the point: ARM
 * may show an operation late, with an earlier time than others it showed before, and then the cursor does not hold.
 */
export function cursorAt(progress: Progress, point: Point): string {
  const correlationId = progress.head.correlationId ?? '';
  return [correlationId, point.changedAt, point.operationId, digest(progress.rows, point)].join('~');
}

/**
 * The rows that changed after a cursor, in their order; `undefined` when it cannot be continued from (another
 * deployment, or one that ARM has since told more about): then a fresh snapshot is due.
 */
export function rowsAfter(progress: Progress, cursor: string): DeploymentRow[] | undefined {
  const [correlationId, changedAt, operationId, given, ...rest] = cursor.split('~');
  if (changedAt === undefined || operationId === undefined || given === undefined || rest.length > 0)
    return undefined;
  if (!correlationId || correlationId !== progress.head.correlationId) return undefined;
  const point = { changedAt, operationId };
  if (given !== digest(progress.rows, point)) return undefined;
  return inOrder(progress.rows.filter((row) => isAfter(row, point)));
}

/** Whether a row's operation changed after a point. */
export function isAfter(row: DeploymentRow, point: Point): boolean {
  const own = pointOf(row);
  return own !== undefined && comparePoints(own, point) > 0;
}

/** Rows by the time of their last change; rows that ARM has not begun with come first. */
export function inOrder(rows: readonly DeploymentRow[]): DeploymentRow[] {
  return rows.toSorted((one, other) =>
    comparePoints(pointOf(one) ?? startPoint, pointOf(other) ?? startPoint),
  );
}

function digest(rows: readonly DeploymentRow[], point: Point): string {
  const ids = rows.map((row) => row.id.toLowerCase());
  const ended = rows
    .filter((row) => row.state !== 'Running' && row.state !== 'Waiting' && !isAfter(row, point))
    .map((row) => `${row.id.toLowerCase()} ${row.state} ${row.operationId} ${row.changedAt}`);
  return createHash('sha256')
    .update([...ids.toSorted(), '', ...ended.toSorted()].join('\n'))
    .digest('base64url')
    .slice(0, 16);
}
