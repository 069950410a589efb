/** One of the things that are placed along a line, in its order. */
export interface Aligned {
  /** Its extent along the line. */
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
 * Places things along a line so that none overlap, at least `gap` apart, in the given order, with their centres as
 * near to their wishes as that allows (least squares, by pooling neighbours that push each other).
 * Gives the start of each.
 */
export function alignInOrder(things: readonly Aligned[], gap: number): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, thing] of things.entries()) {
    const before = things[index - 1];
    if (before) offset += (before.size + thing.size) / 2 + gap;
    offsets.push(offset);
  }
  const blocks: Block[] = [];
  for (const [index, thing] of things.entries()) {
    const own = offsets[index] ?? 0;
    const last = blocks.at(-1);
    const weight = thing.wish === undefined ? unwishedWeight : thing.weight;
    const target = thing.wish === undefined ? (last ? last.sum / last.weight : 0) : thing.wish - own;
    blocks.push({ sum: target * weight, weight, count: 1 });
    mergeBackwards(blocks);
  }
  const starts: number[] = [];
  for (const block of blocks) {
    for (let step = 0; step < block.count; step += 1) {
      const index = starts.length;
      const size = things[index]?.size ?? 0;
      starts.push(block.sum / block.weight + (offsets[index] ?? 0) - size / 2);
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
    blocks.splice(-2, 2, {
      sum: before.sum + last.sum,
      weight: before.weight + last.weight,
      count: before.count + last.count,
    });
  }
}
