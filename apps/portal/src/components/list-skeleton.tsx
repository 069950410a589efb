import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';
import { SkeletonBar } from './skeleton-bar.tsx';
import { LongWait } from './slow-wait.tsx';

const rows = ['a', 'b', 'c', 'd'];

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

/** Stands for the rows of a list while they are read. */
export function ListSkeleton({ label }: { label: string }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <LongWait />
      <section className={styles.list} aria-busy aria-label={label}>
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
