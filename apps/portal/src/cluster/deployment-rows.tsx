import {
  Button,
  Tab,
  TabList,
  makeStyles,
  mergeClasses,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { InfoRegular } from '@fluentui/react-icons';
import type { DeploymentRow, DeploymentSnapshot } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import { Fragment, type JSX, type ReactNode, useState } from 'react';
import { useMediaQuery } from '../components/media-query.ts';
import { ArmErrorDetails } from './arm-error-details.tsx';
import { rowStateWord } from './deployment-words.ts';
import { durationText, elapsedMs } from './durations.ts';
import { OperationDetails } from './operation-details.tsx';
import { fullResourceName } from './resource-name.ts';
import { RowIcon } from './row-icon.tsx';
import { RowLink } from './row-link.tsx';
import { useTableStyles } from './table-styles.ts';
import { Lane } from './timeline/lane.tsx';
import { TimelineLegend } from './timeline/legend.tsx';
import { type Timeline, timelineOf } from './timeline/spans.ts';
import { TimeAxis } from './timeline/time-axis.tsx';
import { useTimeWindow } from './timeline/use-time-window.ts';

/** From this width the timeline has room beside the table. */
const besideQuery = '(min-width: 1200px)';

const stackedRow = {
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto auto',
  gridTemplateAreas: '"type state details" "name duration details" "lane lane lane"',
  columnGap: tokens.spacingHorizontalM,
  padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  '& > td': { padding: 0 },
};
const smallText = { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 };

const useStyles = makeStyles({
  state: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  number: { fontVariantNumeric: 'tabular-nums' },
  typeColumn: { width: '16%' },
  stateColumn: { width: '116px' },
  durationColumn: { width: '92px' },
  laneColumn: { width: '36%' },
  detailsColumn: { width: '64px' },
  whole: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  axisAbove: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    padding: `0 ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    // On a phone: what it is and how it is doing above, its name and how long it took below.
    '@media (max-width: 767px)': stackedRow,
  },
  stackedTable: { display: 'block', '& > tbody': { display: 'block' } },
  // The axis stays in sight as long as there are lanes.
  lastingHead: {
    '& th': { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  },
  hiddenHead: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
  },
  stackedRow,
  stackedDetail: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)' },
  typeCell: { gridArea: 'type' },
  nameCell: { gridArea: 'name', minWidth: '132px', '@media (max-width: 767px)': smallText },
  smallName: smallText,
  stateCell: { gridArea: 'state', '@media (max-width: 767px)': { justifySelf: 'end' } },
  durationCell: {
    gridArea: 'duration',
    '@media (max-width: 767px)': { justifySelf: 'end', fontSize: tokens.fontSizeBase200 },
  },
  laneCell: { gridArea: 'lane' },
  detailsCell: { gridArea: 'details', alignSelf: 'center' },
});

/** Each resource of a deployment in a row: what it is, how it is doing, how long it took, when that was, and why it failed. */
export function DeploymentRows({
  deployment,
  rows,
  now,
  atWork,
  emptySentence,
}: DeploymentSnapshot & {
  now: number;
  atWork: boolean;
  /** What to say where there is no row. */
  emptySentence: string;
}): JSX.Element {
  const styles = useStyles();
  const isWide = useMediaQuery(besideQuery);
  const [shown, setShown] = useState<'table' | 'timeline'>('table');
  const [openId, setOpenId] = useState<string>();
  const timeline = timelineOf({ deployment, rows }, { now, atWork });
  const { holder, axis, window } = useTimeWindow();
  if (rows.length === 0) return <div>{emptySentence}</div>;
  const withLanes = timeline !== undefined && (isWide || shown === 'timeline');
  const layout = !withLanes ? 'none' : isWide ? 'beside' : 'below';
  const open = rows.find(({ id }) => id === openId);
  return (
    <div className={styles.whole} ref={holder}>
      {timeline && !isWide && (
        <TabList
          size="small"
          aria-label="How the resources are shown"
          selectedValue={shown}
          onTabSelect={(_, { value }) => setShown(value === 'timeline' ? 'timeline' : 'table')}
        >
          <Tab value="table">Table</Tab>
          <Tab value="timeline">Timeline</Tab>
        </TabList>
      )}
      {withLanes && (
        <TimelineLegend
          states={new Set(rows.map(({ state }) => state))}
          waits={[...timeline.spans.values()].some(({ waitedFromMs }) => waitedFromMs !== undefined)}
          atWork={atWork}
        />
      )}
      {withLanes && layout === 'below' && (
        <div className={styles.axisAbove}>
          <TimeAxis timeline={timeline} window={window} axis={axis} />
        </div>
      )}
      <RowsTable
        rows={rows}
        now={now}
        atWork={atWork}
        layout={layout}
        timeline={timeline}
        axis={
          withLanes && layout === 'beside' && <TimeAxis timeline={timeline} window={window} axis={axis} />
        }
        openId={openId}
        onOpen={setOpenId}
      />
      <OperationDetails
        row={open}
        rows={rows}
        deployment={deployment}
        now={now}
        atWork={atWork}
        onClose={() => setOpenId(undefined)}
      />
    </div>
  );
}

function RowsTable({
  rows,
  now,
  atWork,
  layout,
  timeline,
  axis,
  openId,
  onOpen,
}: {
  rows: readonly DeploymentRow[];
  now: number;
  atWork: boolean;
  /** Where the lanes of the timeline are. */
  layout: 'beside' | 'below' | 'none';
  timeline: Timeline | undefined;
  axis: ReactNode;
  openId: string | undefined;
  onOpen: (id: string) => void;
}): JSX.Element {
  const table = useTableStyles();
  const styles = useStyles();
  const restoreFocus = useRestoreFocusTarget();
  const [pointedId, setPointedId] = useState<string>();
  const pointed = rows.find(({ id }) => id === (pointedId ?? openId));
  const awaited = new Set(pointed?.waitsFor?.map((id) => id.toLowerCase()));
  const stacked = layout === 'below';
  return (
    <table className={mergeClasses(table.table, stacked && styles.stackedTable)}>
      <thead
        className={mergeClasses(
          table.head,
          stacked && styles.hiddenHead,
          layout === 'beside' && styles.lastingHead,
        )}
      >
        <tr>
          <th scope="col" className={styles.typeColumn}>
            Type
          </th>
          <th scope="col">Name</th>
          <th scope="col" className={styles.stateColumn}>
            State
          </th>
          <th scope="col" className={styles.durationColumn}>
            Duration
          </th>
          {layout !== 'none' && (
            <th scope="col" className={styles.laneColumn}>
              {axis || 'Timeline'}
            </th>
          )}
          <th scope="col" className={styles.detailsColumn}>
            Details
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const taken = elapsedMs(row, (row.state === 'Running' || row.state === 'Deleting') && atWork, now);
          return (
            <Fragment key={row.id}>
              <tr
                className={mergeClasses(styles.row, stacked && styles.stackedRow)}
                onPointerEnter={() => setPointedId(row.id)}
                onPointerLeave={() => setPointedId(undefined)}
                onFocus={() => setPointedId(row.id)}
                onBlur={() => setPointedId(undefined)}
              >
                <td className={mergeClasses(table.name, styles.typeCell)}>{displayNameOfType(row.type)}</td>
                <td className={mergeClasses(styles.nameCell, stacked && styles.smallName)}>
                  <RowLink row={row} otherwise={fullResourceName(row)}>
                    {fullResourceName(row)}
                  </RowLink>
                </td>
                <td className={styles.stateCell}>
                  <span className={styles.state}>
                    <RowIcon state={row.state} /> {rowStateWord(row.state, atWork)}
                  </span>
                </td>
                <td className={mergeClasses(styles.number, styles.durationCell)}>
                  {taken === undefined || row.state === 'Waiting' ? '—' : durationText(taken)}
                </td>
                {layout !== 'none' && timeline && (
                  <td className={styles.laneCell}>
                    <Lane
                      timeline={timeline}
                      span={timeline.spans.get(row.id)}
                      state={row.state}
                      isAwaited={awaited.has(row.id.toLowerCase())}
                    />
                  </td>
                )}
                <td className={styles.detailsCell}>
                  <Button
                    {...restoreFocus}
                    size="small"
                    appearance="subtle"
                    icon={<InfoRegular />}
                    aria-label={`Operation details of ${fullResourceName(row)}`}
                    onClick={() => onOpen(row.id)}
                  />
                </td>
              </tr>
              {row.error && (
                <tr className={mergeClasses(table.detail, stacked && styles.stackedDetail)}>
                  <td colSpan={layout === 'none' ? 5 : 6}>
                    <ArmErrorDetails error={row.error} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
