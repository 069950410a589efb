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
import { useFocusBack } from './focus-back.ts';

/** Asks before a page with changes that are kept nowhere is left, or reloaded. */
export function UnsavedGuard({ asks, words }: { asks: () => boolean; words: string }): JSX.Element {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => asks() && next.pathname !== current.pathname,
    enableBeforeUnload: asks,
    withResolver: true,
  });
  const isBlocked = blocker.status === 'blocked';
  useFocusBack(isBlocked);
  return (
    <Dialog
      open={isBlocked}
      onOpenChange={(_, data) => {
        if (!data.open) blocker.reset?.();
      }}
    >
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Leave without applying?</DialogTitle>
          <DialogContent>{words}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={blocker.reset}>
              Stay
            </Button>
            <Button onClick={blocker.proceed}>Discard and leave</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
