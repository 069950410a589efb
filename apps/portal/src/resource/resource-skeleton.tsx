import { Skeleton, SkeletonItem, Title2, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { usePageStyles } from '../cluster/page-styles.ts';
import { LongWait } from '../components/slow-wait.tsx';

const useStyles = makeStyles({
  name: { margin: 0, overflowWrap: 'anywhere' },
  pairs: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXXL}`,
    '@media (max-width: 767px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
});

/** Stands for the page of a resource while it is read. */
export function ResourceSkeleton({ name }: { name: string }): JSX.Element {
  const pageStyles = usePageStyles();
  const styles = useStyles();
  return (
    <div className={pageStyles.page}>
      <Title2 as="h1" className={styles.name}>
        {name}
      </Title2>
      <LongWait />
      <Skeleton aria-label={`Reading ${name}`} className={styles.pairs}>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <SkeletonItem key={key} size={16} />
        ))}
      </Skeleton>
      <Skeleton aria-hidden className={pageStyles.section}>
        {['a', 'b', 'c', 'd'].map((key) => (
          <SkeletonItem key={key} size={24} />
        ))}
      </Skeleton>
    </div>
  );
}
