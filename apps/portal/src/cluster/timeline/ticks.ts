const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Distances of marks that people count in. */
const steps = [
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 6, 12, 24].map((count) => count * hour),
];

/** The marks of a time axis, in milliseconds since its start; at most `most` behind the first one. */
export function ticksOf(lengthMs: number, most: number): number[] {
  const step = steps.find((each) => lengthMs / each <= most) ?? Math.ceil(lengthMs / most / hour) * hour;
  return Array.from({ length: Math.floor(lengthMs / step) + 1 }, (_, index) => index * step);
}

/** A mark in words: `0 s`, `0.5 s`, `30 s`, `1:30 min`, `2:05 h`. */
export function tickText(ms: number): string {
  if (ms < minute) return `${ms / second} s`;
  const [whole, part, unit] = ms < hour ? [minute, second, 'min'] : [hour, minute, 'h'];
  return `${Math.floor(ms / whole)}:${String(Math.floor((ms % whole) / part)).padStart(2, '0')} ${unit}`;
}
