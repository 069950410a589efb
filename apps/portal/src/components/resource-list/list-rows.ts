import { type ListColumn, nothingWords, valuesOf } from './list-column.ts';
import type { ListFilter, ListSort, ListView } from './list-search.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The rows that a view lets through, in its order. */
export function rowsInView<Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  { query, filters, sort }: Pick<ListView, 'query' | 'filters' | 'sort'>,
): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = filters.flatMap((filter) => testOf(columns, filter));
  const found = rows.filter(
    (row) => tests.every((test) => test(row)) && (words.length === 0 || hasWords(row, columns, words)),
  );
  return sorted(found, columns, sort);
}

function hasWords<Row>(row: Row, columns: readonly ListColumn<Row>[], words: readonly string[]): boolean {
  const text = columns
    .map((column) => column.text(row))
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** A filter by a column that a list does not have is none. */
function testOf<Row>(columns: readonly ListColumn<Row>[], filter: ListFilter): ((row: Row) => boolean)[] {
  const column = columns.find(({ id }) => id === filter.column);
  if (!column) return [];
  const wanted = new Set(filter.values);
  return [(row) => valuesOf(column, row).some((value) => wanted.has(value)) !== filter.isNot];
}

/** Numbers inside words count as numbers; what has no value comes last, whichever way. */
function sorted<Row>(
  rows: readonly Row[],
  columns: readonly ListColumn<Row>[],
  sort: ListSort | undefined,
): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (!column) return rows;
  const sign = sort?.isDescending ? -1 : 1;
  const { order } = column;
  if (order) return rows.toSorted((one, other) => (order(one) - order(other)) * sign);
  const keyed = rows.map((row) => ({ row, text: column.text(row) }));
  return keyed
    .toSorted((one, other) => {
      if (one.text === '' || other.text === '') return Number(one.text === '') - Number(other.text === '');
      return collator.compare(one.text, other.text) * sign;
    })
    .map(({ row }) => row);
}

/** A line of a list: a row, or the head of a group of rows. */
export type ListLine<Row> =
  { kind: 'row'; row: Row } | { kind: 'group'; value: string; label: string; count: number; isOpen: boolean };

/** Rows as the lines of a list: with a head before each group, and without the rows of closed groups. */
export function linesOf<Row>(
  rows: readonly Row[],
  groupBy: ListColumn<Row> | undefined,
  closed: ReadonlySet<string>,
): readonly ListLine<Row>[] {
  if (!groupBy) return rows.map((row) => ({ kind: 'row', row }));
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const value = groupBy.text(row);
    const known = groups.get(value);
    if (known) known.push(row);
    else groups.set(value, [row]);
  }
  return [...groups]
    .toSorted(([one], [other]) => Number(one === '') - Number(other === '') || collator.compare(one, other))
    .flatMap(([value, own]): ListLine<Row>[] => {
      const isOpen = !closed.has(value);
      const label = value === '' ? nothingWords : value;
      return [
        { kind: 'group', value, label, count: own.length, isOpen },
        ...(isOpen ? own.map((row): ListLine<Row> => ({ kind: 'row', row })) : []),
      ];
    });
}

/** The values that rows have in a column, each with how many have it. */
export function valueCounts<Row>(
  rows: readonly Row[],
  column: ListColumn<Row>,
): readonly { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const value of new Set(valuesOf(column, row))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => collator.compare(one.value, other.value));
}

/** The columns that a view shows, in the list's own order: the first always, and at least what is shown at first. */
export function shownColumns<Row>(
  columns: readonly ListColumn<Row>[],
  chosen: readonly string[] | undefined,
): readonly ListColumn<Row>[] {
  const isChosen = ({ id, isExtra = false }: ListColumn<Row>): boolean =>
    chosen === undefined ? !isExtra : chosen.includes(id);
  return columns.filter((column, at) => at === 0 || isChosen(column));
}
