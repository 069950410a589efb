import { SearchBox, Select, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { clusterColumns, columnLabels, type HomeSearch, readSort } from './cluster-view.ts';

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  search: {
    width: '320px',
    maxWidth: '100%',
    '@media (max-width: 767px)': { width: '100%' },
  },
  count: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  sort: { flexGrow: 1 },
});

/** Above a list of many clusters: the search, how many it finds, and on a phone the order. */
export function ListTools({
  search,
  found,
  all,
  narrow,
  onChange,
}: {
  search: HomeSearch;
  found: number;
  all: number;
  narrow: boolean;
  onChange: (next: HomeSearch) => void;
}): JSX.Element {
  const styles = useStyles();
  const { column, isDescending } = readSort(search.sort);
  return (
    <div className={styles.tools}>
      <SearchBox
        className={styles.search}
        aria-label="Search the container services"
        placeholder="Name, state, region or group"
        value={search.q ?? ''}
        onChange={(_, { value }) => onChange({ ...search, q: value || undefined })}
      />
      {narrow && (
        <Select
          className={styles.sort}
          aria-label="Order"
          value={`${isDescending ? '-' : ''}${column}`}
          onChange={(_, { value }) =>
            onChange({ ...search, sort: orders.find(({ sort }) => sort === value)?.sort })
          }
        >
          {orders.map(({ sort, label }) => (
            <option key={sort} value={sort}>
              {label}
            </option>
          ))}
        </Select>
      )}
      <output className={styles.count}>
        {found < all ? `${found} of ${all} container services` : `${all} container services`}
      </output>
    </div>
  );
}

const orders = clusterColumns.flatMap((column) => [
  { sort: column, label: `${columnLabels[column]}, ascending` } as const,
  { sort: `-${column}`, label: `${columnLabels[column]}, descending` } as const,
]);
