import { useBlocker } from '@tanstack/react-router';
import { type JSX, Suspense, useState } from 'react';
import { useFocusBack } from '../components/focus-back.ts';
import { LeaveQuestion } from './later-blades.ts';

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
  const isAsked = blocker.status === 'blocked';
  const [wasAsked, setWasAsked] = useState(false);
  if (isAsked && !wasAsked) setWasAsked(true);
  useFocusBack(isAsked);
  // Closed, not taken away: else what is behind it would stay hidden from screen readers.
  if (!wasAsked) return null;
  return (
    <Suspense fallback={null}>
      <LeaveQuestion
        isAsked={isAsked}
        isSubmitted={isSubmitted}
        onDiscard={onDiscard}
        onStay={() => blocker.reset?.()}
        onLeave={() => blocker.proceed?.()}
      />
    </Suspense>
  );
}
