import { makeStyles, tokens } from '@fluentui/react-components';
import { CatchBoundary, type ErrorComponentProps } from '@tanstack/react-router';
import { type JSX, type ReactNode, Suspense } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';
import { WaitRing } from '../components/wait-ring.tsx';

const useStyles = makeStyles({
  place: {
    position: 'fixed',
    top: '64px',
    left: '50%',
    transform: 'translateX(-50%)',
    zIndex: 1000,
    width: 'max-content',
    maxWidth: 'calc(100vw - 32px)',
    padding: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
  },
});

/** A part of the shell whose code comes when it is wanted: says so meanwhile, and when it cannot be shown. */
export function LaterPart({ children }: { children: ReactNode }): JSX.Element {
  const styles = useStyles();
  return (
    <CatchBoundary getResetKey={() => 'part'} errorComponent={FailedPart}>
      <Suspense
        fallback={
          <div className={styles.place}>
            <WaitRing size="tiny" label="Loading…" />
          </div>
        }
      >
        {children}
      </Suspense>
    </CatchBoundary>
  );
}

/** Code that is not there belongs to a version of the portal that is gone: only the page as a whole can be had anew. */
function FailedPart({ error }: ErrorComponentProps): JSX.Element {
  const styles = useStyles();
  return (
    <div className={styles.place}>
      <ProblemBar
        problem={error}
        title="This part of the portal could not be shown."
        onRetry={() => location.reload()}
      />
    </div>
  );
}
