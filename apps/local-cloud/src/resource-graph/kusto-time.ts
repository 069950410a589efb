const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** First and last moment of a `datetime`. Source: Kusto's documentation, "The datetime data type". */
const earliestMs = Date.parse('0001-01-01T00:00:00Z');
const latestMs = Date.parse('9999-12-31T23:59:59.999Z');

const isoMoment =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A moment in an ISO 8601 form, in milliseconds since 1970; `null` for what is none. Without a zone it is in UTC. */
export function parseMoment(text: string): number | null {
  const match = isoMoment.exec(text.trim());
  if (!match) return null;
  const [, date = '', time = '00:00', seconds = '00', fraction = '0', zone = 'Z'] = match;
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(.\d{2}):?(\d{2})$/, '$1:$2');
  const ms = Date.parse(`${date}T${time}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  return Number.isNaN(ms) ? null : inRange(ms);
}

/** A moment that a `datetime` can be; `null` beyond. */
export function inRange(ms: number): number | null {
  return ms >= earliestMs && ms <= latestMs ? ms : null;
}

/** A moment as Kusto writes it: with seven digits behind the seconds. */
export function momentText(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z');
}

const unitMs: readonly (readonly [RegExp, number])[] = [
  [/^(?:d|days?)$/, dayMs],
  [/^(?:h|hr|hrs|hours?)$/, hourMs],
  [/^(?:m|min|minutes?)$/, minuteMs],
  [/^(?:s|sec|seconds?)$/, secondMs],
  [/^(?:ms|millis|milliseconds?)$/, 1],
  [/^(?:micros?|microseconds?)$/, 0.001],
  [/^ticks?$/, 0.0001],
];

/** A length of time such as `1.5h` or `1.02:03:04.5`, in milliseconds; `null` for what is none. */
export function parseTimespan(text: string): number | null {
  const withUnit = /^(-?\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text);
  const unit = withUnit && unitMs.find(([names]) => names.test(withUnit[2] ?? ''))?.[1];
  if (withUnit && unit !== undefined && unit !== null) return Number(withUnit[1]) * unit;
  const clock = /^(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,7})?))?$/.exec(text);
  if (!clock) return /^\d{1,8}$/.test(text) ? Number(text) * dayMs : null;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0'] = clock;
  const ms =
    Number(days) * dayMs + Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * secondMs;
  return sign === undefined ? ms : -ms;
}

const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');

/** A length of time as Kusto writes it: `1.02:03:04.5000000`, without the days and the fraction where there are none. */
export function timespanText(ms: number): string {
  const length = Math.abs(ms);
  const days = Math.trunc(length / dayMs);
  const ticks = Math.round((length % secondMs) * 10_000);
  return [
    ms < 0 ? '-' : '',
    days === 0 ? '' : `${days}.`,
    [two((length / hourMs) % 24), two((length / minuteMs) % 60), two((length / secondMs) % 60)].join(':'),
    ticks === 0 ? '' : `.${String(ticks).padStart(7, '0')}`,
  ].join('');
}
