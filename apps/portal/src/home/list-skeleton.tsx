import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { SkeletonBar } from '../components/skeleton-bar.tsx';
import { LongWait } from '../components/slow-wait.tsx';

const rows = [1, 2, 3];

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  row: { display: 'grid', gridTemplateColumns: '2fr 1fr 2fr', gap: tokens.spacingHorizontalXL },
});

/** Stands for the list while it is read. */
export function ListSkeleton(): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <LongWait />
      <section className={styles.list} aria-busy aria-label="The list is being read">
        {rows.map((row) => (
          <div key={row} className={styles.row}>
            <SkeletonBar />
            <SkeletonBar />
            <SkeletonBar />
          </div>
        ))}
      </section>
    </>
  );
}
