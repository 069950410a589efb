import { Button, DialogActions, DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import type { Cluster } from '@slipway/contract';
import type { JSX } from 'react';
import { useCancelDeployment } from '../api/cancel-deployment.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { SlowWait } from '../components/slow-wait.tsx';
import { usePageStyles } from './page-styles.ts';

/**
 * Instead of the delete confirmation while the deployment runs: Azure Resource Manager deletes a container service only
 * when nothing is at work on it, so its deployment is canceled first. The confirmation follows by itself.
 */
export function CancelFirst({ cluster, onClose }: { cluster: Cluster; onClose: () => void }): JSX.Element {
  const styles = usePageStyles();
  const cancel = useCancelDeployment(cluster);
  const waits = cancel.isPending || cancel.isSuccess;
  return (
    <DialogBody>
      <DialogTitle>{cluster.name} is still being deployed</DialogTitle>
      <DialogContent className={styles.section}>
        <span>
          It can be deleted once its deployment has ended. Wait for that, or cancel the deployment now: what
          has not begun will not begin, and you can then delete what exists already.
        </span>
        {waits && <SlowWait inline size="tiny" label="Canceling the deployment…" />}
        {cancel.error && <ProblemBar problem={cancel.error} title="It could not be canceled." />}
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          className={styles.oneLine}
          disabled={waits}
          onClick={() => cancel.mutate(undefined)}
        >
          Cancel the deployment
        </Button>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </DialogBody>
  );
}
