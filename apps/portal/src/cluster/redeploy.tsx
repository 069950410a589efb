import { Button, MessageBar, MessageBarBody, MessageBarTitle, Spinner } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons';
import type { ClusterPath, DeploymentHead } from '@slipway/contract';
import { type JSX, useEffect, useRef, useState } from 'react';
import { ApiProblem, asProblem } from '../api/client.ts';
import { useRedeployCluster } from '../api/redeploy-cluster.ts';
import { untilAnswered } from '../api/until-answered.ts';
import { ProblemBar } from '../components/problem-bar.tsx';
import { randomUuid } from '../components/random-uuid.ts';
import { clusterAddress, deploymentNotificationId } from '../notifications/cluster-notifications.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { usePageStyles } from './page-styles.ts';

/** Whether somebody else was quicker: the page then has to show what has become of the cluster. */
const isOvertaken = (thrown: unknown): thrown is ApiProblem =>
  thrown instanceof ApiProblem &&
  (thrown.code === 'ClusterChanged' ||
    thrown.code === 'DeploymentRunning' ||
    thrown.arm?.code === 'DeploymentStackInNonTerminalState');

/**
 * Deploys a cluster once more after a deployment that did not succeed. An answer that got lost is asked for again under
 * the same id, so that it starts one deployment.
 */
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
  const { state, start, stop } = useRedeploy(path, deployment.id, onStarted, onOvertaken);
  return (
    <div className={styles.section}>
      <p className={styles.text}>
        {deployment.state === 'Failed' ? 'Redeploy when the cause is out of the way' : 'Redeploy to go on'}:
        with the same values, and only what is missing is created. What exists already stays as it is.
      </p>
      {state.phase === 'refused' && (
        <ProblemBar problem={state.problem} title="The redeployment could not be started." />
      )}
      {state.phase === 'looking' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>The answer got lost. Asking again…</MessageBarTitle> {state.problem.message} It
            is started once, however often it is asked for.
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.actions}>
        <Button
          appearance="primary"
          icon={
            state.phase === 'sending' || state.phase === 'looking' ? (
              <Spinner size="tiny" />
            ) : (
              <ArrowClockwiseRegular />
            )
          }
          disabledFocusable={state.phase === 'sending' || state.phase === 'looking'}
          onClick={start}
        >
          Redeploy
        </Button>
        {state.phase === 'looking' && <Button onClick={stop}>Stop asking</Button>}
      </div>
    </div>
  );
}

type RedeployState =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'looking'; problem: ApiProblem }
  | { phase: 'refused'; problem: ApiProblem };

function useRedeploy(
  path: ClusterPath,
  afterDeploymentId: string | undefined,
  onStarted: () => void,
  onOvertaken: (problem: ApiProblem) => void,
): { state: RedeployState; start: () => void; stop: () => void } {
  const redeploy = useRedeployCluster(path);
  const { notify } = useNotificationStore();
  const [state, setState] = useState<RedeployState>({ phase: 'idle' });
  const requestId = useRef<string>(undefined);
  const underway = useRef<AbortController>(undefined);
  useEffect(() => () => underway.current?.abort(), []);

  const run = async (): Promise<void> => {
    const abort = new AbortController();
    underway.current = abort;
    const id = (requestId.current ??= randomUuid());
    setState({ phase: 'sending' });
    try {
      const body = { requestId: id, ...(afterDeploymentId === undefined ? {} : { afterDeploymentId }) };
      await untilAnswered(() => redeploy(body, abort.signal), {
        signal: abort.signal,
        line: window,
        onLost: (problem) => setState({ phase: 'looking', problem }),
      });
      requestId.current = undefined;
      notify({
        id: deploymentNotificationId(path),
        state: 'progress',
        title: `${path.name} is being deployed again`,
        link: { href: clusterAddress(path, 'deployment'), label: 'See the deployment' },
      });
      onStarted();
      setState({ phase: 'idle' });
    } catch (thrown) {
      if (abort.signal.aborted) {
        setState({ phase: 'idle' });
      } else if (isOvertaken(thrown)) {
        requestId.current = undefined;
        onOvertaken(thrown);
        setState({ phase: 'idle' });
      } else {
        setState({ phase: 'refused', problem: asProblem(thrown) });
      }
    } finally {
      underway.current = undefined;
    }
  };
  return {
    state,
    start: () => {
      if (!underway.current) void run();
    },
    stop: () => underway.current?.abort(),
  };
}
