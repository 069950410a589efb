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
import { durationText, elapsedMs } from './durations.ts';
import { useTableStyles } from './table-styles.ts';

const useStyles = makeStyles({
  state: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  icon: { fontSize: '18px', display: 'flex' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  canceled: { color: tokens.colorStatusWarningForeground1 },
  waiting: { color: tokens.colorNeutralForeground3 },
  number: { fontVariantNumeric: 'tabular-nums' },
});

const stateWords: Record<RowState, string> = {
  Waiting: 'Waiting',
  Running: 'Running',
  Succeeded: 'Succeeded',
  Failed: 'Failed',
  Canceled: 'Canceled',
};

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
          <th scope="col">Resource</th>
          <th scope="col">Type</th>
          <th scope="col">State</th>
          <th scope="col">Duration</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const taken = elapsedMs(row, row.state === 'Running' && atWork, now);
          return (
            <Fragment key={row.id}>
              <tr className={table.row}>
                <td data-label="Resource" className={table.name}>
                  {row.name}
                </td>
                <td data-label="Type">{displayNameOfType(row.type)}</td>
                <td data-label="State">
                  <span className={styles.state}>
                    <RowIcon state={row.state} /> {stateWords[row.state]}
                  </span>
                </td>
                <td data-label="Duration" className={styles.number}>
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
      return <Spinner size="extra-tiny" aria-hidden />;
    case 'Succeeded':
      return <CheckmarkCircleFilled className={mergeClasses(styles.icon, styles.done)} aria-hidden />;
    case 'Failed':
      return <DismissCircleFilled className={mergeClasses(styles.icon, styles.failed)} aria-hidden />;
    case 'Canceled':
      return <SubtractCircleFilled className={mergeClasses(styles.icon, styles.canceled)} aria-hidden />;
  }
}
