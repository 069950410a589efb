import {
  MessageBar,
  MessageBarBody,
  ProgressBar,
  Skeleton,
  SkeletonItem,
  Spinner,
  Title3,
  makeStyles,
  mergeClasses,
  tokens,
} from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  DeleteRegular,
  DismissCircleFilled,
  SubtractCircleFilled,
} from '@fluentui/react-icons';
import type { ClusterPath, DeploymentHead, DeploymentSnapshot } from '@slipway/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type JSX, useEffect } from 'react';
import { clusterQuery } from '../api/cluster.ts';
import { useSubscriptions } from '../api/subscriptions.ts';
import { LinkButton } from '../components/link-button.tsx';
import { ArmErrorDetails } from './arm-error-details.tsx';
import { CancelDeployment } from './cancel-deployment.tsx';
import { LineState } from './line-state.tsx';
import { DeletionRest } from './deletion-rest.tsx';
import { DeploymentRows } from './deployment-rows.tsx';
import { deploymentHeadline, isAtWork, progressSentence } from './deployment-words.ts';
import { durationText, elapsedMs } from './durations.ts';
import { Essentials } from './essentials.tsx';
import { usePageStyles } from './page-styles.ts';
import { useClusterPath } from './use-cluster-path.ts';
import { useDeploymentProgress } from './use-deployment-progress.ts';
import { useNow } from './use-now.ts';

const base = '/clusters/$subscriptionId/$resourceGroup/$name';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  icon: { fontSize: '28px', display: 'flex' },
  done: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  canceled: { color: tokens.colorStatusWarningForeground1 },
  headline: { margin: 0, flex: '1 1 200px' },
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** How far the deployment is, live, with a row for each resource. */
export function DeploymentPage(): JSX.Element {
  const path = useClusterPath();
  const pageStyles = usePageStyles();
  const progress = useDeploymentProgress(path);
  const { snapshot } = progress;
  useClusterRefresh(path, snapshot?.deployment.state);
  return (
    <div className={pageStyles.page}>
      <LineState progress={progress} />
      {snapshot ? <Progress path={path} snapshot={snapshot} /> : <Waiting />}
    </div>
  );
}

function Progress({ path, snapshot }: { path: ClusterPath; snapshot: DeploymentSnapshot }): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const { deployment, rows } = snapshot;
  const atWork = isAtWork(deployment.state);
  const now = useNow(atWork);
  const done = rows.filter((row) => row.state === 'Succeeded').length;
  return (
    <>
      <section className={pageStyles.section} aria-label="Progress">
        <div className={styles.head}>
          <StateIcon state={deployment.state} />
          <Title3 as="h2" className={styles.headline}>
            {deploymentHeadline(deployment.state)}
          </Title3>
          {(deployment.state === 'Running' || deployment.state === 'Accepted') && (
            <CancelDeployment path={path} />
          )}
        </div>
        {atWork && rows.length > 0 && deployment.state !== 'Deleting' && (
          <ProgressBar
            value={done}
            max={rows.length}
            aria-label="Resources that are done"
            thickness="large"
          />
        )}
        <output className={styles.hidden} aria-live="polite">
          {progressSentence(snapshot)}
        </output>
        <Head path={path} deployment={deployment} now={now} />
        {deployment.error && <ArmErrorDetails error={deployment.error} />}
        {(deployment.state === 'Failed' || deployment.state === 'Canceled') && (
          <p className={pageStyles.text}>
            What was created stays until you delete the container service. Then you can create it again.
          </p>
        )}
        {deployment.state === 'Succeeded' && <NextSteps path={path} />}
      </section>
      {deployment.state === 'Deleting' ? (
        <DeletionRest path={path} />
      ) : (
        <section className={pageStyles.section} aria-labelledby="rows">
          <h2 className={pageStyles.heading} id="rows">
            Resources{rows.length > 0 && ` (${done} of ${rows.length} done)`}
          </h2>
          <DeploymentRows rows={rows} now={now} atWork={atWork} />
        </section>
      )}
    </>
  );
}

function Head({
  path,
  deployment,
  now,
}: {
  path: ClusterPath;
  deployment: DeploymentHead;
  now: number;
}): JSX.Element {
  const { data: subscriptions } = useSubscriptions();
  const subscription = subscriptions?.find(({ subscriptionId }) => subscriptionId === path.subscriptionId);
  const atWork = isAtWork(deployment.state);
  const taken = elapsedMs(
    atWork ? { changedAt: deployment.startedAt } : { durationMs: deployment.durationMs },
    atWork,
    now,
  );
  return (
    <Essentials
      items={[
        { label: 'Deployment name', value: deployment.name, copyText: deployment.name },
        {
          label: 'Start time',
          value: deployment.startedAt && new Date(deployment.startedAt).toLocaleString(),
        },
        { label: 'Subscription', value: subscription?.displayName ?? path.subscriptionId },
        { label: 'Duration', value: taken === undefined ? undefined : durationText(taken) },
        { label: 'Resource group', value: path.resourceGroup, copyText: path.resourceGroup },
        {
          label: 'Correlation ID',
          value: deployment.correlationId,
          copyText: deployment.correlationId,
        },
      ]}
    />
  );
}

function NextSteps({ path }: { path: ClusterPath }): JSX.Element {
  const pageStyles = usePageStyles();
  return (
    <div className={pageStyles.actions}>
      <LinkButton appearance="primary" to={base} params={path}>
        Go to resource
      </LinkButton>
      <LinkButton to={`${base}/topology`} params={path}>
        See how it fits together
      </LinkButton>
      <LinkButton to={`${base}/connect`} params={path}>
        Connect to the cluster
      </LinkButton>
    </div>
  );
}

function StateIcon({ state }: { state: DeploymentHead['state'] }): JSX.Element {
  const styles = useStyles();
  switch (state) {
    case 'Accepted':
    case 'Running':
      return <Spinner size="small" aria-hidden />;
    case 'Succeeded':
      return <CheckmarkCircleFilled className={mergeClasses(styles.icon, styles.done)} aria-hidden />;
    case 'Failed':
      return <DismissCircleFilled className={mergeClasses(styles.icon, styles.failed)} aria-hidden />;
    case 'Canceled':
      return <SubtractCircleFilled className={mergeClasses(styles.icon, styles.canceled)} aria-hidden />;
    case 'Deleting':
      return <DeleteRegular className={mergeClasses(styles.icon, styles.canceled)} aria-hidden />;
  }
}

function Waiting(): JSX.Element {
  return (
    <>
      <MessageBar>
        <MessageBarBody>Reading the deployment…</MessageBarBody>
      </MessageBar>
      <Skeleton aria-label="Reading the deployment">
        <SkeletonItem size={28} style={{ width: '320px', maxWidth: '100%' }} />
        {['a', 'b', 'c', 'd'].map((key) => (
          <SkeletonItem key={key} size={20} style={{ marginTop: '12px' }} />
        ))}
      </Skeleton>
    </>
  );
}

/** When a deployment comes to another state, so does its cluster: the header must not lag behind. */
function useClusterRefresh(path: ClusterPath, state: DeploymentHead['state'] | undefined): void {
  const client = useQueryClient();
  const { subscriptionId, resourceGroup, name } = path;
  useEffect(() => {
    if (state === undefined) return;
    const { queryKey } = clusterQuery({ subscriptionId, resourceGroup, name });
    void client.invalidateQueries({ queryKey });
  }, [client, subscriptionId, resourceGroup, name, state]);
}
