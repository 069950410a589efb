import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import type { CloudDescription } from '@slipway/contract';
import type { JSX } from 'react';
import { type OpeningProps, openedLater } from '../components/opened-later.tsx';
import { cloudDetail } from './cloud-words.ts';

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
});

/** The button that names the cloud. */
export function CloudButton({ cloud, ...button }: { cloud: CloudDescription } & OpeningProps): JSX.Element {
  const styles = useStyles();
  return (
    <button type="button" className={styles.button} {...button}>
      <Badge
        className={styles.badge}
        appearance="tint"
        size="large"
        color={cloud.kind === 'local' ? 'brand' : 'success'}
      >
        {cloud.displayName}
      </Badge>
      <span className={styles.detail}>{cloudDetail(cloud)}</span>
    </button>
  );
}

/** Which cloud is in use, with what that means behind a click. */
export const CloudBadge = openedLater(
  CloudButton,
  'dialog',
  async () => (await import('./cloud-facts.tsx')).CloudFacts,
);
