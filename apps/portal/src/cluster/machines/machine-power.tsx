import { Badge, type BadgeProps, makeStyles } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkCircleRegular,
  PowerRegular,
  QuestionCircleRegular,
  RecordStopRegular,
} from '@fluentui/react-icons';
import type { MachinePower as Power } from '@slipway/contract';
import type { JSX } from 'react';
import { powerWords } from './machine-words.ts';

const looks: Readonly<Record<Power, { color: NonNullable<BadgeProps['color']>; icon: JSX.Element }>> = {
  starting: { color: 'informative', icon: <ArrowSyncRegular /> },
  running: { color: 'success', icon: <CheckmarkCircleRegular /> },
  stopping: { color: 'informative', icon: <ArrowSyncRegular /> },
  stopped: { color: 'warning', icon: <RecordStopRegular /> },
  deallocating: { color: 'informative', icon: <ArrowSyncRegular /> },
  deallocated: { color: 'warning', icon: <PowerRegular /> },
  unknown: { color: 'informative', icon: <QuestionCircleRegular /> },
};

const useStyles = makeStyles({ power: { whiteSpace: 'nowrap', flexShrink: 0 } });

/** Whether a machine runs, in one word with an icon. */
export function MachinePower({ power }: { power: Power }): JSX.Element {
  const styles = useStyles();
  const { color, icon } = looks[power];
  return (
    <Badge appearance="tint" color={color} size="large" icon={icon} className={styles.power}>
      {powerWords[power]}
    </Badge>
  );
}
