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
import type { DeploymentPath } from '@slipway/contract';
import { type JSX, useState } from 'react';
import { useCancelGroupDeployment } from '../api/group-deployments.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';

/** Cancels a running deployment of a group, after asking. */
export function CancelGroupDeployment({ path }: { path: DeploymentPath }): JSX.Element {
  const cancel = useCancelGroupDeployment(path);
  const [open, setOpen] = useState(false);
  const confirm = (): void => cancel.mutate(undefined, { onSuccess: () => setOpen(false) });
  return (
    <Dialog open={open} onOpenChange={(_, data) => setOpen(data.open)} modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button icon={<DismissRegular />}>Cancel</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Cancel the deployment?</DialogTitle>
          <DialogContent>
            Resources that exist already stay. What has not begun will not begin.
            {cancel.isPending && <SlowWait inline size="tiny" label="Asking for it to be canceled…" />}
            {cancel.error && <ProblemBar problem={cancel.error} title="It could not be canceled." />}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={confirm} disabled={cancel.isPending}>
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
