import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX, ReactNode } from 'react';
import { Breakable } from '../components/breakable.tsx';
import { CopyButton } from '../components/copy-button.tsx';

const useStyles = makeStyles({
  essentials: {
    margin: 0,
    display: 'grid',
    // Two columns where there is room for ids in both, never three.
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, max(360px, 40%)), 1fr))',
    columnGap: tokens.spacingHorizontalXXXL,
  },
  pair: {
    display: 'grid',
    gridTemplateColumns: '150px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    minHeight: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 767px)': { gridTemplateColumns: '128px minmax(0, 1fr)' },
  },
  label: { color: tokens.colorNeutralForeground3 },
  value: {
    margin: 0,
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    overflowWrap: 'anywhere',
    minWidth: 0,
    '& > span': { minWidth: 0 },
  },
});

export interface Essential {
  label: string;
  value: ReactNode;
  /** The text that the copy button copies; no button without it. */
  copyText?: string | undefined;
}

/** Pairs of label and value in two columns, with copy buttons. What is not known yet shows a dash. */
export function Essentials({ items }: { items: readonly Essential[] }): JSX.Element {
  const styles = useStyles();
  return (
    <dl className={styles.essentials}>
      {items.map(({ label, value, copyText }) => (
        <div key={label} className={styles.pair}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>
            <span>{typeof value === 'string' ? <Breakable text={value} /> : (value ?? '—')}</span>
            {copyText && <CopyButton text={copyText} label={`Copy: ${label}`} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
