import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  ProgressBar,
  Skeleton,
  SkeletonItem,
  Title3,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import type { ClusterPath, DeploymentHead, DeploymentSnapshot } from '@slipway/contract';
import { type JSX, useState } from 'react';
import { useOwnCancel } from '../api/cancel-deployment.ts';
import type { ApiProblem } from '../api/client.ts';
import { PageLink } from '../components/page-link.tsx';
import { LongWait } from '../components/slow-wait.tsx';
import { DeploymentMenu } from '../deployment/deployment-menu.tsx';
import { deploymentPathOf } from '../deployment/deployment-path.ts';
import { useDeploymentView } from '../deployment/deployment-views.ts';
import { FailureSummary } from '../deployment/failure-summary.tsx';
import { StateIcon } from '../deployment/state-icon.tsx';
import { TemplateView } from '../deployment/template-view.tsx';
import { ValueView } from '../deployment/value-view.tsx';
import { CancelDeployment } from './cancel-deployment.tsx';
import { ChangeUnderway } from './change/change-underway.tsx';
import { OvertakenBar } from './change/update-state.tsx';
import { DeploymentFacts } from './deployment-facts.tsx';
import { DeploymentOutcome } from './deployment-outcome.tsx';
import type { DeploymentProgress } from './deployment-progress.ts';
import { DeploymentResources } from './deployment-resources.tsx';
import {
  countSentence,
  deploymentHeadline,
  doneCount,
  isAtWork,
  isDeletion,
  progressSentence,
} from './deployment-words.ts';
import { LastUpdated, LineState } from './line-state.tsx';
import { usePageStyles } from './page-styles.ts';
import { StalledWork, stalledAfterMs } from './stalled-work.tsx';
import { useClusterPath } from './use-cluster-path.ts';
import { useClusterRefresh, useFollowAgain } from './use-cluster-in-step.ts';
import { useDeploymentProgress } from './use-deployment-progress.ts';
import { useNow } from './use-now.ts';

const useStyles = makeStyles({
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  headline: { margin: 0, flex: '1 1 200px' },
  progress: { display: 'grid', gap: tokens.spacingVerticalXS },
});

/** How far the deployment (or the deletion) is, live, with a row for each resource. */
export function DeploymentPage(): JSX.Element {
  const path = useClusterPath();
  const pageStyles = usePageStyles();
  const { progress, restart, retry } = useDeploymentProgress(path);
  const [overtaken, setOvertaken] = useState<ApiProblem>();
  const { snapshot } = progress;
  useClusterRefresh(path, progress);
  useFollowAgain(path, progress, restart);
  return (
    <div className={pageStyles.page}>
      <LineState progress={progress} onRetry={progress.line === 'refused' ? restart : retry} />
      {overtaken && <OvertakenBar problem={overtaken} onDismiss={() => setOvertaken(undefined)} />}
      {snapshot ? (
        <Progress
          path={path}
          progress={progress}
          snapshot={snapshot}
          onStarted={() => {
            setOvertaken(undefined);
            restart();
          }}
          onOvertaken={(problem) => {
            setOvertaken(problem);
            restart();
          }}
        />
      ) : (
        progress.line !== 'refused' && <Waiting />
      )}
    </div>
  );
}

function Progress({
  path,
  progress,
  snapshot,
  onStarted,
  onOvertaken,
}: {
  path: ClusterPath;
  progress: DeploymentProgress;
  snapshot: DeploymentSnapshot;
  onStarted: () => void;
  onOvertaken: (problem: ApiProblem) => void;
}): JSX.Element {
  const styles = useStyles();
  const pageStyles = usePageStyles();
  const { deployment, rows } = snapshot;
  const atWork = isAtWork(deployment.state);
  const deploys = deployment.state === 'Running' || deployment.state === 'Accepted';
  const now = useNow(atWork);
  const ownCancel = useOwnCancel(path, deployment);
  const isCanceling = deploys && ownCancel === 'agreed';
  const canceledElsewhere =
    useWasRunningHere(deployment) && deployment.state === 'Canceled' && ownCancel === 'nothing';
  const quietMs = progress.quietSince === undefined ? 0 : now - progress.quietSince;
  const isStalled = atWork && quietMs >= stalledAfterMs;
  const cancel = deploys && (
    <CancelDeployment path={path} deploymentId={deployment.id} isCanceling={isCanceling} />
  );
  const count = countSentence(snapshot);
  // Of a cluster that is being deleted only its deletion is told.
  const place = isDeletion(snapshot) ? undefined : deploymentPathOf(deployment.id);
  const named = useDeploymentView();
  const view = place ? named : 'overview';
  return (
    <>
      {isStalled && (
        <StalledWork snapshot={snapshot} quietMs={quietMs} action={isCanceling ? undefined : cancel} />
      )}
      <section className={pageStyles.section} aria-label="Progress">
        <div className={styles.head}>
          <StateIcon state={deployment.state} />
          <Title3 as="h2" className={styles.headline}>
            {deploymentHeadline(snapshot, isCanceling)}
          </Title3>
          {(!isStalled || isCanceling) && cancel}
        </div>
        {deploys && <ChangeUnderway path={path} deploymentId={deployment.id} />}
        {atWork && (
          <div className={styles.progress}>
            {rows.length > 0 && (
              <ProgressBar
                value={doneCount(snapshot)}
                max={rows.length}
                aria-label={
                  deployment.state === 'Deleting' ? 'Resources that are deleted' : 'Resources that are done'
                }
                thickness="large"
              />
            )}
            <span className={pageStyles.quiet}>
              {count && `${count}. `}
              {(progress.line === 'live' || progress.line === 'lost') && progress.problem === undefined && (
                <LastUpdated progress={progress} />
              )}
            </span>
          </div>
        )}
        {isCanceling && (
          <LongWait className={pageStyles.quiet}>
            What is being created at this moment comes to its end first.
          </LongWait>
        )}
        <output className={pageStyles.spoken} aria-live="polite">
          {progressSentence(snapshot, isCanceling)}
        </output>
        {canceledElsewhere && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>It was not canceled from this page.</MessageBarTitle> Somebody else canceled
              it, or you did in another window or with another tool.
            </MessageBarBody>
          </MessageBar>
        )}
        {view === 'overview' && (
          <DeploymentOutcome
            path={path}
            snapshot={snapshot}
            onStarted={onStarted}
            onOvertaken={onOvertaken}
          />
        )}
      </section>
      {place && <DeploymentMenu view={view} />}
      {place && view === 'template' && <TemplateView path={place} correlationId={deployment.correlationId} />}
      {place && (view === 'inputs' || view === 'outputs') && (
        <ValueView key={deployment.state} view={view} path={place} correlationId={deployment.correlationId} />
      )}
      {view === 'overview' && (
        <>
          <section className={pageStyles.section} aria-label="Facts">
            <DeploymentFacts path={path} snapshot={snapshot} now={now} />
            <FailureSummary snapshot={snapshot} />
            <div>
              <PageLink
                to="/resource-groups/$subscriptionId/$resourceGroup/deployments"
                params={{ subscriptionId: path.subscriptionId, resourceGroup: path.resourceGroup }}
              >
                Earlier deployments
              </PageLink>
            </div>
          </section>
          <DeploymentResources snapshot={snapshot} now={now} atWork={atWork} noneSentence="There are none." />
        </>
      )}
    </>
  );
}

/** Whether this page has seen the deployment at work. */
function useWasRunningHere({ id, state }: DeploymentHead): boolean {
  const [seenId, setSeenId] = useState<string>();
  const runs = state === 'Running' || state === 'Accepted';
  if (runs && id !== undefined && id !== seenId) setSeenId(id);
  return seenId !== undefined && seenId === id;
}

function Waiting(): JSX.Element {
  return (
    <>
      <MessageBar>
        <MessageBarBody>
          Reading the deployment… <LongWait />
        </MessageBarBody>
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
