import type { ClusterPath } from '@slipway/contract';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { ApiProblem, isFinalRefusal } from '../api/client.ts';
import { type Following, followDeployment } from '../api/deployment-events.ts';
import { readDeployment } from '../api/deployment-snapshot.ts';
import {
  type DeploymentProgress,
  initialProgress,
  isOver,
  needsPolling,
  progressAfter,
} from './deployment-progress.ts';

/** So long the stream may be away before the page says so and asks by itself, in milliseconds. */
const patienceMs = 5_000;
/** Between an answer and the next question, in milliseconds. */
const pollMs = 3_000;

/** What a page knows of a deployment, and how it can have it looked at anew. */
export interface FollowedDeployment {
  progress: DeploymentProgress;
  /** Follows anew what has come to its end or was refused: something has been started since. */
  restart: () => void;
  /** Tries the line at once. */
  retry: () => void;
}

/** Follows a cluster's deployment: by its stream, and by asking while the stream is away. */
export function useDeploymentProgress({
  subscriptionId,
  resourceGroup,
  name,
}: ClusterPath): FollowedDeployment {
  const [progress, change] = useReducer(progressAfter, initialProgress);
  const following = useRef<Following>(undefined);
  const follow = useRef<() => void>(undefined);

  useEffect(() => {
    const begin = (): void => {
      following.current?.stop();
      following.current = followDeployment(
        { subscriptionId, resourceGroup, name },
        {
          received: (event) => change({ kind: 'received', at: Date.now(), event }),
          lost: (how) => change({ kind: 'lost', how }),
          refused: (problem) => change({ kind: 'refused', problem }),
        },
      );
    };
    follow.current = begin;
    begin();
    return () => following.current?.stop();
  }, [subscriptionId, resourceGroup, name]);

  const over = isOver(progress);
  useEffect(() => {
    if (over) following.current?.stop();
  }, [over]);

  const waits = progress.line === 'lost' || progress.line === 'connecting';
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => change({ kind: 'overdue' }), patienceMs);
    return () => clearTimeout(timer);
  }, [waits]);

  const polls = needsPolling(progress);
  const askAtOnce = useRef<() => void>(undefined);
  useEffect(() => {
    if (!polls) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const ask = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      clearTimeout(timer);
      try {
        const snapshot = await readDeployment({ subscriptionId, resourceGroup, name }, abort.signal);
        change({ kind: 'polled', at: Date.now(), snapshot });
      } catch (thrown) {
        if (abort.signal.aborted) return;
        if (thrown instanceof ApiProblem && isFinalRefusal(thrown)) {
          change({ kind: 'refused', problem: thrown });
        } else {
          change({ kind: 'pollFailed' });
        }
      }
      asking = false;
      timer = setTimeout(() => void ask(), pollMs);
    };
    askAtOnce.current = () => void ask();
    void ask();
    return () => {
      clearTimeout(timer);
      abort.abort();
      askAtOnce.current = undefined;
    };
  }, [polls, subscriptionId, resourceGroup, name]);

  const retry = useCallback((): void => {
    following.current?.reopen();
    askAtOnce.current?.();
  }, []);

  // The line is back, or somebody looks again: there is nothing to wait for.
  useEffect(() => {
    const comeBack = (): void => {
      if (document.visibilityState === 'visible') retry();
    };
    window.addEventListener('online', comeBack);
    document.addEventListener('visibilitychange', comeBack);
    return () => {
      window.removeEventListener('online', comeBack);
      document.removeEventListener('visibilitychange', comeBack);
    };
  }, [retry]);

  const restart = useCallback((): void => {
    change({ kind: 'restarted' });
    follow.current?.();
  }, []);
  return { progress, restart, retry };
}
