import { Select, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type JSX, useMemo } from 'react';
import { RowGap } from '../../../components/row-gap.tsx';
import { SortHeading, sortHeadingHeight } from '../../../components/sort-heading.tsx';
import { useRowWindow } from '../../../components/use-row-window.ts';
import { PieceIcon, pieceColor } from '../piece-look.tsx';
import { useExplorer } from './explorer-context.ts';
import {
  type PieceRow,
  type TableColumn,
  type TableSort,
  columnWords,
  pieceRows,
  readSort,
  sortRows,
  sortText,
  tableColumns,
} from './piece-sort.ts';
import { StatusBadge } from './status-badge.tsx';

const wideRow = 48;
const narrowRow = 92;

const useStyles = makeStyles({
  whole: { position: 'absolute', inset: 0, display: 'flex', flexDirection: 'column' },
  sorting: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  scroller: { flexGrow: 1, minHeight: 0, overflow: 'auto', overflowX: 'hidden' },
  table: { width: '100%', borderCollapse: 'separate', borderSpacing: 0, tableLayout: 'fixed' },
  head: { position: 'sticky', top: 0, zIndex: 1 },
  cell: {
    boxSizing: 'border-box',
    height: `${wideRow}px`,
    padding: `0 ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  row: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '&[data-selected="true"]': { backgroundColor: tokens.colorNeutralBackground1Selected },
  },
  piece: {
    display: 'grid',
    gridTemplateColumns: '24px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    width: '100%',
    height: '100%',
    minHeight: '44px',
    padding: 0,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: 'inherit',
    font: 'inherit',
    textAlign: 'left',
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  icon: { fontSize: '20px', display: 'flex' },
  lines: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  title: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  nothing: { padding: tokens.spacingHorizontalL, margin: 0 },
  heard: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  },
});

/** The pieces as a table that can be sorted by each of its columns. */
export function PiecesTable(): JSX.Element {
  const styles = useStyles();
  const { graph, statuses, matching, address, change, isNarrow } = useExplorer();
  const all = useMemo(() => pieceRows(graph, statuses), [graph, statuses]);
  const rows = useMemo(
    () =>
      sortRows(
        all.filter(({ node }) => !matching || matching.has(node.id)),
        address.sort,
      ),
    [all, matching, address.sort],
  );
  const rowHeight = isNarrow ? narrowRow : wideRow;
  const { scroller, onScroll, first, end } = useRowWindow(
    rows.length,
    rowHeight,
    isNarrow ? 0 : sortHeadingHeight,
  );
  const sortBy = (sort: TableSort): void => change({ sort }, { replace: true });
  if (rows.length === 0) return <p className={styles.nothing}>No piece fits the search and the filters.</p>;
  return (
    <div className={styles.whole}>
      {isNarrow && <SortChoice sort={address.sort} onSort={sortBy} />}
      <div ref={scroller} className={styles.scroller} onScroll={onScroll}>
        <table className={styles.table} aria-label="Topology" aria-rowcount={rows.length + 1}>
          <thead className={mergeClasses(isNarrow && styles.heard)}>
            <tr aria-rowindex={1}>
              {isNarrow ? (
                <th scope="col">Piece</th>
              ) : (
                tableColumns.map((column) => (
                  <Heading key={column} column={column} sort={address.sort} onSort={sortBy} />
                ))
              )}
            </tr>
          </thead>
          <tbody>
            <RowGap height={first * rowHeight} />
            {rows.slice(first, end).map((row, at) => (
              <tr
                key={row.node.id}
                className={styles.row}
                aria-rowindex={first + at + 2}
                data-selected={row.node.id === address.selectedId}
              >
                {isNarrow ? <NarrowCell row={row} /> : <WideCells row={row} />}
              </tr>
            ))}
            <RowGap height={(rows.length - end) * rowHeight} />
          </tbody>
        </table>
      </div>
    </div>
  );
}

const columnWidths: Readonly<Record<TableColumn, string>> = {
  name: '34%',
  kind: '18%',
  state: '14%',
  where: '18%',
  address: '16%',
};

function Heading({
  column,
  sort,
  onSort,
}: {
  column: TableColumn;
  sort: TableSort;
  onSort: (sort: TableSort) => void;
}): JSX.Element {
  const styles = useStyles();
  const direction = sort?.column !== column ? 'none' : sort.isDescending ? 'descending' : 'ascending';
  return (
    <SortHeading
      label={columnWords[column]}
      direction={direction}
      className={styles.head}
      style={{ width: columnWidths[column] }}
      onSort={(next) => onSort({ column, isDescending: next === 'descending' })}
    />
  );
}

/** On a phone, where the columns' heads have no room. */
function SortChoice({ sort, onSort }: { sort: TableSort; onSort: (sort: TableSort) => void }): JSX.Element {
  const styles = useStyles();
  return (
    <label className={styles.sorting}>
      Sort by
      <Select value={sortText(sort) ?? ''} onChange={(_, { value }) => onSort(readSort(value))}>
        <option value="">From the internet inwards</option>
        {tableColumns.map((column) => (
          <option key={column} value={column}>
            {columnWords[column]}
          </option>
        ))}
        {tableColumns.map((column) => (
          <option key={column} value={`-${column}`}>
            {columnWords[column]}, backwards
          </option>
        ))}
      </Select>
    </label>
  );
}

function WideCells({ row }: { row: PieceRow }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <td className={styles.cell}>
        <PieceButton row={row}>{row.node.name}</PieceButton>
      </td>
      <td className={styles.cell} title={row.kind}>
        {row.kind}
      </td>
      <td className={styles.cell}>{row.status ? <StatusBadge status={row.status} /> : '—'}</td>
      <td className={styles.cell} title={row.where}>
        {row.where || '—'}
      </td>
      <td className={styles.cell} title={row.address}>
        {row.address || '—'}
      </td>
    </>
  );
}

function NarrowCell({ row }: { row: PieceRow }): JSX.Element {
  const styles = useStyles();
  const facts = [row.kind, row.where && `in ${row.where}`, row.address].filter(Boolean).join(' · ');
  return (
    <td className={styles.cell} style={{ height: narrowRow }}>
      <PieceButton row={row}>
        {row.node.name}
        <br />
        {facts}
      </PieceButton>
    </td>
  );
}

function PieceButton({ row, children }: { row: PieceRow; children: React.ReactNode }): JSX.Element {
  const styles = useStyles();
  const { select, isNarrow } = useExplorer();
  const { node, status } = row;
  return (
    <button
      type="button"
      className={styles.piece}
      title={`${node.title}: ${node.name}`}
      onClick={(event) => select(node.id, event.currentTarget)}
    >
      <span className={styles.icon} style={{ color: pieceColor(node.kind) }}>
        <PieceIcon kind={node.kind} />
      </span>
      <span className={styles.lines}>
        <span className={styles.title}>{node.title}</span>
        {node.count !== undefined && ` × ${node.count}`}{' '}
        {isNarrow && status && <StatusBadge status={status} />}
        <br />
        <span className={styles.quiet}>{children}</span>
      </span>
    </button>
  );
}
