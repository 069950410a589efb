/** One of the things that are placed along a line, in its order. */
export interface Aligned {
  /** Its extent along the line, with what stays free around it. */
  size: number;
  /** Where its centre would like to be; undefined where it does not matter. */
  wish: number | undefined;
  /** How much its wish counts against those of the others. */
  weight: number;
}

interface Block {
  sum: number;
  weight: number;
  count: number;
}

/**
 * Places things along a line so that none overlap, in the given order, with their centres as near to their wishes as
 * that allows (least squares, by pooling neighbours that push each other). Gives the start of each.
 */
export function alignInOrder(things: readonly Aligned[]): number[] {
  const blocks: Block[] = [];
  const middles: number[] = [];
  let end = 0;
  for (const thing of things) {
    const middle = end + thing.size / 2;
    middles.push(middle);
    end += thing.size;
    const last = blocks.at(-1);
    const weight = thing.wish === undefined ? unwishedWeight : thing.weight;
    const target = thing.wish === undefined ? (last ? last.sum / last.weight : 0) : thing.wish - middle;
    blocks.push({ sum: target * weight, weight, count: 1 });
    mergeBackwards(blocks);
  }
  const starts: number[] = [];
  for (const { sum, weight, count } of blocks) {
    const moved = sum / weight;
    for (let step = 0; step < count; step += 1) {
      const index = starts.length;
      starts.push((middles[index] ?? 0) + moved - (things[index]?.size ?? 0) / 2);
    }
  }
  return starts;
}

/** So light that things without a wish follow their neighbours. */
const unwishedWeight = 1e-6;

function mergeBackwards(blocks: Block[]): void {
  for (;;) {
    const last = blocks.at(-1);
    const before = blocks.at(-2);
    if (!last || !before || before.sum / before.weight <= last.sum / last.weight) return;
    before.sum += last.sum;
    before.weight += last.weight;
    before.count += last.count;
    blocks.pop();
  }
}

/** Moves things that were placed in order so that all lie between two bounds, where there is room for all. */
export function keepBetween(
  starts: number[],
  things: readonly Aligned[],
  low: number,
  high: number,
): number[] {
  const kept = [...starts];
  let least = low;
  for (const [index, thing] of things.entries()) {
    kept[index] = Math.max(kept[index] ?? 0, least);
    least = (kept[index] ?? 0) + thing.size;
  }
  let most = high;
  for (let index = things.length - 1; index >= 0; index -= 1) {
    const size = things[index]?.size ?? 0;
    kept[index] = Math.min(kept[index] ?? 0, most - size);
    most = kept[index] ?? 0;
  }
  return kept;
}
