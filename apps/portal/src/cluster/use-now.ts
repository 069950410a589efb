import { useEffect, useState } from 'react';

/** Often enough for the tenths of a second that short durations show. */
const tickMs = 500;

/** The present moment in milliseconds since the epoch, moving on while `ticks`. */
export function useNow(ticks: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticks) return;
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [ticks]);
  return now;
}
