import { Button, Spinner, makeStyles, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons';
import { type JSX, type ReactNode, useMemo } from 'react';
import { narrowQuery, useMediaQuery } from '../media-query.ts';
import { saveFile } from '../save-file.ts';
import { FilterPills } from './filter-pills.tsx';
import type { ListColumn } from './list-column.ts';
import { listAsCsv } from './list-csv.ts';
import { ListMessage, type ListMessageWords } from './list-message.tsx';
import { type ListNoun, countWords } from './list-noun.ts';
import { rowsInView, shownColumns } from './list-rows.ts';
import { ListSkeleton } from '../list-skeleton.tsx';
import { ListTable } from './list-table.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { useListView } from './use-list-view.ts';

const useStyles = makeStyles({
  list: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  counts: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    minHeight: '24px',
    gap: tokens.spacingHorizontalM,
    color: tokens.colorNeutralForeground3,
  },
});

export interface ResourceListProps<Row> {
  noun: ListNoun;
  /** Undefined until the first are known. */
  rows: readonly Row[] | undefined;
  /** The same array as long as the columns are the same. */
  columns: readonly ListColumn<Row>[];
  keyOf: (row: Row) => string;
  /** What the search field suggests, for example `Name, region or tag`. */
  placeholder: string;
  /** What the file is called, without its ending. */
  fileName: string;
  /** What is shown when there are no rows at all. */
  empty: ListMessageWords;
  /** What is still being read, beside what is shown already. */
  reading?: string | undefined;
  /** What else is said of the list, beside the count. */
  note?: ReactNode;
}

/**
 * A list as users of portals know it: search, filters, groups, columns, sort, a file of what is shown. How it is looked at
 * stands in the address of the page, whose route has to take `listSearchSchema`.
 */
export function ResourceList<Row>(props: ResourceListProps<Row>): JSX.Element {
  const { noun, rows, columns, keyOf, placeholder, fileName, empty, reading, note } = props;
  const styles = useStyles();
  const isNarrow = useMediaQuery(narrowQuery);
  const { view, change } = useListView();
  const { query, filters, sort, groupBy } = view;
  const shown = useMemo(() => shownColumns(columns, view.columns), [columns, view.columns]);
  const found = useMemo(
    () => rowsInView(rows ?? [], columns, { query, filters, sort }),
    [rows, columns, query, filters, sort],
  );
  if (rows === undefined) return <ListSkeleton label={`Reading the ${noun.many}`} />;
  if (rows.length === 0 && reading === undefined) return <ListMessage {...empty} />;
  return (
    <div className={styles.list}>
      <ListToolbar
        columns={columns}
        shown={shown}
        view={view}
        change={change}
        isNarrow={isNarrow}
        searchLabel={`Search the ${noun.many}`}
        placeholder={placeholder}
        onExport={
          found.length === 0
            ? undefined
            : () =>
                saveFile(
                  `${fileName}.csv`,
                  new Blob([listAsCsv(found, shown)], { type: 'text/csv;charset=utf-8' }),
                )
        }
      />
      <FilterPills
        rows={rows}
        columns={columns}
        filters={filters}
        onChange={(next) => change({ filters: next })}
      />
      <div className={styles.counts}>
        <output>{countWords(found.length, rows.length, noun)}</output>
        {reading !== undefined && <Spinner size="extra-tiny" label={reading} />}
        {note}
      </div>
      {found.length > 0 && (
        <ListTable
          label={noun.many.charAt(0).toUpperCase() + noun.many.slice(1)}
          rows={found}
          columns={shown}
          keyOf={keyOf}
          groupBy={columns.find(({ id, isGroup }) => isGroup && id === groupBy)}
          sort={sort}
          isNarrow={isNarrow}
          onSort={(next) => change({ sort: next })}
        />
      )}
      {found.length === 0 && rows.length > 0 && (
        <ListMessage
          icon={<SearchRegular />}
          title="Nothing matches"
          text={`None of the ${countWords(rows.length, rows.length, noun)} has what is searched and filtered for.`}
          action={<Button onClick={() => change({ query: '', filters: [] })}>Clear filters</Button>}
        />
      )}
    </div>
  );
}
