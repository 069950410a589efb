const two = (value: number): string => String(value).padStart(2, '0');

/** A duration as people read it: `0.4 s`, `12 s`, `2 min 05 s`, `1 h 03 min`. */
export function durationText(durationMs: number): string {
  if (durationMs <= 0) return '0 s';
  if (durationMs < 100) return '< 0.1 s';
  if (durationMs < 10_000) return `${(Math.floor(durationMs / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(durationMs / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/**
 * How long something has taken at `nowMs`. What runs goes on from what ARM stated at `changedAt`; a clock of this
 * computer that is behind ARM's never makes it shorter.
 */
export function elapsedMs(
  work: { durationMs?: number | undefined; changedAt?: string | undefined },
  isRunning: boolean,
  nowMs: number,
): number | undefined {
  const stated = work.durationMs;
  if (!isRunning) return stated;
  const since = work.changedAt === undefined ? Number.NaN : Date.parse(work.changedAt);
  if (Number.isNaN(since)) return stated;
  return (stated ?? 0) + Math.max(0, nowMs - since);
}

/** How long ago something was, as an age that people read at a glance: `just now`, `12 s ago`, `2 min 05 s ago`. */
export function agoText(sinceMs: number, nowMs: number): string {
  const ageMs = nowMs - sinceMs;
  return ageMs < 3_000
    ? 'just now'
    : `${durationText(Math.floor(ageMs / 1_000) * 1_000).replace(/\.0 s$/, ' s')} ago`;
}
