import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { type JSX, type ReactNode, useMemo, useState } from 'react';
import { RowGap } from '../row-gap.tsx';
import { SortHeading, sortHeadingHeight } from '../sort-heading.tsx';
import { useRowWindow } from '../use-row-window.ts';
import type { ListColumn } from './list-column.ts';
import { type ListLine, linesOf } from './list-rows.ts';
import type { ListSort } from './list-search.ts';

/** Up to so many lines all are drawn, as high as their words are; of more only those that can be seen, all of one height. */
const mostDrawn = 150;
const wideRow = 44;
const narrowRow = 72;

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  scroller: { overflowY: 'auto', height: 'max(360px, calc(100dvh - 290px))' },
  table: { width: '100%', borderCollapse: 'separate', borderSpacing: 0 },
  fixed: { tableLayout: 'fixed' },
  sticky: { position: 'sticky', top: 0, zIndex: 1 },
  row: {
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '&:last-child > *': { borderBottom: 'none' },
  },
  cell: {
    boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    verticalAlign: 'middle',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  whole: { whiteSpace: 'nowrap' },
  cut: { paddingBlock: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  group: { backgroundColor: tokens.colorNeutralBackground2, padding: `0 ${tokens.spacingHorizontalXS}` },
  groupButton: {
    justifyContent: 'start',
    minHeight: '40px',
    maxWidth: '100%',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    textAlign: 'left',
  },
  count: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  name: { fontWeight: tokens.fontWeightSemibold },
  heard: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  facts: {
    margin: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(84px, max-content) minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXXS,
    '& dd': { margin: 0 },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
});

export interface ListTableProps<Row> {
  /** What the table lists, for example `Resource groups`. */
  label: string;
  /** In their order. */
  rows: readonly Row[];
  columns: readonly ListColumn<Row>[];
  keyOf: (row: Row) => string;
  groupBy: ListColumn<Row> | undefined;
  sort: ListSort | undefined;
  isNarrow: boolean;
  onSort: (sort: ListSort) => void;
}

/** The rows of a list as a table; on a phone as a table of one column, with all that is known below each name. */
export function ListTable<Row>(props: ListTableProps<Row>): JSX.Element {
  const { label, rows, columns, keyOf, groupBy, sort, isNarrow, onSort } = props;
  const styles = useStyles();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => linesOf(rows, groupBy, closed), [rows, groupBy, closed]);
  const isCut = lines.length > mostDrawn;
  const height = isNarrow ? narrowRow : wideRow;
  const { scroller, onScroll, first, end } = useRowWindow(
    lines.length,
    height,
    isNarrow ? 0 : sortHeadingHeight,
  );
  const drawn = isCut ? lines.slice(first, end) : lines;
  const start = isCut ? first : 0;
  const toggle = (value: string): void => {
    const next = new Set(closed);
    if (!next.delete(value)) next.add(value);
    setClosed(next);
  };
  const least = columns.reduce((sum, { width }) => sum + width, 0);
  return (
    <div
      ref={scroller}
      className={mergeClasses(styles.frame, isCut && styles.scroller)}
      onScroll={isCut ? onScroll : undefined}
    >
      <table
        className={mergeClasses(styles.table, isCut && styles.fixed)}
        style={isNarrow ? {} : { minWidth: least }}
        aria-label={label}
        aria-rowcount={lines.length + 1}
      >
        <thead className={mergeClasses(isNarrow && styles.heard)}>
          <tr aria-rowindex={1}>
            {isNarrow ? (
              <th scope="col">{label}</th>
            ) : (
              columns.map(({ id, label: heading, width }) => (
                <SortHeading
                  key={id}
                  label={heading}
                  direction={sort?.column !== id ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
                  className={mergeClasses(isCut && styles.sticky)}
                  style={{ width: `${(100 * width) / least}%` }}
                  onSort={(direction) => onSort({ column: id, isDescending: direction === 'descending' })}
                />
              ))
            )}
          </tr>
        </thead>
        <tbody>
          {isCut && <RowGap height={start * height} />}
          {drawn.map((line, at) => (
            <tr
              key={line.kind === 'row' ? keyOf(line.row) : `group ${line.value}`}
              className={styles.row}
              aria-rowindex={start + at + 2}
              style={isCut ? { height } : {}}
            >
              {line.kind === 'group' ? (
                <GroupHead
                  line={line}
                  width={isNarrow ? 1 : columns.length}
                  onToggle={() => toggle(line.value)}
                />
              ) : isNarrow ? (
                <Card row={line.row} columns={columns} isCut={isCut} />
              ) : (
                <Cells row={line.row} columns={columns} isCut={isCut} />
              )}
            </tr>
          ))}
          {isCut && <RowGap height={(lines.length - end) * height} />}
        </tbody>
      </table>
    </div>
  );
}

function GroupHead<Row>({
  line: { label, count, isOpen },
  width,
  onToggle,
}: {
  line: Extract<ListLine<Row>, { kind: 'group' }>;
  width: number;
  onToggle: () => void;
}): JSX.Element {
  const styles = useStyles();
  return (
    <th scope="colgroup" colSpan={width} className={mergeClasses(styles.cell, styles.group)}>
      <Button
        appearance="transparent"
        className={styles.groupButton}
        icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        {label}&nbsp;<span className={styles.count}>({count.toLocaleString()})</span>
      </Button>
    </th>
  );
}

interface RowProps<Row> {
  row: Row;
  columns: readonly ListColumn<Row>[];
  /** As high as every other row, and cut off where its words are longer. */
  isCut: boolean;
}

const contentOf = <Row,>(column: ListColumn<Row>, row: Row, isCut: boolean): ReactNode => {
  const text = column.text(row);
  return text === '' ? '—' : (column.cell?.(row, isCut) ?? text);
};

function Cells<Row>({ row, columns, isCut }: RowProps<Row>): JSX.Element {
  const styles = useStyles();
  const className = mergeClasses(styles.cell, isCut && styles.cut);
  const title = (column: ListColumn<Row>) => (isCut ? { title: column.text(row) } : {});
  return (
    <>
      {columns.map((column, at) =>
        at === 0 ? (
          <th key={column.id} scope="row" className={className} {...title(column)}>
            {contentOf(column, row, isCut)}
          </th>
        ) : (
          <td
            key={column.id}
            className={mergeClasses(className, column.isWhole && styles.whole)}
            {...title(column)}
          >
            {contentOf(column, row, isCut)}
          </td>
        ),
      )}
    </>
  );
}

/** On a phone. Of thousands a line says all that fits; of few each fact has a line of its own. */
function Card<Row>({ row, columns: [name, ...others], isCut }: RowProps<Row>): JSX.Element {
  const styles = useStyles();
  const known = others.filter((column) => column.text(row) !== '');
  return (
    <th scope="row" className={mergeClasses(styles.cell, isCut && styles.cut)}>
      {name && (
        <div className={mergeClasses(styles.name, isCut && styles.cut)}>{contentOf(name, row, isCut)}</div>
      )}
      {isCut ? (
        <div className={mergeClasses(styles.quiet, styles.cut)}>
          {known.map((column) => column.text(row)).join(' · ')}
        </div>
      ) : (
        <dl className={styles.facts}>
          {known.map((column) => [
            <dt key={`${column.id} label`} className={styles.quiet}>
              {column.label}
            </dt>,
            <dd key={column.id}>{contentOf(column, row, isCut)}</dd>,
          ])}
        </dl>
      )}
    </th>
  );
}
