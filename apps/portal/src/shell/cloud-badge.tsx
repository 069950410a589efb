import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
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
  // As Fluent's badge looks, which can do much more.
  badge: {
    whiteSpace: 'nowrap',
    lineHeight: '22px',
    paddingInline: '7px',
    border: `1px solid ${tokens.colorBrandStroke2}`,
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
  },
  azure: {
    border: `1px solid ${tokens.colorStatusSuccessBorder1}`,
    backgroundColor: tokens.colorStatusSuccessBackground1,
    color: tokens.colorStatusSuccessForeground1,
  },
  detail: { whiteSpace: 'nowrap', '@media (max-width: 767px)': { display: 'none' } },
});

/** The button that names the cloud. */
export function CloudButton({ cloud, ...button }: { cloud: CloudDescription } & OpeningProps): JSX.Element {
  const styles = useStyles();
  return (
    <button type="button" className={styles.button} {...button}>
      <span className={mergeClasses(styles.badge, cloud.kind === 'azure' && styles.azure)}>
        {cloud.displayName}
      </span>
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
