import { Button, Popover, PopoverSurface, PopoverTrigger, makeStyles } from '@fluentui/react-components';
import { InfoRegular } from '@fluentui/react-icons';
import type { JSX, ReactNode } from 'react';

const useStyles = makeStyles({
  button: { minWidth: '24px', width: '24px', height: '24px', padding: 0 },
  surface: { maxWidth: '320px' },
});

/** The (i) behind a field's label. `labelId`: the label that says what the information is about. */
export function InfoButton({ labelId, children }: { labelId: string; children: ReactNode }): JSX.Element {
  const styles = useStyles();
  return (
    <Popover withArrow size="small" positioning="above-start">
      <PopoverTrigger disableButtonEnhancement>
        <Button
          className={styles.button}
          size="small"
          appearance="transparent"
          icon={<InfoRegular />}
          aria-label="More information"
          aria-describedby={labelId}
        />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface}>{children}</PopoverSurface>
    </Popover>
  );
}
