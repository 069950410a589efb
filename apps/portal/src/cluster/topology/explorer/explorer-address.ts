import { type LayoutDensity, type LayoutDirection, nodeKindSchema } from '@slipway/topology';
import type { ExplorerSearch, ExplorerView } from './explorer-search.ts';
import { type PieceFilters, noFilters } from './piece-filters.ts';
import { type TableSort, readSort, sortText } from './piece-sort.ts';
import { type ShortIds, joinIds, splitIds } from './short-ids.ts';

/** Which part of a drawing is in view. */
export interface SharedView {
  /** What of the drawing is in the middle of the window, in its pixels. */
  centerX: number;
  centerY: number;
  /** Pixels of the screen for one of the drawing. */
  zoom: number;
  /** Which drawing: a phone has another one than a wide screen. */
  direction: LayoutDirection;
  density: LayoutDensity;
}

/** What the address says of the explorer: what a reload or a shared link shows again. */
export interface ExplorerAddress {
  view: ExplorerView;
  selectedId: string | undefined;
  /** From where the differences count: `first` as it opens, `all` everything closed, `none` nothing. */
  fold: 'first' | 'all' | 'none';
  opened: ReadonlySet<string>;
  closed: ReadonlySet<string>;
  filters: PieceFilters;
  query: string;
  sort: TableSort;
  /** The connection that is followed; undefined while the panel is closed. */
  trace: string | undefined;
  /** Which of its ways is looked at, as `waysOf` calls it; undefined for the first. */
  way: string | undefined;
  /** The step of the guided walk, counted from 1; undefined while nobody walks. */
  step: number | undefined;
  at: SharedView | undefined;
}

/** Reads an address. Pieces that are not (or no longer) there, and values without a meaning, are left out. */
export function readAddress(search: ExplorerSearch, { idOf }: ShortIds): ExplorerAddress {
  const ids = (text: string | undefined): ReadonlySet<string> =>
    new Set(splitIds(text ?? '').flatMap((short) => idOf(short) ?? []));
  return {
    view: search.view ?? 'diagram',
    selectedId: search.piece === undefined ? undefined : idOf(search.piece),
    fold: search.fold ?? 'first',
    opened: ids(search.open),
    closed: ids(search.closed),
    filters: readFilters(search),
    query: search.q ?? '',
    sort: readSort(search.sort),
    trace: search.trace,
    way: search.way,
    step: search.step,
    at: readView(search.at),
  };
}

function readFilters({ kind, state, layer }: ExplorerSearch): PieceFilters {
  if (kind === undefined && state === undefined && layer === undefined) return noFilters;
  const kinds = splitIds(kind ?? '').flatMap((text) => nodeKindSchema.safeParse(text).data ?? []);
  const layers = splitIds(layer ?? '').filter((text) => /^\d{1,2}$/.test(text));
  return {
    kinds: new Set(kinds),
    states: new Set(splitIds(state ?? '')),
    layers: new Set(layers.map(Number)),
  };
}

const number = '(-?\\d+(?:\\.\\d+)?)';
const viewPattern = new RegExp(`^${number}_${number}_${number}_(right|down)-(roomy|compact)$`);

function readView(text: string | undefined): SharedView | undefined {
  const [, centerX, centerY, zoom, direction, density] = viewPattern.exec(text ?? '') ?? [];
  if (zoom === undefined || !(Number(zoom) > 0)) return undefined;
  return {
    centerX: Number(centerX),
    centerY: Number(centerY),
    zoom: Number(zoom),
    direction: direction === 'down' ? 'down' : 'right',
    density: density === 'compact' ? 'compact' : 'roomy',
  };
}

/** How a part of the address is written; undefined for what need not be said. */
export function writeAddress(change: Partial<ExplorerAddress>, { shortOf }: ShortIds): ExplorerSearch {
  const search: ExplorerSearch = {};
  const ids = (set: ReadonlySet<string>): string | undefined => listed([...set].map(shortOf));
  if (change.view !== undefined) search.view = change.view === 'diagram' ? undefined : change.view;
  if ('selectedId' in change)
    search.piece = change.selectedId === undefined ? undefined : shortOf(change.selectedId);
  if (change.fold !== undefined) search.fold = change.fold === 'first' ? undefined : change.fold;
  if (change.opened) search.open = ids(change.opened);
  if (change.closed) search.closed = ids(change.closed);
  if (change.filters) {
    search.kind = listed(change.filters.kinds);
    search.state = listed(change.filters.states);
    search.layer = listed([...change.filters.layers].map(String));
  }
  if (change.query !== undefined) search.q = change.query === '' ? undefined : change.query;
  if (change.sort) search.sort = sortText(change.sort);
  if ('trace' in change) search.trace = change.trace;
  // Another connection has other ways.
  if ('way' in change || 'trace' in change) search.way = change.way;
  if ('step' in change) search.step = change.step;
  if ('at' in change) search.at = change.at && viewText(change.at);
  return search;
}

function listed(values: Iterable<string>): string | undefined {
  const text = joinIds([...values].toSorted((a, b) => (a < b ? -1 : 1)));
  return text === '' ? undefined : text;
}

const viewText = ({ centerX, centerY, zoom, direction, density }: SharedView): string =>
  `${Math.round(centerX)}_${Math.round(centerY)}_${Number(zoom.toFixed(3))}_${direction}-${density}`;
