import type { JSX, ReactNode } from 'react';
import { usePageStyles } from '../../cluster/page-styles.ts';
import { useTableStyles } from '../../cluster/table-styles.ts';
import { Breakable } from '../../components/breakable.tsx';

/** One row: a cell for each column, told apart by its key. */
export interface OverviewRow {
  key: string;
  cells: readonly ReactNode[];
}

/** A part of an overview: a title, a line that explains it, and a table; a sentence where there is nothing in it. */
export function OverviewTable({
  title,
  intro,
  none,
  columns,
  rows,
}: {
  title: string;
  intro: string;
  none: string;
  columns: readonly string[];
  rows: readonly OverviewRow[];
}): JSX.Element {
  const styles = usePageStyles();
  const table = useTableStyles();
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <p className={styles.text}>{rows.length === 0 ? none : intro}</p>
      {rows.length > 0 && (
        <table className={table.table} aria-label={title}>
          <thead className={table.head}>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className={styles.oneLine}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key} className={table.row}>
                {columns.map((column, index) => (
                  <td key={column} data-label={column} className={index === 0 ? table.name : undefined}>
                    <span>{inCell(cells[index])}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const inCell = (cell: ReactNode): ReactNode =>
  typeof cell === 'string' ? <Breakable text={cell} /> : (cell ?? '—');
