import type { Content, Extent } from './content.ts';

/** The items of each layer, by index. */
export type Layers = number[][];

/** So high, in pixels, layers may become before they are broken into several beside each other. */
const wholeHeight = 880;
/** How much longer, along, than high a container shall be then. */
const goodShape = 1.6;

/**
 * The layers of a container, each in reading order. Free to grow, layers that are much higher than the whole is long
 * are broken into several; where the room across is told, so that each fits into it. `passing` says how much of the
 * room lines take that pass each layer.
 */
export function layersOf(
  { items, room }: Pick<Content, 'items' | 'room'>,
  gaps: Extent,
  passing: (layers: Layers) => number[],
): Layers {
  const whole = wholeLayers(items);
  if (room !== undefined) return fitInto(room, whole, items, gaps.across, passing);
  const sizes = whole.map((layer) => measure(layer, items, gaps));
  const highest = Math.max(0, ...sizes.map(({ across }) => across));
  if (highest <= wholeHeight) return whole;
  const height = goodHeight(sizes, highest);
  return whole.flatMap((layer, index) => {
    const across = sizes[index]?.across ?? 0;
    const count = Math.min(layer.length, Math.ceil(across / height));
    return count < 2 ? [layer] : breakEvenly(layer, items, gaps.across, across / count);
  });
}

function wholeLayers(items: Content['items']): Layers {
  const byKey = new Map<number, number[]>();
  for (const [index, { layer }] of items.entries()) {
    const known = byKey.get(layer);
    if (known) known.push(index);
    else byKey.set(layer, [index]);
  }
  const keys = [...byKey.keys()].toSorted((a, b) => a - b);
  return keys.map((key) => inTurn(byKey.get(key) ?? [], items));
}

const inTurn = (layer: number[], items: Content['items']): number[] =>
  layer.toSorted((a, b) => (items[a]?.turn ?? 0) - (items[b]?.turn ?? 0));

function measure(layer: readonly number[], items: Content['items'], gaps: Extent): Extent {
  let along = 0;
  let across = 0;
  for (const index of layer) {
    along = Math.max(along, items[index]?.along ?? 0);
    across += (items[index]?.across ?? 0) + gaps.across;
  }
  return { along: along + gaps.along, across };
}

/** The least height at which all layers, broken to it, are not longer than their good shape. */
function goodHeight(sizes: readonly Extent[], highest: number): number {
  let low = wholeHeight;
  let high = highest;
  while (high - low > 16) {
    const height = (low + high) / 2;
    let along = 0;
    for (const size of sizes) along += Math.ceil(size.across / height) * size.along;
    if (along <= goodShape * height) high = height;
    else low = height;
  }
  return high;
}

function breakEvenly(layer: readonly number[], items: Content['items'], gap: number, height: number): Layers {
  const broken: Layers = [[]];
  let used = 0;
  for (const index of layer) {
    const across = (items[index]?.across ?? 0) + gap;
    const last = broken.at(-1) ?? [];
    if (last.length > 0 && used + across / 2 > height * broken.length) broken.push([index]);
    else last.push(index);
    used += across;
  }
  return broken;
}

/** How often layers are broken anew because lines pass that were not there before. */
const attempts = 4;

function fitInto(
  room: number,
  whole: Layers,
  items: Content['items'],
  gap: number,
  passing: (layers: Layers) => number[],
): Layers {
  const rooms = whole.map(() => room);
  for (let attempt = 1; ; attempt += 1) {
    const broken = whole.map((layer, index) => breakAt(layer, items, gap, rooms[index] ?? room));
    const layers = broken.flat();
    if (attempt === attempts) return layers;
    const taken = passing(layers);
    let isFitting = true;
    let at = 0;
    for (const [index, parts] of broken.entries()) {
      for (const part of parts) {
        const across = measure(part, items, { along: 0, across: gap }).across - gap;
        const excess = across + (taken[at] ?? 0) - room;
        at += 1;
        if (excess <= 0 || part.length < 2) continue;
        isFitting = false;
        rooms[index] = Math.min(rooms[index] ?? room, across - 1);
      }
    }
    if (isFitting) return layers;
  }
}

function breakAt(layer: readonly number[], items: Content['items'], gap: number, room: number): Layers {
  const broken: Layers = [];
  let used = 0;
  for (const index of layer) {
    const across = items[index]?.across ?? 0;
    const last = broken.at(-1);
    if (last && used + gap + across <= room) {
      last.push(index);
      used += gap + across;
    } else {
      broken.push([index]);
      used = across;
    }
  }
  return broken;
}
