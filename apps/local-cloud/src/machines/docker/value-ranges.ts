/** Whole numbers from `first` to `last`, both included: ports, or IPv4 addresses as numbers. */
export interface ValueRange {
  readonly first: number;
  readonly last: number;
}

/** The same numbers as ranges in order that neither overlap nor touch, because nftables refuses sets that overlap. */
export function mergedRanges(ranges: readonly ValueRange[]): ValueRange[] {
  const merged: ValueRange[] = [];
  for (const range of ranges.toSorted((left, right) => left.first - right.first)) {
    const before = merged.at(-1);
    if (before && range.first <= before.last + 1) {
      merged[merged.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    } else {
      merged.push({ first: range.first, last: range.last });
    }
  }
  return merged;
}
