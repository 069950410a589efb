import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleFilled,
  CircleHintRegular,
  DismissCircleFilled,
  WarningFilled,
} from '@fluentui/react-icons';
import type { JSX } from 'react';
import type { PieceStatus } from './piece-status.ts';

const useStyles = makeStyles({
  badge: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    whiteSpace: 'nowrap',
    // The colours of states are too pale for words on a selected row.
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    '& svg': { fontSize: '16px', flexShrink: 0 },
  },
  calm: { '& svg': { color: tokens.colorNeutralForeground3 } },
  good: { '& svg': { color: tokens.colorStatusSuccessForeground1 } },
  busy: { '& svg': { color: tokens.colorBrandForeground1 } },
  warning: { '& svg': { color: tokens.colorStatusWarningForeground3 } },
  bad: { '& svg': { color: tokens.colorStatusDangerForeground1 } },
});

/** A status as a sign and a word; neither says it by its colour alone. */
export function StatusBadge({ status }: { status: PieceStatus }): JSX.Element {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.badge, styles[status.tone])}>
      <StatusSign tone={status.tone} />
      {status.words}
    </span>
  );
}

function StatusSign({ tone }: { tone: PieceStatus['tone'] }): JSX.Element {
  switch (tone) {
    case 'calm':
      return <CircleHintRegular aria-hidden />;
    case 'good':
      return <CheckmarkCircleFilled aria-hidden />;
    case 'busy':
      return <ArrowSyncRegular aria-hidden />;
    case 'warning':
      return <WarningFilled aria-hidden />;
    case 'bad':
      return <DismissCircleFilled aria-hidden />;
  }
}
