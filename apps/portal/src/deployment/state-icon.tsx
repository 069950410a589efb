import { Spinner, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  DeleteRegular,
  DismissCircleFilled,
  SubtractCircleFilled,
} from '@fluentui/react-icons';
import type { DeploymentHead } from '@slipway/contract';
import type { JSX } from 'react';

const useStyles = makeStyles({
  icon: { fontSize: '28px', display: 'flex' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  canceled: { color: tokens.colorStatusWarningForeground1 },
});

/** The sign of a whole deployment's state, beside its headline. */
export function StateIcon({ state }: { state: DeploymentHead['state'] }): JSX.Element {
  const styles = useStyles();
  switch (state) {
    case 'Accepted':
    case 'Running':
      return <Spinner size="small" aria-hidden />;
    case 'Succeeded':
      return <CheckmarkCircleFilled className={mergeClasses(styles.icon, styles.done)} aria-hidden />;
    case 'Failed':
      return <DismissCircleFilled className={mergeClasses(styles.icon, styles.failed)} aria-hidden />;
    case 'Canceled':
      return <SubtractCircleFilled className={mergeClasses(styles.icon, styles.canceled)} aria-hidden />;
    case 'Deleting':
      return <DeleteRegular className={mergeClasses(styles.icon, styles.canceled)} aria-hidden />;
  }
}
