import { type NodeKind, type TopologyGraph, type TopologyNode, nodeKindSchema } from '@slipway/topology';
import { kindWords, layerName } from './kind-words.ts';
import type { PieceStatus } from './piece-status.ts';

/** What is asked of the pieces; an empty set asks nothing. Within one set any will do, over the sets all must hold. */
export interface PieceFilters {
  kinds: ReadonlySet<NodeKind>;
  /** Keys of statuses. */
  states: ReadonlySet<string>;
  layers: ReadonlySet<number>;
}

/** Asks nothing. */
export const noFilters: PieceFilters = { kinds: new Set(), states: new Set(), layers: new Set() };

/** One thing that can be asked for, and how many pieces there are of it. */
export interface FilterChoice {
  field: 'kind' | 'state' | 'layer';
  /** Stands in the address. */
  value: string;
  words: string;
  count: number;
}

/** Whether anything is asked. */
export const areFiltersSet = ({ kinds, states, layers }: PieceFilters): boolean =>
  kinds.size + states.size + layers.size > 0;

/** Whether a piece is one of those asked for. */
export function passesFilters(
  node: TopologyNode,
  status: PieceStatus | undefined,
  { kinds, states, layers }: PieceFilters,
): boolean {
  return (
    (kinds.size === 0 || kinds.has(node.kind)) &&
    (states.size === 0 || (status !== undefined && states.has(status.key))) &&
    (layers.size === 0 || layers.has(node.rank))
  );
}

/** What can be asked of this graph: kinds and layers from the internet inwards, states by their words. */
export function filterChoices(
  graph: TopologyGraph,
  statuses: ReadonlyMap<string, PieceStatus>,
): FilterChoice[] {
  const kinds = new Map<NodeKind, number>();
  const layers = new Map<number, number>();
  const states = new Map<string, { words: string; count: number }>();
  for (const node of graph.nodes) {
    kinds.set(node.kind, (kinds.get(node.kind) ?? 0) + 1);
    layers.set(node.rank, (layers.get(node.rank) ?? 0) + 1);
    const status = statuses.get(node.id);
    if (status)
      states.set(status.key, { words: status.words, count: (states.get(status.key)?.count ?? 0) + 1 });
  }
  return [
    ...nodeKindSchema.options.flatMap((kind): FilterChoice[] => {
      const count = kinds.get(kind);
      return count === undefined ? [] : [{ field: 'kind', value: kind, words: kindWords[kind], count }];
    }),
    ...[...states]
      .map(([value, { words, count }]): FilterChoice => ({ field: 'state', value, words, count }))
      .toSorted((a, b) => a.words.localeCompare(b.words)),
    ...[...layers]
      .toSorted(([a], [b]) => a - b)
      .map(([rank, count]): FilterChoice => ({
        field: 'layer',
        value: String(rank),
        words: layerName(rank),
        count,
      })),
  ];
}

/** Whether a choice is asked for. */
export function isChosen(
  { field, value }: Pick<FilterChoice, 'field' | 'value'>,
  filters: PieceFilters,
): boolean {
  switch (field) {
    case 'kind':
      return [...filters.kinds].some((kind) => kind === value);
    case 'state':
      return filters.states.has(value);
    case 'layer':
      return filters.layers.has(Number(value));
  }
}

/** The filters with one choice asked for that was not, or the other way round. */
export function toggleChoice(
  { field, value }: Pick<FilterChoice, 'field' | 'value'>,
  filters: PieceFilters,
): PieceFilters {
  switch (field) {
    case 'kind': {
      const { data } = nodeKindSchema.safeParse(value);
      return data === undefined ? filters : { ...filters, kinds: toggled(filters.kinds, data) };
    }
    case 'state':
      return { ...filters, states: toggled(filters.states, value) };
    case 'layer':
      return { ...filters, layers: toggled(filters.layers, Number(value)) };
  }
}

function toggled<Value>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
