import type { ListColumn } from './list-column.ts';

/** Tells spreadsheets that the file is UTF-8. */
const byteOrderMark = '\uFEFF';

/**
 * Rows as a file of comma-separated values (RFC 4180). A value that a spreadsheet would take for a formula gets an
 * apostrophe before it, which makes it text: names and tags come from anybody.
 */
export function listAsCsv<Row>(rows: readonly Row[], columns: readonly ListColumn<Row>[]): string {
  const lines = [
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map((column) => column.text(row))),
  ];
  return byteOrderMark + lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

function csvField(value: string): string {
  const text = /^[\s]*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
