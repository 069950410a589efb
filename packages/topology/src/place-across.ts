import { alignInOrder, keepBetween, type Aligned } from './align.ts';
import type { Content, Side } from './content.ts';
import { lineGap } from './measures.ts';
import { eachPlace, runsInChannels, runsPassing, type Run } from './runs.ts';
import type { Layers } from './wrap.ts';

/** How much the wishes of pieces count against those of others: lines of traffic stay straight before any other. */
const weights = { traffic: 40, other: 1, gathering: 0.001 };
type Weight = keyof typeof weights;

const weightOf = ({ net }: Run): Weight =>
  net.kind === 'traffic'
    ? 'traffic'
    : net.kind === 'diagnostics' || net.kind === 'reference'
      ? 'gathering'
      : 'other';

/**
 * Places every item, and every lane of a line that passes a layer, across: the highest layer stands, the others line
 * up with what they are joined to as far as that one reaches. Gives the start of each item and writes places into the runs; whole pixels keep
 * lines sharp.
 */
export function placeAcross(content: Content, layers: Layers, runs: readonly Run[], gap: number): number[] {
  const { items } = content;
  const starts = items.map(() => 0);
  const passing = runsPassing(runs, layers);
  const channels = runsInChannels(runs, layers.length + 1);
  const stopsAt = new Map<number, { run: Run; index: number }[]>();
  for (const run of runs) {
    for (const [index, { item }] of run.stops.entries()) {
      const known = stopsAt.get(item);
      if (known) known.push({ run, index });
      else stopsAt.set(item, [{ run, index }]);
    }
  }

  // No layer reaches further than the one that takes most room, however far it would like to.
  const extent = mostTaken(content, layers, passing, gap);

  const placeLayer = (layer: number, towards: Side | undefined): void => {
    const members: Member[] = [];
    const memberOf = new Map<number, Member>();
    for (const item of layers[layer] ?? []) {
      const { turn = 0, across = 0 } = items[item] ?? {};
      const member = { item, run: undefined, turn, size: across + gap, wishes: noWishes() };
      members.push(member);
      memberOf.set(item, member);
    }
    const lanes = new Map<Run, Member>();
    for (const run of passing[layer] ?? []) {
      const member = { item: undefined, run, turn: run.turn, size: lineGap, wishes: noWishes() };
      members.push(member);
      lanes.set(run, member);
    }
    members.sort((a, b) => a.turn - b.turn);
    if (towards) {
      const channel = towards === 'before' ? layer : layer + 1;
      for (const run of channels[channel] ?? []) {
        let sum = 0;
        let count = 0;
        eachPlace(run, channel, towards, -1, (across) => {
          sum += across;
          count += 1;
        });
        if (count === 0) continue;
        const weight = weightOf(run);
        for (const stop of run.stops) {
          if (stop.channel !== channel || stop.side !== towards) continue;
          const across = items[stop.item]?.across ?? 0;
          addWish(memberOf.get(stop.item), weight, sum / count - stop.at + across / 2);
        }
        addWish(lanes.get(run), weight, sum / count);
      }
    }
    const things = members.map(({ size, wishes }): Aligned => ({ size, ...decide(wishes) }));
    for (const [index, start] of keepBetween(alignInOrder(things), things, 0, extent).entries()) {
      const member = members[index];
      if (member?.item !== undefined) {
        const at = Math.round(start + gap / 2);
        starts[member.item] = at;
        for (const { run, index: stop } of stopsAt.get(member.item) ?? []) {
          const own = run.stops[stop];
          if (own) own.across = at + own.at;
        }
      } else if (member?.run) {
        member.run.lanes[layer - member.run.first] = Math.round(start + lineGap / 2);
      }
    }
  };

  const anchor = highest(content, layers, gap);
  placeLayer(anchor, undefined);
  for (let layer = anchor - 1; layer >= 0; layer -= 1) placeLayer(layer, 'after');
  for (let layer = anchor + 1; layer < layers.length; layer += 1) placeLayer(layer, 'before');
  return moveToStart(starts, runs);
}

interface Wishes {
  weight: Weight | undefined;
  sum: number;
  count: number;
}

interface Member {
  item: number | undefined;
  run: Run | undefined;
  turn: number;
  size: number;
  wishes: Wishes;
}

const noWishes = (): Wishes => ({ weight: undefined, sum: 0, count: 0 });

/** Only wishes of the greatest weight that there is count. */
function addWish(member: Member | undefined, weight: Weight, across: number): void {
  if (!member) return;
  const { wishes } = member;
  const known = wishes.weight === undefined ? 0 : weights[wishes.weight];
  if (weights[weight] < known) return;
  if (weights[weight] > known) Object.assign(wishes, { weight, sum: 0, count: 0 });
  wishes.sum += across;
  wishes.count += 1;
}

const decide = ({ weight, sum, count }: Wishes): { wish: number | undefined; weight: number } =>
  weight === undefined ? { wish: undefined, weight: 0 } : { wish: sum / count, weight: weights[weight] };

/** The layer that takes most room across; of equals the last, which is the innermost. */
function highest({ items }: Content, layers: Layers, gap: number): number {
  let most = -1;
  let anchor = 0;
  for (const [index, layer] of layers.entries()) {
    let across = 0;
    for (const item of layer) across += (items[item]?.across ?? 0) + gap;
    if (across < most) continue;
    most = across;
    anchor = index;
  }
  return anchor;
}

/** What the items and lanes of the fullest layer take across. */
function mostTaken({ items }: Content, layers: Layers, passing: readonly Run[][], gap: number): number {
  let most = 0;
  for (const [index, layer] of layers.entries()) {
    let across = (passing[index]?.length ?? 0) * lineGap;
    for (const item of layer) across += (items[item]?.across ?? 0) + gap;
    most = Math.max(most, across);
  }
  return most;
}

/** Moves everything so that the first item or lane begins at 0. */
function moveToStart(starts: number[], runs: readonly Run[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  for (const start of starts) least = Math.min(least, start);
  for (const run of runs) for (const lane of run.lanes) least = Math.min(least, lane - lineGap / 2);
  if (!Number.isFinite(least) || least === 0) return starts;
  for (const run of runs) {
    for (const stop of run.stops) stop.across -= least;
    for (const index of run.lanes.keys()) run.lanes[index] = (run.lanes[index] ?? 0) - least;
  }
  return starts.map((start) => start - least);
}

/** So small a step in a line, in pixels, is left out where one of its ends can be moved. */
const smallStep = 4;

/** Takes out the small steps in lines between two places. */
export function straighten(runs: readonly Run[], channelCount: number): void {
  for (const run of runs) {
    for (let channel = run.first; channel <= run.last; channel += 1) {
      const near: number[] = [];
      const far: number[] = [];
      eachPlace(run, channel, 'before', channelCount, (across) => near.push(across));
      eachPlace(run, channel, 'after', channelCount, (across) => far.push(across));
      const [from] = near;
      const [to] = far;
      if (from === undefined || to === undefined || near.length + far.length > 2) continue;
      if (from === to || Math.abs(from - to) > smallStep) continue;
      const inChannel = run.stops.filter((stop) => stop.channel === channel && stop.isEnd);
      const end = inChannel.find(({ side }) => side === 'before') ?? inChannel[0];
      if (end) end.across = end.side === 'before' ? from : to;
    }
  }
}

/** Where the lines that leave the container at one of its sides pass its border, as near to level as their order allows. */
export function placePorts(
  runs: readonly Run[],
  side: Side,
  channelCount: number,
  low: number,
  high: number,
): void {
  const channel = side === 'before' ? 0 : channelCount - 1;
  const leaving = runs.flatMap((run) => {
    if (!run.net[side]) return [];
    let sum = 0;
    let count = 0;
    eachPlace(run, channel, side === 'before' ? 'after' : 'before', -1, (across) => {
      sum += across;
      count += 1;
    });
    return [{ run, wish: count === 0 ? low : sum / count }];
  });
  leaving.sort((a, b) => a.wish - b.wish);
  const things = leaving.map(({ wish }): Aligned => ({ size: lineGap, wish, weight: 1 }));
  const starts = keepBetween(
    alignInOrder(things),
    things,
    low,
    Math.max(high, low + things.length * lineGap),
  );
  for (const [index, { run }] of leaving.entries())
    run[side] = Math.round((starts[index] ?? 0) + lineGap / 2);
}
