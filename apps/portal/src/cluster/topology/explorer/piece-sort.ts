import { type TopologyGraph, type TopologyNode, displayNameOfType } from '@slipway/topology';
import { kindWords } from './kind-words.ts';
import type { PieceStatus } from './piece-status.ts';

export const tableColumns = ['name', 'kind', 'state', 'where', 'address'] as const;
export type TableColumn = (typeof tableColumns)[number];

/** By what the table is sorted; undefined: from the internet inwards, as the diagram reads. */
export type TableSort = { column: TableColumn; isDescending: boolean } | undefined;

export const columnWords: Readonly<Record<TableColumn, string>> = {
  name: 'Name',
  kind: 'Kind',
  state: 'State',
  where: 'Where',
  address: 'Address',
};

/** Reads a sort from the address; anything else than a column, with `-` before it for descending, is none. */
export function readSort(text: string | undefined): TableSort {
  const isDescending = text?.startsWith('-') ?? false;
  const column = tableColumns.find((each) => each === (isDescending ? text?.slice(1) : text));
  return column && { column, isDescending };
}

/** The way back from `readSort`. */
export const sortText = (sort: TableSort): string | undefined =>
  sort && `${sort.isDescending ? '-' : ''}${sort.column}`;

/** One piece as the table shows it. */
export interface PieceRow {
  node: TopologyNode;
  kind: string;
  status: PieceStatus | undefined;
  /** The title of what it lies in. */
  where: string;
  address: string;
}

const addressLabels = ['IP address', 'Private address', 'Address range', 'Address space', 'DNS name'];

/** The table's rows, in the order in which the graph has them. */
export function pieceRows(
  graph: TopologyGraph,
  statuses: ReadonlyMap<string, PieceStatus>,
): readonly PieceRow[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  return graph.nodes.map((node): PieceRow => ({
    node,
    kind: node.type === undefined ? kindWords[node.kind] : displayNameOfType(node.type),
    status: statuses.get(node.id),
    where: (node.parent === undefined ? undefined : byId.get(node.parent)?.title) ?? '',
    address:
      addressLabels.flatMap((label) => node.facts.find((fact) => fact.label === label)?.value ?? [])[0] ?? '',
  }));
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Rows in the order that was asked for: numbers inside words count as numbers, what has no value comes last. */
export function sortRows(rows: readonly PieceRow[], sort: TableSort): readonly PieceRow[] {
  if (!sort) return rows.toSorted((a, b) => a.node.rank - b.node.rank);
  const { column, isDescending } = sort;
  return rows.toSorted((a, b) => {
    const [one, other] = [valueOf(a, column), valueOf(b, column)];
    if (one === '' || other === '') return Number(one === '') - Number(other === '');
    return collator.compare(one, other) * (isDescending ? -1 : 1);
  });
}

function valueOf({ node, kind, status, where, address }: PieceRow, column: TableColumn): string {
  switch (column) {
    case 'name':
      return `${node.title} ${node.name}`;
    case 'kind':
      return kind;
    case 'state':
      return status?.words ?? '';
    case 'where':
      return where;
    case 'address':
      return address;
  }
}
