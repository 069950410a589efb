import type { ClusterChangesRequest, ClusterPath } from '@slipway/contract';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem, asProblem } from '../../api/client.ts';
import { useRedeployCluster } from '../../api/redeploy-cluster.ts';
import { untilAnswered } from '../../api/until-answered.ts';
import { randomUuid } from '../../components/random-uuid.ts';
import { clusterAddress, deploymentNotificationId } from '../../notifications/cluster-notifications.ts';
import { useNotificationStore } from '../../notifications/use-notifications.ts';

/** What has become of an update that was asked for; `looking`: the answer was lost, and it is asked for again. */
export type UpdateState =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'looking'; problem: ApiProblem }
  | { phase: 'refused'; problem: ApiProblem };

/** An update of a cluster, and what it is called while it runs. */
export interface ClusterUpdate {
  changes: ClusterChangesRequest;
  /** For example `web is being deployed again`. */
  title: string;
}

/** Whether somebody else was quicker: the page then has to show what has become of the cluster. */
const isOvertaken = (thrown: unknown): thrown is ApiProblem =>
  thrown instanceof ApiProblem &&
  (thrown.code === 'ClusterChanged' ||
    thrown.code === 'DeploymentRunning' ||
    thrown.arm?.code === 'DeploymentStackInNonTerminalState');

/**
 * Deploys a cluster once more, with changes or as it is. An answer that got lost is asked for again under the same id, so
 * that it starts one deployment; another change is another request.
 */
export function useClusterUpdate(
  path: ClusterPath,
  {
    afterDeploymentId,
    onStarted,
    onOvertaken,
  }: {
    /** The cluster's last deployment as the person sees it. */
    afterDeploymentId: string | undefined;
    onStarted: () => void;
    /** Somebody else was quicker; nothing was started. */
    onOvertaken: (problem: ApiProblem) => void;
  },
): { state: UpdateState; start: (update: ClusterUpdate) => void; stop: () => void } {
  const redeploy = useRedeployCluster(path);
  const { notify } = useNotificationStore();
  const [state, setState] = useState<UpdateState>({ phase: 'idle' });
  const request = useRef<{ id: string; of: string }>(undefined);
  const underway = useRef<AbortController>(undefined);
  useEffect(() => () => underway.current?.abort(), []);

  const run = async ({ changes, title }: ClusterUpdate): Promise<void> => {
    const abort = new AbortController();
    underway.current = abort;
    const of = JSON.stringify(changes);
    if (request.current?.of !== of) request.current = { id: randomUuid(), of };
    const body = {
      ...changes,
      requestId: request.current.id,
      ...(afterDeploymentId === undefined ? {} : { afterDeploymentId }),
    };
    setState({ phase: 'sending' });
    try {
      await untilAnswered(() => redeploy(body, abort.signal), {
        signal: abort.signal,
        line: window,
        onLost: (problem) => setState({ phase: 'looking', problem }),
      });
      request.current = undefined;
      notify({
        id: deploymentNotificationId(path),
        state: 'progress',
        title,
        link: { href: clusterAddress(path, 'deployment'), label: 'See the deployment' },
      });
      onStarted();
      setState({ phase: 'idle' });
    } catch (thrown) {
      if (abort.signal.aborted) {
        setState({ phase: 'idle' });
      } else if (isOvertaken(thrown)) {
        request.current = undefined;
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
    start: (update) => {
      if (!underway.current) void run(update);
    },
    stop: () => underway.current?.abort(),
  };
}
