/** Numbers that look random and are the same for the same seed. */
export interface Seeded {
  /** From 0 up to but not including 1. */
  next: () => number;
  pick: <T>(values: readonly [T, ...T[]]) => T;
  /** The same values in another order. */
  shuffled: <T>(values: readonly T[]) => T[];
}

/** The generator mulberry32: 32 bits of state are plenty for choosing moments. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    shuffled: (values) => {
      const left = [...values];
      return values.flatMap(() => left.splice(Math.floor(next() * left.length), 1));
    },
  };
}
