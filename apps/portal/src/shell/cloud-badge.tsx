import {
  Badge,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { CloudDescription } from '@slipway/contract';
import type { JSX } from 'react';
import { cloudDetail, explainMachines, explainPace } from './cloud-words.ts';

const useStyles = makeStyles({
  button: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '32px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    paddingInline: tokens.spacingHorizontalS,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase200,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  badge: { whiteSpace: 'nowrap' },
  detail: { whiteSpace: 'nowrap', '@media (max-width: 767px)': { display: 'none' } },
  surface: { maxWidth: '320px' },
  facts: { margin: 0, display: 'grid', gap: tokens.spacingVerticalM },
  term: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

/** Which cloud is in use, with what that means behind a click. */
export function CloudBadge({ cloud }: { cloud: CloudDescription }): JSX.Element {
  const styles = useStyles();
  const detail = cloudDetail(cloud);
  const pace = explainPace(cloud.pace);
  return (
    <Popover
      withArrow
      positioning={{ position: 'below', align: 'end', overflowBoundaryPadding: 8 }}
      trapFocus
    >
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className={styles.button}>
          <Badge
            className={styles.badge}
            appearance="tint"
            size="large"
            color={cloud.kind === 'local' ? 'brand' : 'success'}
          >
            {cloud.displayName}
          </Badge>
          <span className={styles.detail}>{detail}</span>
        </button>
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
