import type { ClusterPath } from '@slipway/contract';
import { useEffect, useReducer } from 'react';
import { followDeployment } from '../api/deployment-events.ts';
import { readDeployment } from '../api/deployment-snapshot.ts';
import {
  type DeploymentProgress,
  initialProgress,
  needsPolling,
  progressAfter,
} from './deployment-progress.ts';

/** So long the stream may be away before the page says so and asks by itself, in milliseconds. */
const patienceMs = 5_000;
const pollMs = 4_000;

/** Follows a cluster's deployment: by its stream, and by asking while the stream is away. */
export function useDeploymentProgress({
  subscriptionId,
  resourceGroup,
  name,
}: ClusterPath): DeploymentProgress {
  const [progress, change] = useReducer(progressAfter, initialProgress);

  useEffect(() => {
    const stop = followDeployment(
      { subscriptionId, resourceGroup, name },
      {
        opened: () => change({ kind: 'opened', at: Date.now() }),
        received: (event) => change({ kind: 'received', at: Date.now(), event }),
        lost: () => change({ kind: 'lost' }),
      },
    );
    return stop;
  }, [subscriptionId, resourceGroup, name]);

  const waits = progress.line === 'lost' || progress.line === 'connecting';
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => change({ kind: 'overdue' }), patienceMs);
    return () => clearTimeout(timer);
  }, [waits]);

  const polls = needsPolling(progress);
  useEffect(() => {
    if (!polls) return;
    const abort = new AbortController();
    const ask = (): void => {
      readDeployment({ subscriptionId, resourceGroup, name }, abort.signal).then(
        (snapshot) => change({ kind: 'polled', at: Date.now(), snapshot }),
        // The line is away: the page says so already, and the next question comes soon.
        () => undefined,
      );
    };
    ask();
    const timer = setInterval(ask, pollMs);
    return () => {
      clearInterval(timer);
      abort.abort();
    };
  }, [polls, subscriptionId, resourceGroup, name]);

  return progress;
}
