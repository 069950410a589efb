import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useBlocker } from '@tanstack/react-router';
import type { JSX } from 'react';

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
    <Dialog
      open
      onOpenChange={(_, data) => {
        if (!data.open) blocker.reset();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Leave the wizard?</DialogTitle>
          <DialogContent>
            {isSubmitted
              ? 'Your container service was submitted, and the answer has not come yet. If it was created, it appears in the list of container services; the wizard looks for it when you come back.'
              : 'Nothing has been created yet. What you entered stays in this browser as a draft, so that you can go on later.'}
          </DialogContent>
          <DialogActions fluid>
            {!isSubmitted && (
              <Button
                onClick={() => {
                  onDiscard();
                  blocker.proceed();
                }}
              >
                Discard the draft
              </Button>
            )}
            <Button onClick={blocker.reset}>Stay</Button>
            <Button appearance="primary" onClick={blocker.proceed}>
              Leave
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
