import type { DeploymentHead, DeploymentRow } from '@slipway/contract';

/** When a resource waited and when it was worked on, in milliseconds since the epoch by ARM's clock. */
export interface Span {
  /** Since when it waited for others; absent where it waited for nothing. */
  waitedFromMs: number | undefined;
  fromMs: number;
  /** Equal to `fromMs` where ARM has not begun with it. */
  toMs: number;
}

/** The stretch of time that a deployment takes, and every resource's part of it. */
export interface Timeline {
  fromMs: number;
  toMs: number;
  /** The present moment; absent when the work has ended. */
  nowMs: number | undefined;
  /** By the row's id. */
  spans: ReadonlyMap<string, Span>;
}

/** Shorter stretches are drawn as this long: nothing can be read off fractions of it. */
const shortestMs = 500;
/** So much room is left behind the present moment, as a part of the whole. */
const aheadPart = 0.05;

/**
 * When each resource of a deployment waited and was worked on. `undefined` where ARM has told no times: in the first
 * moments, and of a deletion.
 */
export function timelineOf(
  {
    deployment,
    rows,
  }: { deployment: Pick<DeploymentHead, 'startedAt' | 'durationMs'>; rows: readonly DeploymentRow[] },
  { now, atWork }: { now: number; atWork: boolean },
): Timeline | undefined {
  const worked = new Map(rows.map((row) => [row.id, workedOf(row, now, atWork)]));
  const moments = [...worked.values()].flatMap((each) => (each ? [each.fromMs, each.toMs] : []));
  if (moments.length === 0) return undefined;
  const startedMs = Date.parse(deployment.startedAt ?? '');
  const fromMs = Math.min(...moments, ...(Number.isNaN(startedMs) ? [] : [startedMs]));
  const endMs = Math.max(
    ...moments,
    atWork ? now : fromMs + (deployment.durationMs ?? 0),
    fromMs + shortestMs,
  );
  const spans = new Map<string, Span>();
  for (const row of rows) {
    const isPending = row.state === 'Waiting' && atWork;
    const work = worked.get(row.id) ?? (isPending ? { fromMs: now, toMs: now } : undefined);
    if (!work) continue;
    const waits = isPending || (row.waitsFor !== undefined && work.fromMs > fromMs);
    spans.set(row.id, { ...work, waitedFromMs: waits ? fromMs : undefined });
  }
  return {
    fromMs,
    toMs: atWork ? endMs + (endMs - fromMs) * aheadPart : endMs,
    nowMs: atWork ? Math.max(now, fromMs) : undefined,
    spans,
  };
}

function workedOf(
  row: DeploymentRow,
  now: number,
  atWork: boolean,
): { fromMs: number; toMs: number } | undefined {
  const changedMs = Date.parse(row.changedAt ?? '');
  if (row.state === 'Waiting' || Number.isNaN(changedMs)) return undefined;
  const fromMs = changedMs - (row.durationMs ?? 0);
  // A clock of this computer that is behind ARM's never makes it shorter.
  return { fromMs, toMs: row.state === 'Running' && atWork ? Math.max(now, changedMs) : changedMs };
}

/** Where a moment lies, in percent of the whole stretch. */
export const placeOf = ({ fromMs, toMs }: Pick<Timeline, 'fromMs' | 'toMs'>, momentMs: number): number =>
  ((momentMs - fromMs) / (toMs - fromMs)) * 100;
