import { layTracks } from './channels.ts';
import type { Arrangement, Content, PlacedItem, PlacedNet } from './content.ts';
import { bandsOf, cellsOf, leastOfCells, placeInCells, roomForHeads, type Cells } from './domain-cells.ts';
import { cellGap, chipGap, columnGap, lineGap, rowGap, turnRoom, type LayoutLook } from './measures.ts';
import { placeAcross, placePorts, straighten } from './place-across.ts';
import { runsInChannels, runsPassing, runsThrough, type Run } from './runs.ts';
import { layersOf, type Layers } from './wrap.ts';

/**
 * Places what a container holds. Its items stand in layers, one further in than the other; lines run along the
 * channels between layers and pass layers beside their items, never through them.
 */
export function arrange(content: Content, look: LayoutLook): Arrangement {
  if (content.manner === 'chips' && look.direction === 'down') return arrangeChips(content);
  const gap = { layers: rowGap(look), chips: chipGap, domains: cellGap(look) }[content.manner];
  const cells = content.manner === 'domains' ? cellsOf(content, look.direction) : undefined;
  const layers =
    cells?.layers ?? layersOf(content, { along: columnGap(look), across: gap }, passingWith(content));
  const runs = runsThrough(content, layers);
  const heads = cells ? roomForHeads(cells, look.direction) : undefined;
  const placedCells = cells
    ? placeInCells(content, cells, runs, gap, leastOfCells(look.direction).across)
    : undefined;
  const starts = placedCells?.starts ?? placeAcross(content, layers, runs, gap);
  const top = content.padding.start + (heads?.across ?? 0);
  const acrossAt = starts.map((start) => start + top);
  moveAcross(runs, top);
  straighten(runs, layers.length + 1);

  const end = endOf(content, acrossAt, runs, placedCells, top);
  const channelCount = layers.length + 1;
  const freeEnd = Math.max(end, content.least.across - content.padding.end);
  const beforeFrom = Math.max(
    content.padding.start,
    Math.min(content.titleRoom, freeEnd - lineGap * runs.filter(({ net }) => net.before).length),
  );
  placePorts(runs, 'before', channelCount, beforeFrom, freeEnd);
  placePorts(runs, 'after', channelCount, content.padding.start, freeEnd);

  const placed = placeAlong(content, layers, runs, look, cells, heads?.leads);
  const items = content.items.map(({ across, along, isFrame }, index): PlacedItem => {
    const { at = 0, along: layerAlong = along } = placed.layers[placed.layerOf[index] ?? 0] ?? {};
    return { alongAt: at, acrossAt: acrossAt[index] ?? 0, along: isFrame ? layerAlong : along, across };
  });
  let across = freeEnd;
  for (const { net, before, after } of runs) {
    if (net.before) across = Math.max(across, before + lineGap / 2);
    if (net.after) across = Math.max(across, after + lineGap / 2);
  }
  return {
    along: Math.max(placed.end + content.padding.after, content.least.along),
    across: across + content.padding.end,
    items,
    nets: runs.map((run, index) => placeNet(run, placed.trunks[index] ?? [], items)),
    entered: enteredBy(content),
    domains:
      cells && placedCells
        ? bandsOf(
            cells,
            look.direction,
            placed.layers,
            placedCells.lines.map((line) => ({ at: line.start + top, across: line.across })),
          )
        : undefined,
  };
}

const enteredBy = ({ nets }: Content): number[] =>
  nets.flatMap(({ before }, index) => (before ? [index] : []));

const passingWith =
  (content: Content) =>
  (layers: Layers): number[] =>
    runsPassing(runsThrough(content, layers), layers).map((runs) => runs.length * lineGap);

function moveAcross(runs: readonly Run[], by: number): void {
  for (const run of runs) {
    for (const stop of run.stops) stop.across += by;
    for (const index of run.lanes.keys()) run.lanes[index] = (run.lanes[index] ?? 0) + by;
  }
}

function endOf(
  { items, padding }: Content,
  acrossAt: readonly number[],
  runs: readonly Run[],
  cells: { lines: readonly { start: number; across: number }[] } | undefined,
  top: number,
): number {
  let end = padding.start;
  for (const [index, { across }] of items.entries()) end = Math.max(end, (acrossAt[index] ?? 0) + across);
  for (const run of runs) for (const lane of run.lanes) end = Math.max(end, lane + lineGap / 2);
  for (const { start, across } of cells?.lines ?? []) end = Math.max(end, start + across + top);
  return end;
}

interface PlacedAlong {
  layers: { at: number; along: number }[];
  layerOf: number[];
  /** For each run the places of its plumb stretches. */
  trunks: number[][];
  end: number;
}

/** Places layers, and the lines in the channels between them, along. */
function placeAlong(
  { items, padding }: Content,
  layers: Layers,
  runs: readonly Run[],
  look: LayoutLook,
  cells: Cells | undefined,
  leads: readonly number[] | undefined,
): PlacedAlong {
  const channelCount = layers.length + 1;
  const inChannels = runsInChannels(runs, channelCount);
  const trunkOf = new Map(runs.map((run) => [run, run.lanes.map(() => 0)]));
  const layerOf = items.map(() => 0);
  const placed: { at: number; along: number }[] = [];
  let at = padding.before;
  for (let channel = 0; channel < channelCount; channel += 1) {
    const inChannel = inChannels[channel] ?? [];
    const { tracks, trackOf } = layTracks(inChannel, channel, channelCount);
    const isInner = channel > 0 && channel < channelCount - 1;
    const least = isInner ? (cells ? cellGap(look) : columnGap(look)) : 0;
    const turns = tracks === 0 ? 0 : (tracks - 1) * lineGap + (isInner ? 2 * turnRoom : turnRoom);
    const extent = Math.max(least, turns);
    const from = at + (extent - Math.max(0, tracks - 1) * lineGap) / 2;
    for (const run of inChannel) {
      const track = trackOf.get(run) ?? 0;
      const trunks = trunkOf.get(run);
      if (trunks) trunks[channel - run.first] = Math.round(from + track * lineGap);
    }
    at += extent + labelExtent(inChannel, channel) + (leads?.[channel] ?? 0);
    const layer = layers[channel];
    if (!layer) break;
    let along = cells ? leastOfCells(look.direction).along : 0;
    for (const item of layer) {
      layerOf[item] = channel;
      along = Math.max(along, items[item]?.along ?? 0);
    }
    placed.push({ at, along });
    at += along;
  }
  return { layers: placed, layerOf, trunks: runs.map((run) => trunkOf.get(run) ?? []), end: at };
}

/** The room that labels take in front of what they lead to. */
function labelExtent(runs: readonly Run[], channel: number): number {
  let extent = 0;
  for (const { net, stops } of runs) {
    for (const [index, stop] of stops.entries()) {
      if (stop.channel === channel) extent = Math.max(extent, net.stops[index]?.label?.along ?? 0);
    }
  }
  return extent;
}

function placeNet(run: Run, trunks: number[], items: readonly PlacedItem[]): PlacedNet {
  const stops = run.stops.map(({ item, side, channel, across }) => {
    const { alongAt = 0, along = 0 } = items[item] ?? {};
    return { channel, along: side === 'before' ? alongAt : alongAt + along, across };
  });
  const { first, lanes, before, after } = run;
  return { first, trunks, lanes, stops, before, after };
}

/**
 * Chips one below the other in a drawing that runs down: their lines leave at the side and run down beside them, so
 * that none passes another chip. Lines that come in from above run on the right, clear of the container's title.
 */
function arrangeChips({ items: chips, nets, padding, least }: Content): Arrangement {
  const left = nets.flatMap(({ before }, index) => (before ? [] : [index]));
  const right = nets.flatMap(({ before }, index) => (before ? [index] : []));
  const start = padding.start + besideChips(left.length);
  let at = padding.before;
  let widest = 0;
  const items = chips.map(({ along, across }): PlacedItem => {
    const item = { along, across, alongAt: at, acrossAt: start };
    at += along + chipGap;
    widest = Math.max(widest, across);
    return item;
  });
  // The lines of the last chips run nearest to them.
  const lastOf = (net: number): number => Math.max(0, ...(nets[net]?.stops ?? []).map(({ item }) => item));
  const placed: PlacedNet[] = nets.map(() => ({
    first: 0,
    trunks: [],
    lanes: [],
    stops: [],
    before: 0,
    after: 0,
  }));
  const placeLanes = (order: number[], isLeft: boolean): void => {
    const end = start + widest;
    for (const [place, index] of order.toSorted((a, b) => lastOf(b) - lastOf(a)).entries()) {
      const away = turnRoom + place * lineGap;
      const lane = isLeft ? start - away : end + away;
      const stops = (nets[index]?.stops ?? []).map(({ item }) => {
        const { alongAt = 0, along = 0, across = 0 } = items[item] ?? {};
        return {
          channel: 0,
          along: alongAt + Math.round(along / 2),
          across: isLeft ? start : start + across,
        };
      });
      placed[index] = { first: 0, trunks: [], lanes: [lane], stops, before: lane, after: lane };
    }
  };
  placeLanes(left, true);
  placeLanes(right, false);
  return {
    along: Math.max(at - chipGap + padding.after, least.along),
    across: Math.max(start + widest + besideChips(right.length) + padding.end, least.across),
    items,
    nets: placed,
    entered: right,
    domains: undefined,
  };
}

const besideChips = (lanes: number): number => (lanes === 0 ? 0 : turnRoom + (lanes - 1) * lineGap);
