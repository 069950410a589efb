import { makeStyles, tokens } from '@fluentui/react-components';
import type { JSX } from 'react';

const useStyles = makeStyles({
  bar: {
    height: '16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralStencil1,
    animationName: { from: { opacity: 1 }, '50%': { opacity: 0.4 }, to: { opacity: 1 } },
    animationDuration: '3s',
    animationIterationCount: 'infinite',
  },
});

/** Stands for a line of text that is being read, on the pages that a visit begins with: Fluent's is ten times as large. */
export function SkeletonBar(): JSX.Element {
  const styles = useStyles();
  return <div className={styles.bar} />;
}
