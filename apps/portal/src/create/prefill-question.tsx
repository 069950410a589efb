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

/** Asks before the values of a link take the place of a draft. */
export function PrefillQuestion({
  isAsked,
  onTake,
  onKeep,
}: {
  isAsked: boolean;
  onTake: () => void;
  onKeep: () => void;
}): JSX.Element {
  return (
    <Dialog open={isAsked} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Replace your draft?</DialogTitle>
          <DialogContent>
            This link brings values for a new container service. In this browser there is a draft that you
            have not finished: it would be discarded, its SSH public key included.
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={onTake}>Use the link’s values</Button>
            <Button appearance="primary" onClick={onKeep}>
              Keep my draft
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
