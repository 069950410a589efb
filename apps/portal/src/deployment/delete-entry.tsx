import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { DeploymentPath } from '@slipway/contract';
import { type JSX, type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { useDeleteDeployment } from '../api/group-deployments.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';
import { useNotificationStore } from '../notifications/use-notifications.ts';

const useStyles = makeStyles({
  name: { overflowWrap: 'anywhere' },
  danger: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    ':hover': { backgroundColor: tokens.colorStatusDangerBackground3Hover },
    ':hover:active': { backgroundColor: tokens.colorStatusDangerBackground3Pressed },
  },
});

/** A button that deletes a deployment from the history of its group, after asking. */
export function DeleteEntry({
  path,
  button,
  onDeleted,
}: {
  path: DeploymentPath;
  button: ReactElement;
  onDeleted?: () => void;
}): JSX.Element {
  const styles = useStyles();
  const remove = useDeleteDeployment(path);
  const { notify } = useNotificationStore();
  const [open, setOpen] = useState(false);
  const hasDeleted = useRef(false);
  const confirm = (): void =>
    remove.mutate(undefined, {
      onSuccess: () => {
        setOpen(false);
        notify({
          id: `delete-deployment ${Object.values(path).join('/').toLowerCase()}`,
          state: 'success',
          title: `The deployment ${path.deployment} was deleted from the history`,
          link: {
            href: `/resource-groups/${path.subscriptionId}/${encodeURIComponent(path.resourceGroup)}/deployments`,
            label: 'See the deployments',
          },
        });
        hasDeleted.current = true;
      },
    });
  // The page is hidden from screen readers until the dialog is gone: whoever leaves it before takes that along.
  const leave = useCallback((): void => {
    if (hasDeleted.current) onDeleted?.();
  }, [onDeleted]);
  return (
    <Dialog open={open} onOpenChange={(_, data) => setOpen(data.open)} modalType="alert">
      <DialogTrigger disableButtonEnhancement>{button}</DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <OnceGone act={leave} />
          <DialogTitle>Delete from the history?</DialogTitle>
          <DialogContent className={styles.name}>
            What is known of the deployment <strong>{path.deployment}</strong> goes: its operations, inputs,
            outputs and template. The resources that it has deployed stay as they are.
            {remove.isPending && <SlowWait inline size="tiny" label="Deleting…" />}
            {remove.error && <ProblemBar problem={remove.error} title="It could not be deleted." />}
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              className={styles.danger}
              onClick={confirm}
              disabledFocusable={remove.isPending}
            >
              Delete
            </Button>
            <DialogTrigger disableButtonEnhancement>
              <Button>Keep it</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Acts when what it stands in has gone from the page. */
function OnceGone({ act }: { act: () => void }): null {
  useEffect(() => () => void setTimeout(act), [act]);
  return null;
}
