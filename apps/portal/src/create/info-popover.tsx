import { Popover, PopoverSurface, PopoverTrigger, makeStyles } from '@fluentui/react-components';
import type { JSX } from 'react';
import type { OpenedProps } from '../components/opened-later.tsx';
import { type InfoProps, InfoSign } from './info-button.tsx';

const useStyles = makeStyles({ surface: { maxWidth: '320px' } });

/** An (i) with what it says. */
export function InfoPopover({ labelId, info, ref }: InfoProps & OpenedProps): JSX.Element {
  const styles = useStyles();
  return (
    <Popover withArrow size="small" positioning="above-start">
      <PopoverTrigger disableButtonEnhancement>
        <InfoSign labelId={labelId} info={info} ref={ref} />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface}>{info}</PopoverSurface>
    </Popover>
  );
}
