import { makeStyles, tokens } from '@fluentui/react-components';
import type { DeploymentSnapshot } from '@slipway/contract';
import type { JSX } from 'react';
import { ArmErrorDetails } from '../cluster/arm-error-details.tsx';
import { usePageStyles } from '../cluster/page-styles.ts';
import { Fold } from '../components/fold.tsx';
import { type Failure, failuresOf } from './failure-words.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: tokens.spacingVerticalS,
  },
  failure: {
    display: 'grid',
    gap: tokens.spacingVerticalXXS,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM}`,
    borderLeft: `3px solid ${tokens.colorStatusDangerBorderActive}`,
    maxWidth: '80ch',
    overflowWrap: 'anywhere',
  },
  message: { whiteSpace: 'pre-line' },
});

/** What failed and what to do about it in plain words, with ARM's code; then ARM's whole error, to read and to copy. */
export function FailureSummary({ snapshot }: { snapshot: DeploymentSnapshot }): JSX.Element | null {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const { error } = snapshot.deployment;
  const { failures, more } = failuresOf(snapshot);
  if (!error) return null;
  if (failures.length === 0) return <ArmErrorDetails error={error} />;
  return (
    <div className={pageStyles.section}>
      <ul className={styles.list} aria-label="What failed">
        {failures.map((failure) => (
          <li key={`${failure.what} ${failure.code}`} className={styles.failure}>
            <FailureWords {...failure} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={pageStyles.text}>{`${more} more failed: see the rows below.`}</p>}
      <Fold title="All that Azure Resource Manager says of it">
        <ArmErrorDetails error={error} />
      </Fold>
    </div>
  );
}

function FailureWords({ what, code, message, advice }: Failure): JSX.Element {
  const styles = useStyles();
  return (
    <>
      <strong>
        {what === undefined ? 'The deployment failed' : `The ${what} failed`} ({code})
      </strong>
      <span className={styles.message}>{message}</span>
      {advice !== undefined && <span>{advice}</span>}
    </>
  );
}
