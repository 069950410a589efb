import { lineGap } from './measures.ts';
import { eachPlace, type Run } from './runs.ts';

/** The plumb stretches of the lines in one channel. */
export interface Channel {
  /** How many stand beside each other. */
  tracks: number;
  /** On which of them each run changes its place across; runs that go straight on have none. */
  trackOf: Map<Run, number>;
}

interface Stretch {
  run: Run;
  low: number;
  high: number;
  isRising: boolean;
}

/** So many lines run beside each other at most; in a drawing with more of them some share their place. */
const mostTracks = 24;

/**
 * Gives lines that change their place across in a channel tracks beside each other, so that none lie on each other
 * and those that keep their order do not cross.
 */
export function layTracks(runs: readonly Run[], channel: number, channelCount: number): Channel {
  const stretches: Stretch[] = [];
  for (const run of runs) {
    const stretch = stretchOf(run, channel, channelCount);
    if (stretch) stretches.push(stretch);
  }
  const trackOf = new Map<Run, number>();
  const tracks: Stretch[][] = [];
  const falling = stretches.filter(({ isRising }) => !isRising).toSorted((a, b) => b.low - a.low);
  const rising = stretches.filter(({ isRising }) => isRising).toSorted((a, b) => a.high - b.high);
  for (const group of [falling, rising]) {
    const own: Stretch[][] = [];
    for (const stretch of group) {
      let track = own.length;
      while (track > 0 && !own[track - 1]?.some((other) => overlaps(other, stretch))) track -= 1;
      while (track < mostTracks && tracks[track]?.some((other) => overlaps(other, stretch))) track += 1;
      track %= mostTracks;
      (own[track] ??= []).push(stretch);
      for (let filled = 0; filled < track; filled += 1) own[filled] ??= [];
      trackOf.set(stretch.run, track);
    }
    for (const [track, members] of own.entries()) {
      const known = tracks[track];
      if (known) known.push(...members);
      else tracks[track] = [...members];
    }
  }
  return { tracks: tracks.length, trackOf };
}

function stretchOf(run: Run, channel: number, channelCount: number): Stretch | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let near = 0;
  let nears = 0;
  let far = 0;
  let fars = 0;
  eachPlace(run, channel, 'before', channelCount, (across) => {
    low = Math.min(low, across);
    high = Math.max(high, across);
    near += across;
    nears += 1;
  });
  eachPlace(run, channel, 'after', channelCount, (across) => {
    low = Math.min(low, across);
    high = Math.max(high, across);
    far += across;
    fars += 1;
  });
  if (low >= high) return undefined;
  const isRising = nears > 0 && fars > 0 ? far / fars < near / nears : false;
  return { run, low, high, isRising };
}

/** Lines need some room between them even where one ends before the other begins. */
const overlaps = (a: Stretch, b: Stretch): boolean => a.low < b.high + lineGap && b.low < a.high + lineGap;
