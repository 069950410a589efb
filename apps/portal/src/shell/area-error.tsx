import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';

const useStyles = makeStyles({
  area: {
    padding: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalL,
    maxWidth: '700px',
  },
  button: { justifySelf: 'start' },
});

/** What stands in the place of an area that failed; the rest of the portal goes on working. */
export function AreaError({ error, reset }: ErrorComponentProps): JSX.Element {
  const styles = useStyles();
  const router = useRouter();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <div className={styles.area}>
      <ProblemBar problem={error} title="This page could not be shown." onRetry={retry} />
      <Button className={styles.button} onClick={() => location.reload()}>
        Reload the portal
      </Button>
    </div>
  );
}
