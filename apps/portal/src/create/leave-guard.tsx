import { useBlocker } from '@tanstack/react-router';
import { type JSX, Suspense, lazy } from 'react';
import { patiently } from '../api/page-code.ts';

const LeaveQuestion = lazy(
  patiently(async () => ({ default: (await import('./leave-question.tsx')).LeaveQuestion })),
);

/** Asks before a wizard with changes is left. A reload asks nothing: the draft survives it. */
export function LeaveGuard({
  asks,
  isSubmitted,
  onDiscard,
}: {
  /** Whether there is something to ask about at the moment of leaving. */
  asks: () => boolean;
  /** The draft was submitted, and its answer has not come yet. */
  isSubmitted: boolean;
  onDiscard: () => void;
}): JSX.Element | null {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => asks() && next.pathname !== current.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Suspense fallback={null}>
      <LeaveQuestion
        isSubmitted={isSubmitted}
        onDiscard={onDiscard}
        onStay={blocker.reset}
        onLeave={blocker.proceed}
      />
    </Suspense>
  );
}
