import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { RowState } from '@slipway/contract';
import type { JSX } from 'react';
import { useBarLook } from './lane.tsx';

const useStyles = makeStyles({
  legend: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
  entry: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  sample: { position: 'static', width: '20px', display: 'inline-block' },
  now: { height: '14px', borderLeft: `1px solid ${tokens.colorBrandStroke1}` },
});

const order: readonly RowState[] = ['Succeeded', 'Running', 'Failed', 'Canceled'];

/** What the timeline's bars and lines mean. */
export function TimelineLegend({
  states,
  waits,
  atWork,
}: {
  states: ReadonlySet<RowState>;
  /** Whether anything waits or waited for others. */
  waits: boolean;
  atWork: boolean;
}): JSX.Element {
  const styles = useStyles();
  const lookOf = useBarLook();
  return (
    <ul className={styles.legend} aria-label="Legend of the timeline">
      {order
        .filter((state) => states.has(state))
        .map((state) => (
          <li key={state} className={styles.entry}>
            <span className={mergeClasses(lookOf(state), styles.sample)} aria-hidden /> {state}
          </li>
        ))}
      {waits && (
        <li className={styles.entry}>
          <span className={mergeClasses(lookOf('Waiting'), styles.sample)} aria-hidden /> Waits for others
        </li>
      )}
      {atWork && (
        <li className={styles.entry}>
          <span className={styles.now} aria-hidden /> Now
        </li>
      )}
    </ul>
  );
}
