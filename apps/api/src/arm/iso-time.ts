import { z } from 'zod';

/** A time as the clients give it, a `Date` or ARM's text, as ISO 8601 text; no other text is one. */
export const isoTime = z.union([
  z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  z.date().transform((date) => date.toISOString()),
]);

/** Milliseconds of an ISO 8601 duration such as `PT1M12.5S`, as ARM writes them; `undefined` for anything else. */
export function durationMs(text: string | undefined): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const ms = Math.round(
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000,
  );
  return ms <= longestMs ? ms : undefined;
}

/** A century: longer than anything takes, and short enough to count back from any time. */
const longestMs = 100 * 366 * 24 * 3_600_000;
