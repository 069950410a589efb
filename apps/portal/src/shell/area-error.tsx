import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import type { JSX } from 'react';
import { asProblem } from '../api/client.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { ProblemBar } from '../components/problem-bar.tsx';
import { problemText } from '../components/problem-text.ts';
import { portalVersion } from './portal-version.ts';

const useStyles = makeStyles({
  area: {
    padding: tokens.spacingHorizontalXL,
    display: 'grid',
    gap: tokens.spacingVerticalL,
    maxWidth: '700px',
  },
  words: { margin: 0 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
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
      <p className={styles.words}>
        The rest of the portal goes on working. Nothing in the cloud was changed by this.
      </p>
      <div className={styles.actions}>
        <Button onClick={() => location.reload()}>Reload the portal</Button>
        <CopyButton
          text={detailsOf(error)}
          label="Copy the details for a report"
          size="medium"
          appearance="secondary"
        />
      </div>
    </div>
  );
}

/** What whoever mends it needs to know: the error, where in the code and on which page, with what. */
const detailsOf = (error: unknown): string =>
  [
    problemText(asProblem(error)),
    (error instanceof Error && error.stack) || '',
    `Page: ${location.pathname}`,
    `Slipway ${portalVersion}, ${navigator.userAgent}`,
    new Date().toISOString(),
  ].join('\n');
