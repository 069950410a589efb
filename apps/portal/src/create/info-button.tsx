import { Button, makeStyles } from '@fluentui/react-components';
import { InfoRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { type OpeningProps, openedLater } from '../components/opened-later.tsx';

const useStyles = makeStyles({ button: { minWidth: '24px', width: '24px', height: '24px', padding: 0 } });

/** What an (i) says, and what about. */
export interface InfoProps {
  /** The label that says what the information is about. */
  labelId: string;
  info: ReactNode;
}

/** The (i) itself. */
export function InfoSign({ labelId, info: _said, ...opening }: InfoProps & OpeningProps) {
  const styles = useStyles();
  return (
    <Button
      as="button"
      className={styles.button}
      size="small"
      appearance="transparent"
      icon={<InfoRegular />}
      aria-label="More information"
      aria-describedby={labelId}
      {...opening}
    />
  );
}

/** The (i) behind a field's label. */
export const InfoButton = openedLater(
  InfoSign,
  'dialog',
  async () => (await import('./info-popover.tsx')).InfoPopover,
);
