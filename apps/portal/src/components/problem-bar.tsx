import { Button } from '@fluentui/react-components';
import { type JSX, Suspense, lazy } from 'react';
import { asProblem } from '../api/client.ts';
import { patiently } from '../api/page-code.ts';

const ProblemMessage = lazy(
  patiently(async () => ({ default: (await import('./problem-message.tsx')).ProblemMessage })),
);

export interface ProblemProps {
  problem: unknown;
  /** What could not be done, for example `The list could not be read.` */
  title: string;
  /** When what is shown all the same was read, in milliseconds since the epoch. */
  readAt?: number | undefined;
  onRetry?: (() => void) | undefined;
}

/**
 * An error in place: what is wrong, what to do, its code and correlation id to copy, and a way to try again. Most visits
 * see none: until the code of its bar has come, which may take a server that is away, it says the same in plain words.
 */
export function ProblemBar(props: ProblemProps): JSX.Element {
  return (
    <Suspense fallback={<PlainProblem {...props} />}>
      <ProblemMessage {...props} />
    </Suspense>
  );
}

function PlainProblem({ problem: thrown, title, onRetry }: ProblemProps): JSX.Element {
  const { message, remedy } = asProblem(thrown);
  return (
    <div role="alert">
      <strong>{title}</strong> {message} {remedy}{' '}
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
