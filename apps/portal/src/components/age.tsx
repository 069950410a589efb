import { makeStyles } from '@fluentui/react-components';
import { type JSX, useSyncExternalStore } from 'react';
import { relativeAge } from './relative-age.ts';

const tickMs = 15_000;
let tickedAt = Date.now();

function subscribe(listener: () => void): () => void {
  const timer = setInterval(() => {
    tickedAt = Date.now();
    listener();
  }, tickMs);
  return () => clearInterval(timer);
}

// It is read in one: a narrow column gives it the room.
const useStyles = makeStyles({ age: { whiteSpace: 'nowrap' } });

/** How long ago something happened, kept up to date, with the exact moment as its title. `at` is ISO 8601. */
export function Age({ at }: { at: string | number | undefined }): JSX.Element {
  const styles = useStyles();
  const now = useSyncExternalStore(subscribe, () => tickedAt);
  const then = at === undefined ? Number.NaN : new Date(at).getTime();
  if (Number.isNaN(then)) return <>—</>;
  return (
    <time
      className={styles.age}
      dateTime={new Date(then).toISOString()}
      title={new Date(then).toLocaleString()}
    >
      {relativeAge(then, Math.max(now, tickedAt))}
    </time>
  );
}
