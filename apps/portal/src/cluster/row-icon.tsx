import { Spinner, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CircleRegular,
  DismissCircleFilled,
  SubtractCircleFilled,
} from '@fluentui/react-icons';
import type { RowState } from '@slipway/contract';
import type { JSX } from 'react';

const useStyles = makeStyles({
  icon: { fontSize: '18px', display: 'flex' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  canceled: { color: tokens.colorStatusWarningForeground1 },
  waiting: { color: tokens.colorNeutralForeground3 },
});

/** The sign of a state. */
export function RowIcon({ state }: { state: RowState }): JSX.Element {
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
