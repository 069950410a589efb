import { Spinner, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CircleRegular,
  DismissCircleFilled,
  SubtractCircleFilled,
} from '@fluentui/react-icons';
import type { DeploymentRow, RowState } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import { Fragment, type JSX } from 'react';
import { ArmErrorDetails } from './arm-error-details.tsx';
import { rowStateWord } from './deployment-words.ts';
import { durationText, elapsedMs } from './durations.ts';
import { fullResourceName } from './resource-name.ts';
import { useTableStyles } from './table-styles.ts';

const useStyles = makeStyles({
  state: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  icon: { fontSize: '18px', display: 'flex' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  canceled: { color: tokens.colorStatusWarningForeground1 },
  waiting: { color: tokens.colorNeutralForeground3 },
  number: { fontVariantNumeric: 'tabular-nums' },
  typeColumn: { width: '24%' },
  stateColumn: { width: '140px' },
  durationColumn: { width: '120px' },
  row: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    // On a phone: what it is and how it is doing above, its name and how long it took below.
    '@media (max-width: 767px)': {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      gridTemplateAreas: '"type state" "name duration"',
      columnGap: tokens.spacingHorizontalM,
      padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
      '& td': { padding: 0 },
    },
  },
  typeCell: { gridArea: 'type' },
  nameCell: {
    gridArea: 'name',
    '@media (max-width: 767px)': { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  },
  stateCell: { gridArea: 'state', '@media (max-width: 767px)': { justifySelf: 'end' } },
  durationCell: {
    gridArea: 'duration',
    '@media (max-width: 767px)': { justifySelf: 'end', fontSize: tokens.fontSizeBase200 },
  },
});

/** A row for each resource of a deployment: what it is, how it is doing, how long it took, and why it failed. */
export function DeploymentRows({
  rows,
  now,
  atWork,
}: {
  rows: readonly DeploymentRow[];
  now: number;
  atWork: boolean;
}): JSX.Element {
  const table = useTableStyles();
  const styles = useStyles();
  if (rows.length === 0) {
    return (
      <div>{atWork ? 'Azure Resource Manager has not begun with any resource yet.' : 'There are none.'}</div>
    );
  }
  return (
    <table className={table.table}>
      <thead className={table.head}>
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
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const taken = elapsedMs(row, (row.state === 'Running' || row.state === 'Deleting') && atWork, now);
          return (
            <Fragment key={row.id}>
              <tr className={styles.row}>
                <td className={mergeClasses(table.name, styles.typeCell)}>{displayNameOfType(row.type)}</td>
                <td className={styles.nameCell}>{fullResourceName(row)}</td>
                <td className={styles.stateCell}>
                  <span className={styles.state}>
                    <RowIcon state={row.state} /> {rowStateWord(row.state, atWork)}
                  </span>
                </td>
                <td className={mergeClasses(styles.number, styles.durationCell)}>
                  {taken === undefined || row.state === 'Waiting' ? '—' : durationText(taken)}
                </td>
              </tr>
              {row.error && (
                <tr className={table.detail}>
                  <td colSpan={4}>
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

function RowIcon({ state }: { state: RowState }): JSX.Element {
  const styles = useStyles();
  switch (state) {
    case 'Waiting':
      return <CircleRegular className={mergeClasses(styles.icon, styles.waiting)} aria-hidden />;
    case 'Running':
    case 'Deleting':
      return <Spinner size="extra-tiny" aria-hidden />;
    case 'Succeeded':
    case 'Deleted':
      return <CheckmarkCircleFilled className={mergeClasses(styles.icon, styles.done)} aria-hidden />;
    case 'Failed':
      return <DismissCircleFilled className={mergeClasses(styles.icon, styles.failed)} aria-hidden />;
    case 'Canceled':
      return <SubtractCircleFilled className={mergeClasses(styles.icon, styles.canceled)} aria-hidden />;
  }
}
