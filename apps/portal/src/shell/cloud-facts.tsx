import { Popover, PopoverSurface, PopoverTrigger, makeStyles, tokens } from '@fluentui/react-components';
import type { CloudDescription } from '@slipway/contract';
import type { JSX } from 'react';
import type { OpenedProps } from '../components/opened-later.tsx';
import { CloudButton } from './cloud-badge.tsx';
import { explainMachines, explainPace } from './cloud-words.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '320px' },
  facts: { margin: 0, display: 'grid', gap: tokens.spacingVerticalM },
  term: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

/** What using this cloud means, with the button that names it. */
export function CloudFacts({ cloud, ref }: { cloud: CloudDescription } & OpenedProps): JSX.Element {
  const styles = useStyles();
  const pace = explainPace(cloud.pace);
  return (
    <Popover
      withArrow
      positioning={{ position: 'below', align: 'end', overflowBoundaryPadding: 8 }}
      trapFocus
    >
      <PopoverTrigger disableButtonEnhancement>
        <CloudButton cloud={cloud} ref={ref} />
      </PopoverTrigger>
      <PopoverSurface className={styles.surface} aria-label="About this cloud" tabIndex={-1}>
        <dl className={styles.facts}>
          <div>
            <dt className={styles.term}>Cloud</dt>
            <dd className={styles.value}>{cloud.displayName}</dd>
          </div>
          <div>
            <dt className={styles.term}>Machines</dt>
            <dd className={styles.value}>{explainMachines(cloud.machines)}</dd>
          </div>
          {pace && (
            <div>
              <dt className={styles.term}>Pace</dt>
              <dd className={styles.value}>{pace}</dd>
            </div>
          )}
          <div>
            <dt className={styles.term}>Azure Resource Manager endpoint</dt>
            <dd className={styles.value}>{cloud.armEndpoint}</dd>
          </div>
        </dl>
      </PopoverSurface>
    </Popover>
  );
}
