import type { ReactNode } from 'react';

/** One column of a list; the first of a list's columns names the row and is always shown. */
export interface ListColumn<Row> {
  /** As the address says it. */
  id: string;
  label: string;
  /** What a row has there, in words: what is sought, sorted, filtered, grouped and exported. Empty where it has nothing. */
  text: (row: Row) => string;
  /** What a row has there where that may be several things, such as tags: each can be filtered by. */
  values?: (row: Row) => readonly string[];
  /** By what rows are ordered, where that is a number. */
  order?: (row: Row) => number;
  /** What the row shows there, where that is more than its text; on one line where the list has very many rows. */
  cell?: (row: Row, isOneLine: boolean) => ReactNode;
  /** The least width of the column, in pixels. */
  width: number;
  /** Its words are short and stand on one line. */
  isWhole?: boolean;
  /** Many rows have the same there: worth filtering by it. */
  isShared?: boolean;
  /** Rows can be grouped by it. */
  isGroup?: boolean;
  /** Shown only when it is chosen. */
  isExtra?: boolean;
}

/** What a row has in a column, as values to filter by; one empty text where it has nothing. */
export function valuesOf<Row>(column: ListColumn<Row>, row: Row): readonly string[] {
  const values = column.values?.(row) ?? [column.text(row)];
  return values.length === 0 ? [''] : values;
}

/** What stands for nothing, in filters and in the heads of groups. */
export const nothingWords = 'None';
