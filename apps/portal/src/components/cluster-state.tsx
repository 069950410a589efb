import { Spinner, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  DismissCircle16Filled,
  SubtractCircle16Filled,
} from '@fluentui/react-icons';
import type { ClusterState } from '@slipway/contract';
import type { JSX } from 'react';

const useStyles = makeStyles({
  state: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
  },
  icon: { flexShrink: 0 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  neutral: { color: tokens.colorNeutralForeground3 },
});

const words: Record<ClusterState, string> = {
  deploying: 'Deploying',
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Canceled',
  deleting: 'Deleting',
};

/** What a cluster is doing, in a word with its sign. */
export function ClusterStateMark({ state }: { state: ClusterState }): JSX.Element {
  const styles = useStyles();
  return (
    <span className={styles.state}>
      <Sign state={state} />
      {words[state]}
    </span>
  );
}

function Sign({ state }: { state: ClusterState }): JSX.Element {
  const styles = useStyles();
  switch (state) {
    case 'deploying':
    case 'deleting':
      return <Spinner size="extra-tiny" aria-hidden />;
    case 'succeeded':
      return <CheckmarkCircle16Filled aria-hidden className={mergeClasses(styles.icon, styles.good)} />;
    case 'failed':
      return <DismissCircle16Filled aria-hidden className={mergeClasses(styles.icon, styles.bad)} />;
    case 'canceled':
      return <SubtractCircle16Filled aria-hidden className={mergeClasses(styles.icon, styles.neutral)} />;
  }
}
