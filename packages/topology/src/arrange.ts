import { layTracks } from './channels.ts';
import type { Arrangement, Content, PlacedItem, PlacedNet } from './content.ts';
import { bandsOf, cellsOf, leastOfCells, placeInCells, roomForHeads, type Cells } from './domain-cells.ts';
import { chipGap, columnGap, lineGap, rowGap, turnRoom, type LayoutLook } from './measures.ts';
import { placeAcross, placePorts, straighten } from './place-across.ts';
import { runsInChannels, runsPassing, runsThrough, type Run } from './runs.ts';
import { layersOf, type Layers } from './wrap.ts';

/**
 * Places what a container holds. Its items stand in layers, one further in than the other; lines run along the
 * channels between layers and pass layers beside their items, never through them.
 */
export function arrange(content: Content, look: LayoutLook): Arrangement {
  if (content.manner === 'chips' && look.direction === 'down') return arrangeChips(content);
  const gap = content.manner === 'chips' ? chipGap : rowGap(look);
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
    const least = isInner ? columnGap(look) : 0;
    const turns = tracks === 0 ? 0 : (tracks - 1) * lineGap + (isInner ? 2 * turnRoom : turnRoom);
    const extent = Math.max(least, turns);
    const from = at + Math.max(isInner ? turnRoom : 4, (extent - (tracks - 1) * lineGap) / 2);
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
 * that none passes another chip.
 */
function arrangeChips(content: Content): Arrangement {
  const { padding } = content;
  let at = padding.before;
  let widest = 0;
  const order = [...content.items.keys()].toSorted(
    (a, b) => (content.items[a]?.turn ?? 0) - (content.items[b]?.turn ?? 0),
  );
  const items: PlacedItem[] = content.items.map(({ along, across }) => ({
    along,
    across,
    alongAt: 0,
    acrossAt: padding.start,
  }));
  for (const index of order) {
    const item = items[index];
    if (!item) continue;
    item.alongAt = at;
    at += item.along + chipGap;
    widest = Math.max(widest, item.across);
  }
  const side = padding.start + widest;
  // The lines of the last chips run nearest to them: the others come from above.
  const lowest = content.nets.map(({ stops, before }) =>
    before ? Number.NEGATIVE_INFINITY : Math.max(...stops.map(({ item }) => items[item]?.alongAt ?? 0)),
  );
  const laneOrder = [...content.nets.keys()].toSorted((a, b) => (lowest[b] ?? 0) - (lowest[a] ?? 0));
  const nets: PlacedNet[] = content.nets.map(() => ({
    first: 0,
    trunks: [],
    lanes: [],
    stops: [],
    before: 0,
    after: 0,
  }));
  for (const [place, index] of laneOrder.entries()) {
    const lane = side + turnRoom + place * lineGap;
    const stops = (content.nets[index]?.stops ?? []).map(({ item }) => {
      const { alongAt = 0, along = 0, across = 0, acrossAt = 0 } = items[item] ?? {};
      return { channel: 0, along: alongAt + Math.round(along / 2), across: acrossAt + across };
    });
    nets[index] = { first: 0, trunks: [], lanes: [lane], stops, before: lane, after: lane };
  }
  const lanes = content.nets.length === 0 ? 0 : turnRoom + (content.nets.length - 1) * lineGap;
  return {
    along: Math.max(at - chipGap + padding.after, content.least.along),
    across: Math.max(side + lanes + padding.end, content.least.across),
    items,
    nets,
    entered: enteredBy(content),
    domains: undefined,
  };
}
