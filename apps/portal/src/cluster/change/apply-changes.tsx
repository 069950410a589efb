import { Button, MessageBar, MessageBarBody, MessageBarTitle, Spinner } from '@fluentui/react-components';
import type { Cluster, ClusterChangesRequest } from '@slipway/contract';
import { useNavigate } from '@tanstack/react-router';
import { type JSX, useState } from 'react';
import { type ApiProblem, asProblem } from '../../api/client.ts';
import { useWhatIfCluster } from '../../api/what-if.ts';
import { PageLink } from '../../components/page-link.tsx';
import { LocksInTheWay } from '../../governance/locks-in-the-way.tsx';
import { groupId } from '../../groups/group-id.ts';
import { WhatIfPreview } from '../../what-if/what-if-preview.tsx';
import { usePageStyles } from '../page-styles.ts';
import { OvertakenBar, UpdateTrouble } from './update-state.tsx';
import { useClusterUpdate } from './use-cluster-update.ts';

const deploymentPage = '/clusters/$subscriptionId/$resourceGroup/$name/deployment';

/**
 * The end of every page that changes a cluster: what the change would do, as ARM foresees it, then Apply, which leads to
 * the deployment that it starts.
 */
export function ApplyChanges({
  cluster,
  afterDeploymentId,
  changes,
  progressTitle,
  onApplied,
  onDiscard,
}: {
  cluster: Cluster;
  /** The cluster's last deployment when the person began; another one since means that somebody else was quicker. */
  afterDeploymentId: string | undefined;
  /** Absent while there is nothing that could be applied. */
  changes: ClusterChangesRequest | undefined;
  /** What the change is called while it runs. */
  progressTitle: string;
  /** ARM has taken the change; the page is about to be left. */
  onApplied?: () => void;
  /** Absent while there is nothing to discard. */
  onDiscard: (() => void) | undefined;
}): JSX.Element {
  const styles = usePageStyles();
  const navigate = useNavigate();
  const [overtaken, setOvertaken] = useState<ApiProblem>();
  const isAtRest = cluster.state !== 'deploying' && cluster.state !== 'deleting';
  const { state, start, stop } = useClusterUpdate(cluster, {
    afterDeploymentId,
    onStarted: () => {
      onApplied?.();
      void navigate({ to: deploymentPage, params: cluster });
    },
    onOvertaken: setOvertaken,
  });
  const isBusy = state.phase === 'sending' || state.phase === 'looking';
  const whatIf = useWhatIfCluster(cluster, isAtRest ? changes : undefined);
  // Whoever may not ask what it would do may do it all the same; what ARM would refuse is not sent.
  const isForeseen = whatIf.data !== undefined || (whatIf.error !== null && !isRefusal(whatIf.error));
  return (
    <>
      {overtaken && <OvertakenBar problem={overtaken} onDismiss={() => setOvertaken(undefined)} />}
      {!isAtRest && !isBusy && <BusyBar cluster={cluster} />}
      {changes && <LocksInTheWay scope={groupId(cluster)} work="change" goes={[cluster.id]} />}
      {changes && isAtRest && <WhatIfPreview title="What this would do" answer={whatIf} />}
      <UpdateTrouble state={state} title="The change could not be started." />
      <div className={styles.actions}>
        <Button
          appearance="primary"
          icon={isBusy ? <Spinner size="tiny" aria-hidden /> : null}
          disabledFocusable={isBusy || !isAtRest || !changes || !isForeseen}
          onClick={() => {
            if (!changes) return;
            setOvertaken(undefined);
            start({ changes, title: progressTitle });
          }}
        >
          Apply
        </Button>
        {state.phase === 'looking' ? (
          <Button onClick={stop}>Stop asking</Button>
        ) : (
          onDiscard && (
            <Button onClick={onDiscard} disabledFocusable={isBusy}>
              Discard
            </Button>
          )
        )}
      </div>
    </>
  );
}

const isRefusal = (thrown: unknown): boolean => asProblem(thrown).code === 'ValidationFailed';

function BusyBar({ cluster }: { cluster: Cluster }): JSX.Element {
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {cluster.state === 'deleting' ? 'It is being deleted.' : 'A deployment is underway.'}
        </MessageBarTitle>{' '}
        {cluster.state === 'deploying' && 'A change can be applied when it has come to its end. '}
        <PageLink to={deploymentPage} params={cluster} inline>
          See how far it is
        </PageLink>
      </MessageBarBody>
    </MessageBar>
  );
}
