import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { JSX } from 'react';

/** What `LeaveGuard` asks. */
export function LeaveQuestion({
  isAsked,
  isSubmitted,
  onDiscard,
  onStay,
  onLeave,
}: {
  isAsked: boolean;
  isSubmitted: boolean;
  onDiscard: () => void;
  onStay: () => void;
  onLeave: () => void;
}): JSX.Element {
  return (
    <Dialog
      open={isAsked}
      onOpenChange={(_, data) => {
        if (!data.open) onStay();
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
                  onLeave();
                }}
              >
                Discard the draft
              </Button>
            )}
            <Button onClick={onStay}>Stay</Button>
            <Button appearance="primary" onClick={onLeave}>
              Leave
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
