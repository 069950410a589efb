import { z } from 'zod';

/** What stands in an address is text, whatever it looks like: the router reads `q=443` as a number. */
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const optionalText = text.optional().catch(undefined);

const filterSchema = z.tuple([z.string(), z.enum(['is', 'not'])], z.string());

/**
 * What the address of a list may say, as it is written there. A value that makes no sense is as good as none: an address
 * is typed, cut off and passed on.
 */
export const listSearchSchema = z.object({
  q: optionalText,
  /** Each filter: a column, `is` or `not`, and its values. */
  where: z.array(filterSchema).optional().catch(undefined),
  group: optionalText,
  /** A column; with `-` before it, descending. */
  sort: optionalText,
  /** The columns that are shown, separated by commas; else those that are shown at first. */
  columns: optionalText,
});
export type ListSearch = z.output<typeof listSearchSchema>;

/** Rows whose column has one of the values, or none of them. */
export interface ListFilter {
  column: string;
  isNot: boolean;
  values: readonly string[];
}

export interface ListSort {
  column: string;
  isDescending: boolean;
}

/** How a list is looked at. */
export interface ListView {
  query: string;
  filters: readonly ListFilter[];
  groupBy: string | undefined;
  sort: ListSort | undefined;
  /** The columns that are shown; undefined: those that are shown at first. */
  columns: readonly string[] | undefined;
}

/** Reads what an address says of a list. */
export function readListSearch(search: ListSearch): ListView {
  const isDescending = search.sort?.startsWith('-') ?? false;
  const sorted = isDescending ? search.sort?.slice(1) : search.sort;
  return {
    query: search.q ?? '',
    filters: (search.where ?? [])
      .map(([column, how, ...values]) => ({ column, isNot: how === 'not', values }))
      .filter(({ values }) => values.length > 0),
    groupBy: search.group || undefined,
    sort: sorted ? { column: sorted, isDescending } : undefined,
    columns: search.columns === undefined ? undefined : search.columns.split(',').filter(Boolean),
  };
}

/** The way back from `readListSearch`, for the parts that change. */
export function writeListSearch(change: Partial<ListView>): ListSearch {
  const written: ListSearch = {};
  if ('query' in change) written.q = change.query || undefined;
  if ('filters' in change)
    written.where = change.filters?.length
      ? change.filters.map(({ column, isNot, values }) => [column, isNot ? 'not' : 'is', ...values])
      : undefined;
  if ('groupBy' in change) written.group = change.groupBy;
  if ('sort' in change)
    written.sort = change.sort && `${change.sort.isDescending ? '-' : ''}${change.sort.column}`;
  if ('columns' in change) written.columns = change.columns?.join(',');
  return written;
}
