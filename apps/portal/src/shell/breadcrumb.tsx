import { makeStyles, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons';
import type { JSX } from 'react';
import { PageLink } from '../components/page-link.tsx';
import { useCrumbs } from './crumbs.ts';

const useStyles = makeStyles({
  breadcrumb: {
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL} 0`,
    '@media (max-width: 767px)': { paddingInline: tokens.spacingHorizontalL },
  },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  item: { display: 'flex', alignItems: 'center', minWidth: 0, overflowWrap: 'anywhere' },
  // As high as a finger needs it.
  link: { display: 'inline-block', paddingBlock: tokens.spacingVerticalXS },
  separator: {
    marginInline: tokens.spacingHorizontalXS,
    color: tokens.colorNeutralForeground3,
    flexShrink: 0,
  },
});

/** Where the page belongs, from the list inwards; absent on the list itself. */
export function Breadcrumb(): JSX.Element | null {
  const styles = useStyles();
  const crumbs = useCrumbs();
  if (crumbs.length === 0) return null;
  return (
    <nav aria-label="Breadcrumb" className={styles.breadcrumb}>
      <ol className={styles.list}>
        <li className={styles.item}>
          <PageLink to="/" className={styles.link}>
            Container services
          </PageLink>
        </li>
        {crumbs.map(({ id, pathname, label }, index) => (
          <li key={id} className={styles.item}>
            <ChevronRightRegular className={styles.separator} aria-hidden />
            {index === crumbs.length - 1 ? (
              <span aria-current="page">{label}</span>
            ) : (
              <PageLink to={pathname} className={styles.link}>
                {label}
              </PageLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
