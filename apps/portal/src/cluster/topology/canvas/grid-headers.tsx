import { makeStyles, tokens } from '@fluentui/react-components';
import type { PlacedGrid } from '@slipway/topology';
import type { JSX } from 'react';

const useStyles = makeStyles({
  header: {
    position: 'absolute',
    boxSizing: 'border-box',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    pointerEvents: 'none',
    overflow: 'hidden',
    color: tokens.colorNeutralForeground3,
    fontSize: '12.5px',
    lineHeight: '15px',
    textAlign: 'center',
  },
});

/** What stands at the heads of an availability set's columns and rows. */
export function GridHeaders({ grid }: { grid: PlacedGrid }): JSX.Element {
  const styles = useStyles();
  return (
    <>
      {[...grid.columns, ...grid.rows].map(({ label, header: { x, y, width, height } }) => (
        <div key={label} className={styles.header} style={{ left: x, top: y, width, height }} title={label}>
          {label}
        </div>
      ))}
    </>
  );
}
