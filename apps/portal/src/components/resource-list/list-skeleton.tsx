import { Skeleton, SkeletonItem, makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { LongWait } from '../slow-wait.tsx';

const rows = ['a', 'b', 'c', 'd', 'e', 'f'];

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: { display: 'grid', gridTemplateColumns: '2fr 1fr 1fr', gap: tokens.spacingHorizontalXL },
});

/** Stands for the rows of a list while they are read. */
export function ListSkeleton({ label }: { label: string }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <LongWait />
      <Skeleton className={styles.list} aria-label={label}>
        {rows.map((row) => (
          <div key={row} className={styles.row}>
            <SkeletonItem />
            <SkeletonItem />
            <SkeletonItem />
          </div>
        ))}
      </Skeleton>
    </>
  );
}
