import {
  Button,
  Radio,
  RadioGroup,
  SearchBox,
  Select,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular } from '@fluentui/react-icons';
import type { MachinePrices, MachineSize, MachineSizes } from '@slipway/contract';
import { type JSX, type ReactNode, useId, useState } from 'react';
import type { FieldControl } from './form-field.tsx';
import { type MachineCounts, familyName, sizeObstacle } from './machine-choice.ts';
import { hoursPerMonth, moneyText, pricePerHour } from './machine-cost.ts';
import {
  type SizeColumn,
  inOrder,
  matchingSizes,
  nextOrder,
  sizeColumns,
  smallestFirst,
} from './size-order.ts';

/** A region offers some hundred sizes: so many are drawn at first, and so many more each time. */
const firstRows = 12;
const moreRows = 60;

/** Where the columns do not fit beside each other, whatever stands beside the table. */
const narrow = '@container (max-width: 599px)';

const useStyles = makeStyles({
  choice: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
    containerType: 'inline-size',
  },
  tools: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  search: { flexGrow: 1, maxWidth: 'none', minWidth: '200px' },
  sort: { display: 'none', [narrow]: { display: 'flex', flexGrow: 1, gap: tokens.spacingHorizontalS } },
  sortBy: { flexGrow: 1 },
  group: {
    display: 'block',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '&[aria-invalid="true"]': { border: `1px solid ${tokens.colorPaletteRedBorder2}` },
  },
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    '& th, & td': {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
      textAlign: 'start',
      verticalAlign: 'top',
      fontWeight: tokens.fontWeightRegular,
    },
    '& tbody tr': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    [narrow]: { display: 'block', '& tbody, & tr, & tbody th': { display: 'block' } },
  },
  head: {
    [narrow]: {
      position: 'absolute',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      visibility: 'hidden',
    },
  },
  sortButton: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '2px',
    minHeight: '24px',
    padding: 0,
    border: 'none',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground3,
    fontFamily: 'inherit',
    fontSize: 'inherit',
    fontWeight: tokens.fontWeightSemibold,
    textAlign: 'start',
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  number: {
    fontVariantNumeric: 'tabular-nums',
    // On one line with the size's name, which stands beside its radio button.
    '& > span:first-child': { display: 'block', paddingTop: tokens.spacingVerticalSNudge },
    [narrow]: { display: 'none' },
  },
  row: { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  chosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  size: { display: 'flex', alignItems: 'start', minWidth: 0 },
  name: { paddingBlock: tokens.spacingVerticalSNudge, minWidth: 0, overflowWrap: 'anywhere' },
  label: { cursor: 'pointer', display: 'block', color: tokens.colorNeutralForeground1 },
  off: { cursor: 'not-allowed', color: tokens.colorNeutralForegroundDisabled },
  detail: { color: tokens.colorNeutralForeground3, display: 'block' },
  inWords: { display: 'none', [narrow]: { display: 'block' } },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  nothing: { padding: tokens.spacingHorizontalM },
});

const columnNames: Record<SizeColumn, string> = {
  name: 'Size',
  vCpus: 'vCPUs',
  memory: 'Memory',
  dataDisks: 'Data disks',
  tempDisk: 'Temp disk',
  quota: 'Quota left',
  price: 'Per month',
};

/**
 * The machine sizes of a region, to search, to sort and to choose one of. Sizes that cannot be chosen stay in their place
 * and say why. On a phone each is a card.
 */
export default function SizeTable({
  control,
  known,
  machines,
  prices,
  value,
  onChange,
}: {
  control: FieldControl;
  known: MachineSizes;
  machines: MachineCounts;
  prices: MachinePrices | undefined;
  value: string;
  onChange: (value: string) => void;
}): JSX.Element {
  const styles = useStyles();
  const [query, setQuery] = useState('');
  const [order, setOrder] = useState(smallestFirst);
  const [rows, setRows] = useState(firstRows);
  const matching = inOrder(matchingSizes(known.sizes, query), order, prices);
  const shown = matching.slice(0, rows);
  const columns = sizeColumns.filter((column) => column !== 'price' || prices?.known);
  return (
    <div className={styles.choice}>
      <div className={styles.tools}>
        <SearchBox
          className={styles.search}
          aria-label="Search machine sizes"
          placeholder="Search by name, family, vCPUs or memory"
          value={query}
          onChange={(_, data) => {
            setQuery(data.value);
            setRows(firstRows);
          }}
          onKeyDown={(event) => {
            // Enter in a search finds; it is not the blade's OK.
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
        <div className={styles.sort}>
          <Select
            className={styles.sortBy}
            aria-label="Sort by"
            value={order.column}
            onChange={(_, data) => {
              const column = sizeColumns.find((each) => each === data.value);
              if (column) setOrder({ column, descending: false });
            }}
          >
            {columns.map((column) => (
              <option key={column} value={column}>
                Sort by: {columnNames[column]}
              </option>
            ))}
          </Select>
          <Button
            aria-label={order.descending ? 'Largest first' : 'Smallest first'}
            icon={order.descending ? <ArrowDownRegular /> : <ArrowUpRegular />}
            onClick={() => setOrder({ ...order, descending: !order.descending })}
          />
        </div>
      </div>
      <RadioGroup
        {...control}
        className={styles.group}
        tabIndex={-1}
        value={value}
        onChange={(_, data) => onChange(data.value)}
      >
        <table className={styles.table} aria-label="Machine sizes">
          <thead className={styles.head}>
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={
                    order.column === column ? (order.descending ? 'descending' : 'ascending') : 'none'
                  }
                >
                  <button
                    type="button"
                    className={styles.sortButton}
                    onClick={() => setOrder(nextOrder(order, column))}
                  >
                    {columnNames[column]}
                    {order.column === column &&
                      (order.descending ? <ArrowDownRegular /> : <ArrowUpRegular />)}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((size) => (
              <SizeRow
                key={size.name}
                size={size}
                obstacle={sizeObstacle(size, known, machines)}
                isChosen={size.name.toLowerCase() === value.toLowerCase()}
                prices={prices}
              />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <div className={styles.nothing}>
            {known.sizes.length === 0
              ? 'The region offers no size that a cluster can use.'
              : 'No size matches. Search for less.'}
          </div>
        )}
      </RadioGroup>
      <div className={styles.foot}>
        <output>
          {shown.length === matching.length
            ? `${matching.length} ${matching.length === 1 ? 'size' : 'sizes'}`
            : `${shown.length} of ${matching.length} sizes`}
        </output>
        {shown.length < matching.length && (
          <Button size="small" onClick={() => setRows(rows + moreRows)}>
            Show more sizes
          </Button>
        )}
      </div>
    </div>
  );
}

function SizeRow({
  size,
  obstacle,
  isChosen,
  prices,
}: {
  size: MachineSize;
  obstacle: string | undefined;
  isChosen: boolean;
  prices: MachinePrices | undefined;
}): JSX.Element {
  const styles = useStyles();
  const id = useId();
  const hour = pricePerHour(size.name, prices);
  const month =
    prices?.known && hour !== undefined ? moneyText(hour * hoursPerMonth, prices.currency) : undefined;
  return (
    <tr className={mergeClasses(styles.row, isChosen && styles.chosen)}>
      <th scope="row">
        <div className={styles.size}>
          <Radio
            id={id}
            value={size.name}
            disabled={obstacle !== undefined}
            aria-label={size.name}
            aria-describedby={`${id}-detail`}
          />
          <div className={styles.name}>
            <label htmlFor={id} className={mergeClasses(styles.label, obstacle !== undefined && styles.off)}>
              {size.name}
            </label>
            <span id={`${id}-detail`}>
              <span className={styles.detail}>{familyName(size)} family</span>
              <span className={mergeClasses(styles.detail, styles.inWords)}>
                {inWords(size, month).join(' · ')}
              </span>
              {obstacle && <span className={styles.detail}>{obstacle}</span>}
            </span>
          </div>
        </div>
      </th>
      <NumberCell>{size.vCpus}</NumberCell>
      <NumberCell>{size.memoryGiB} GiB</NumberCell>
      <NumberCell>{size.maxDataDisks ?? '–'}</NumberCell>
      <NumberCell>{tempDisk(size)}</NumberCell>
      <NumberCell>{size.familyCoresLeft ?? '–'}</NumberCell>
      {prices?.known && (
        <NumberCell
          detail={hour === undefined ? undefined : `${moneyText(hour, prices.currency, 4)} an hour`}
        >
          {month ?? 'unknown'}
        </NumberCell>
      )}
    </tr>
  );
}

function NumberCell({ detail, children }: { detail?: string | undefined; children: ReactNode }): JSX.Element {
  const styles = useStyles();
  return (
    <td className={styles.number}>
      <span>{children}</span>
      {detail && <span className={styles.detail}>{detail}</span>}
    </td>
  );
}

function tempDisk({ tempDiskGiB }: MachineSize): string {
  if (tempDiskGiB === undefined) return '–';
  return tempDiskGiB === 0 ? 'none' : `${tempDiskGiB} GiB`;
}

function inWords(size: MachineSize, month: string | undefined): string[] {
  return [
    `${size.vCpus} ${size.vCpus === 1 ? 'vCPU' : 'vCPUs'}`,
    `${size.memoryGiB} GiB`,
    ...(size.maxDataDisks === undefined ? [] : [`${size.maxDataDisks} data disks`]),
    ...(size.tempDiskGiB ? [`temp disk ${size.tempDiskGiB} GiB`] : []),
    ...(size.familyCoresLeft === undefined ? [] : [`${size.familyCoresLeft} vCPUs of quota left`]),
    ...(month === undefined ? [] : [`${month} a month`]),
  ];
}
