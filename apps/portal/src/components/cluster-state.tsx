import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  DismissCircle16Filled,
  SubtractCircle16Filled,
} from '@fluentui/react-icons';
import type { ClusterState } from '@slipway/contract';
import type { JSX } from 'react';
import { WaitRing } from './wait-ring.tsx';

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

const tones: Record<ClusterState, StateTone> = {
  deploying: 'working',
  succeeded: 'good',
  failed: 'bad',
  canceled: 'neutral',
  deleting: 'working',
};

/** What a state means to a person: which sign it has. */
export type StateTone = 'working' | 'good' | 'bad' | 'neutral';

/** What a cluster is doing, in a word with its sign. */
export function ClusterStateMark({ state }: { state: ClusterState }): JSX.Element {
  return <StateMark tone={tones[state]}>{words[state]}</StateMark>;
}

/** The word for a state with its sign. */
export function StateMark({ tone, children }: { tone: StateTone; children: string }): JSX.Element {
  const styles = useStyles();
  return (
    <span className={styles.state}>
      <Sign tone={tone} />
      {children}
    </span>
  );
}

function Sign({ tone }: { tone: StateTone }): JSX.Element {
  const styles = useStyles();
  switch (tone) {
    case 'working':
      return <WaitRing size="extra-tiny" />;
    case 'good':
      return <CheckmarkCircle16Filled aria-hidden className={mergeClasses(styles.icon, styles.good)} />;
    case 'bad':
      return <DismissCircle16Filled aria-hidden className={mergeClasses(styles.icon, styles.bad)} />;
    case 'neutral':
      return <SubtractCircle16Filled aria-hidden className={mergeClasses(styles.icon, styles.neutral)} />;
  }
}
