import type { Content, Net, Side } from './content.ts';
import type { Layers } from './wrap.ts';

/**
 * A net on its way through the layers of a container. Channels lie between them: channel 0 before the first layer,
 * channel 1 behind it. Between its first and its last channel a net passes every layer in a lane.
 */
export interface Run {
  net: Net;
  first: number;
  last: number;
  stops: RunStop[];
  /** Its place in reading order among the items of a layer that it passes. */
  turn: number;
  /** Where it passes the layers from its first channel on: places across. */
  lanes: number[];
  /** Where it passes the container's near and far border: places across. */
  before: number;
  after: number;
}

export interface RunStop {
  item: number;
  side: Side;
  channel: number;
  at: number;
  isEnd: boolean;
  /** Where it is fastened: a place across. */
  across: number;
}

/** Settles for every net from which channels its items are reached, and which layers it passes. */
export function runsThrough({ items, nets }: Content, layers: Layers): Run[] {
  const layerOf = items.map(() => 0);
  for (const [layer, members] of layers.entries()) for (const item of members) layerOf[item] = layer;
  return nets.map((net) => {
    let first = net.before ? 0 : Number.POSITIVE_INFINITY;
    let last = net.after ? layers.length : -1;
    const stops = net.stops.map(({ item, side, at, isEnd }): RunStop => {
      const layer = layerOf[item] ?? 0;
      const own = side === 'either' ? sideTowardsOthers(net, item, layerOf) : side;
      const channel = own === 'before' ? layer : layer + 1;
      first = Math.min(first, channel);
      last = Math.max(last, channel);
      return { item, side: own, channel, at, isEnd, across: 0 };
    });
    const lanes = Array.from({ length: Math.max(0, last - first) }, () => 0);
    return { net, first, last, stops, turn: net.turn - 0.5, lanes, before: 0, after: 0 };
  });
}

/** An item that can be reached from both sides is reached from where the others are, if all are nearer to the internet. */
function sideTowardsOthers(net: Net, item: number, layerOf: readonly number[]): Side {
  const own = layerOf[item] ?? 0;
  for (const other of net.stops) {
    if (other.item !== item && (layerOf[other.item] ?? 0) >= own) return 'after';
  }
  return 'before';
}

/** The runs that pass each layer. */
export function runsPassing(runs: readonly Run[], layers: Layers): Run[][] {
  const passing: Run[][] = layers.map(() => []);
  for (const run of runs) for (let layer = run.first; layer < run.last; layer += 1) passing[layer]?.push(run);
  return passing;
}

/** The runs in each channel. */
export function runsInChannels(runs: readonly Run[], channelCount: number): Run[][] {
  const channels: Run[][] = Array.from({ length: channelCount }, () => []);
  for (const run of runs) {
    for (let channel = run.first; channel <= run.last; channel += 1) channels[channel]?.push(run);
  }
  return channels;
}

/** From where, across, a run comes into a channel on its near (`before`) or far side: calls `take` for each place. */
export function eachPlace(
  run: Run,
  channel: number,
  side: Side,
  channelCount: number,
  take: (across: number) => void,
): void {
  const facing: Side = side === 'before' ? 'after' : 'before';
  for (const stop of run.stops) if (stop.channel === channel && stop.side === facing) take(stop.across);
  if (side === 'before') {
    if (channel > run.first) take(run.lanes[channel - 1 - run.first] ?? 0);
    else if (channel === 0 && run.net.before) take(run.before);
  } else if (channel < run.last) take(run.lanes[channel - run.first] ?? 0);
  else if (channel === channelCount - 1 && run.net.after) take(run.after);
}
