const steps: readonly { unit: Intl.RelativeTimeFormatUnit; ms: number }[] = [
  { unit: 'year', ms: 365 * 24 * 3_600_000 },
  { unit: 'month', ms: 30 * 24 * 3_600_000 },
  { unit: 'day', ms: 24 * 3_600_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
];

/**
 * How long ago a moment was, for example `5 minutes ago`; both moments in milliseconds since the epoch.
 * Less than a minute, or a moment that a slow clock puts into the future, is `just now`.
 */
export function relativeAge(thenMs: number, nowMs: number, locale = 'en'): string {
  const ageMs = nowMs - thenMs;
  const step = steps.find(({ ms }) => ageMs >= ms);
  if (!step) return 'just now';
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(
    -Math.floor(ageMs / step.ms),
    step.unit,
  );
}
