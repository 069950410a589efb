import { Button, Spinner } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import type { ClusterPath, DeploymentHead } from '@slipway/contract';
import type { JSX } from 'react';
import type { ApiProblem } from '../api/client.ts';
import { changeTitle } from './change/change-title.ts';
import { UpdateTrouble } from './change/update-state.tsx';
import { useClusterUpdate } from './change/use-cluster-update.ts';
import { CreateAnother } from './create-another.tsx';
import { usePageStyles } from './page-styles.ts';

/** Deploys a cluster once more after a deployment that did not succeed. */
export function Redeploy({
  path,
  deployment,
  onStarted,
  onOvertaken,
}: {
  path: ClusterPath;
  deployment: DeploymentHead;
  onStarted: () => void;
  onOvertaken: (problem: ApiProblem) => void;
}): JSX.Element {
  const styles = usePageStyles();
  const { state, start, stop } = useClusterUpdate(path, {
    afterDeploymentId: deployment.id,
    onStarted,
    onOvertaken,
  });
  const isBusy = state.phase === 'sending' || state.phase === 'looking';
  return (
    <div className={styles.section}>
      <p className={styles.text}>
        {deployment.state === 'Failed' ? 'Redeploy when the cause is out of the way' : 'Redeploy to go on'}:
        with the same values, and only what is missing is created. What exists already stays as it is.
      </p>
      <UpdateTrouble state={state} title="The redeployment could not be started." />
      <div className={styles.actions}>
        <Button
          appearance="primary"
          icon={isBusy ? <Spinner size="tiny" aria-hidden /> : <ArrowClockwiseRegular />}
          disabledFocusable={isBusy}
          onClick={() => start({ changes: {}, title: changeTitle(path.name, { kind: 'again' }) })}
        >
          Redeploy
        </Button>
        {state.phase === 'looking' && <Button onClick={stop}>Stop asking</Button>}
        {(state.phase === 'idle' || state.phase === 'refused') && <CreateAnother path={path} />}
      </div>
    </div>
  );
}
