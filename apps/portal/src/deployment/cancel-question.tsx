import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { type JSX, useState } from 'react';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';

/** The button that cancels a running deployment, and the question before that. */
export function CancelQuestion({
  words,
  cancel,
  onConfirm,
  isCanceling = false,
}: {
  /** What stays and what does not come. */
  words: string;
  /** How far the request is. */
  cancel: { isPending: boolean; error: Error | null };
  /** Sends the request; `done` closes the question. */
  onConfirm: (done: () => void) => void;
  /** It was asked for already. */
  isCanceling?: boolean;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={(_, data) => setOpen(data.open)} modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button icon={<DismissRegular />} disabled={isCanceling}>
          {isCanceling ? 'Canceling…' : 'Cancel'}
        </Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Cancel the deployment?</DialogTitle>
          <DialogContent>
            {words}
            {cancel.isPending && <SlowWait inline size="tiny" label="Asking for it to be canceled…" />}
            {cancel.error && <ProblemBar problem={cancel.error} title="It could not be canceled." />}
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              onClick={() => onConfirm(() => setOpen(false))}
              disabled={cancel.isPending}
            >
              Cancel the deployment
            </Button>
            <DialogTrigger disableButtonEnhancement>
              <Button>Let it go on</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
