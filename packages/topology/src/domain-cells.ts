import type { Content, Extent, PlacedBand, PlacedDomains, PlacedItem } from './content.ts';
import { domainHeads, lineGap, type LayoutDirection } from './measures.ts';
import { runsPassing, type Run } from './runs.ts';
import type { Layers } from './wrap.ts';

/** Which cell each machine of an availability set has: one machine a cell, so that domains may take several rows. */
export interface Cells {
  layers: Layers;
  /** Of each item: counted across. */
  lineOf: number[];
  lineCount: number;
  columnCount: number;
  /** The first row of each update domain, and how many there are; rows of machines without a cell come last. */
  domainRows: { first: number; count: number }[];
  rowCount: number;
}

/**
 * Machines in the columns of their fault domains and the rows of their update domains, as many as are in use; several
 * of one cell below each other, those without a cell below all others.
 */
export function cellsOf({ items }: Content, direction: LayoutDirection): Cells {
  let columnCount = 1;
  const rowsOf: number[] = [];
  const inCell = new Map<string, number>();
  const within = items.map(({ cell }) => {
    if (!cell) return 0;
    columnCount = Math.max(columnCount, cell.faultDomain + 1);
    const key = `${cell.faultDomain} ${cell.updateDomain}`;
    const before = inCell.get(key) ?? 0;
    inCell.set(key, before + 1);
    rowsOf[cell.updateDomain] = Math.max(rowsOf[cell.updateDomain] ?? 1, before + 1);
    return before;
  });
  const domainRows: Cells['domainRows'] = [];
  let rowCount = 0;
  for (let domain = 0; domain < rowsOf.length; domain += 1) {
    const count = rowsOf[domain] ?? 1;
    domainRows.push({ first: rowCount, count });
    rowCount += count;
  }
  const placed = rowCount;
  let waiting = 0;
  const places = items.map(({ cell }, index) => {
    if (cell) {
      return {
        column: cell.faultDomain,
        row: (domainRows[cell.updateDomain]?.first ?? 0) + (within[index] ?? 0),
      };
    }
    const place = { column: waiting % columnCount, row: placed + Math.floor(waiting / columnCount) };
    waiting += 1;
    rowCount = place.row + 1;
    return place;
  });
  const isRight = direction === 'right';
  const layers: Layers = Array.from({ length: isRight ? columnCount : rowCount }, () => []);
  for (const [index, { column, row }] of places.entries()) layers[isRight ? column : row]?.push(index);
  const lineOf = places.map(({ column, row }) => (isRight ? row : column));
  return { layers, lineOf, lineCount: isRight ? rowCount : columnCount, columnCount, domainRows, rowCount };
}

/** The least that a column or row without machines measures, in pixels. */
const emptyCell = 24;

export interface PlacedCells {
  /** The start of each item, across. */
  starts: number[];
  /** The start and extent of each line of cells, across. */
  lines: { start: number; across: number }[];
}

/**
 * Places machines across by their cells. A line that passes others on its way to a machine runs straight on through
 * free cells, or else between the rows.
 */
export function placeInCells(
  { items }: Content,
  cells: Cells,
  runs: readonly Run[],
  gap: number,
  least: number,
): PlacedCells {
  const { layers, lineOf, lineCount } = cells;
  const passing = runsPassing(runs, layers);
  const slots = Array.from({ length: lineCount + 1 }, () => 0);
  const kept: { run: Run; layer: number; line: number; slot: number | undefined; at: number }[] = [];
  for (const [layer, members] of layers.entries()) {
    const taken = new Set(members.map((item) => lineOf[item]));
    const used = slots.map(() => 0);
    for (const run of passing[layer] ?? []) {
      const stop = run.stops.find(({ item }) => !taken.has(lineOf[item])) ?? run.stops[0];
      const line = stop ? (lineOf[stop.item] ?? 0) : 0;
      const isFree = stop !== undefined && !taken.has(line);
      const slot = isFree ? undefined : (used[line] ?? 0);
      if (slot !== undefined) {
        used[line] = slot + 1;
        slots[line] = Math.max(slots[line] ?? 0, slot + 1);
      }
      kept.push({ run, layer, line, slot, at: stop?.at ?? 0 });
    }
  }
  const lines = Array.from({ length: lineCount }, () => ({ start: 0, across: least }));
  for (const [index, item] of items.entries()) {
    const line = lines[lineOf[index] ?? 0];
    if (line) line.across = Math.max(line.across, item.across);
  }
  let start = 0;
  for (const [index, line] of lines.entries()) {
    start += (slots[index] ?? 0) * lineGap + (index > 0 ? gap : 0);
    line.start = start;
    start += line.across;
  }
  for (const { run, layer, line, slot, at } of kept) {
    const from = lines[line]?.start ?? 0;
    run.lanes[layer - run.first] = slot === undefined ? from + at : from - (slot + 0.5) * lineGap - gap / 4;
  }
  const starts = items.map((_, index) => lines[lineOf[index] ?? 0]?.start ?? 0);
  for (const run of runs) for (const stop of run.stops) stop.across = (starts[stop.item] ?? 0) + stop.at;
  return { starts, lines };
}

/** What stays free along before each layer for the heads of the domains, and across before all of them. */
export function roomForHeads(cells: Cells, direction: LayoutDirection): { leads: number[]; across: number } {
  const { columnHeight, rowWidth, lowRowHeight } = domainHeads;
  if (direction === 'right') {
    return { leads: cells.layers.map((_, layer) => (layer === 0 ? rowWidth : 0)), across: columnHeight };
  }
  const firsts = new Set(cells.domainRows.map(({ first }) => first));
  const leads = cells.layers.map(
    (_, layer) => (firsts.has(layer) ? lowRowHeight : 0) + (layer === 0 ? columnHeight : 0),
  );
  return { leads, across: 0 };
}

/** The least extent of a layer, and of a line of cells, that holds no machine. */
export const leastOfCells = (direction: LayoutDirection): Extent =>
  direction === 'right'
    ? { along: domainHeads.narrowWidth, across: domainHeads.rowHeight }
    : { along: emptyCell, across: domainHeads.narrowWidth };

/** The boxes of the domains and of what stands at their heads. */
export function bandsOf(
  cells: Cells,
  direction: LayoutDirection,
  layersAt: readonly { at: number; along: number }[],
  lines: readonly { at: number; across: number }[],
): PlacedDomains {
  const { columnHeight, rowWidth, rowHeight, lowRowHeight, narrowWidth } = domainHeads;
  const firstLayer = layersAt[0]?.at ?? 0;
  const firstLine = lines[0]?.at ?? 0;
  const endAlong = Math.max(0, ...layersAt.map(({ at, along }) => at + along));
  const endAcross = Math.max(0, ...lines.map(({ at, across }) => at + across));
  const isRight = direction === 'right';
  const columns = Array.from({ length: cells.columnCount }, (_, domain): PlacedBand => {
    if (isRight) {
      const { at = 0, along = 0 } = layersAt[domain] ?? {};
      const top = firstLine - columnHeight;
      return {
        domain,
        ...box(at, top, along, endAcross - top),
        header: box(at, top, along, columnHeight),
      };
    }
    const { at = 0, across = 0 } = lines[domain] ?? {};
    const top = firstLayer - lowRowHeight - columnHeight;
    return { domain, ...box(top, at, endAlong - top, across), header: box(top, at, columnHeight, across) };
  });
  const rows = cells.domainRows.map(({ first, count }, domain): PlacedBand => {
    if (isRight) {
      const top = lines[first]?.at ?? 0;
      const last = lines[first + count - 1];
      const left = firstLayer - rowWidth;
      const across = (last ? last.at + last.across : top) - top;
      return {
        domain,
        ...box(left, top, endAlong - left, across),
        header: box(left, top, rowWidth - 4, rowHeight),
      };
    }
    const top = (layersAt[first]?.at ?? 0) - lowRowHeight;
    const last = layersAt[first + count - 1];
    const along = (last ? last.at + last.along : top) - top;
    return {
      domain,
      ...box(top, firstLine, along, endAcross - firstLine),
      header: box(top, firstLine, lowRowHeight, narrowWidth),
    };
  });
  return { columns, rows };
}

const box = (alongAt: number, acrossAt: number, along: number, across: number): PlacedItem => ({
  alongAt,
  acrossAt,
  along,
  across,
});
