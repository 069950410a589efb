import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  AddCircleRegular,
  CircleRegular,
  EditRegular,
  QuestionCircleRegular,
  SubtractCircleRegular,
} from '@fluentui/react-icons';
import type { WhatIfOutcome } from '@slipway/contract';
import type { JSX } from 'react';

const useStyles = makeStyles({
  sign: { fontSize: '20px', flexShrink: 0, verticalAlign: 'text-bottom' },
  added: { color: tokens.colorStatusSuccessForeground1 },
  removed: { color: tokens.colorStatusDangerForeground1 },
  changed: { color: tokens.colorStatusWarningForeground3 },
  quiet: { color: tokens.colorNeutralForeground3 },
});

/** What becomes of something, as a sign that is told by its form alone; the words beside it say it, too. */
export function OutcomeSign({ outcome }: { outcome: WhatIfOutcome }): JSX.Element {
  const styles = useStyles();
  switch (outcome) {
    case 'added':
      return <AddCircleRegular aria-hidden className={mergeClasses(styles.sign, styles.added)} />;
    case 'removed':
      return <SubtractCircleRegular aria-hidden className={mergeClasses(styles.sign, styles.removed)} />;
    case 'changed':
      return <EditRegular aria-hidden className={mergeClasses(styles.sign, styles.changed)} />;
    case 'uncertain':
    case 'unknown':
      return <QuestionCircleRegular aria-hidden className={mergeClasses(styles.sign, styles.quiet)} />;
    case 'unchanged':
    case 'untouched':
      return <CircleRegular aria-hidden className={mergeClasses(styles.sign, styles.quiet)} />;
  }
}
