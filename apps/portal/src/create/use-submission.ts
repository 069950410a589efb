import type { ClusterSpec } from '@slipway/cluster';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type ApiProblem, asProblem } from '../api/client.ts';
import { useCreateCluster } from '../api/create-cluster.ts';
import { untilAnswered } from '../api/until-answered.ts';
import { randomUuid } from '../components/random-uuid.ts';
import { clusterAddress, deploymentNotificationId } from '../notifications/cluster-notifications.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { awaitNoSubmission, awaitSubmission, isAwaited } from './awaited-submission.ts';
import { type Submission, specOf, submissionOf } from './submission.ts';

/** How far a submission is. */
export type SubmissionState =
  | { phase: 'idle' }
  | { phase: 'sending' }
  /** The answer got lost, and is asked for again by itself. */
  | { phase: 'looking'; problem: ApiProblem | undefined }
  /** No answer came, and nobody is looking for one. */
  | { phase: 'unanswered'; sentAt: number }
  | { phase: 'refused'; problem: ApiProblem };

export interface SubmissionControl {
  state: SubmissionState;
  /** Submits a spec, once however often it is asked for. */
  submit: (spec: ClusterSpec) => void;
  /** Looks for the answer to what was submitted last. */
  look: () => void;
  /** Stops waiting. What was sent stays sent. */
  stop: () => void;
}

/** The first state of a visit: this tab goes on with what it was waiting for; another one asks first. */
function openingState(kept: Submission | undefined): SubmissionState {
  if (kept?.sentAt === undefined || !specOf(kept)) return { phase: 'idle' };
  return isAwaited(sessionStorage, kept.requestId)
    ? { phase: 'looking', problem: undefined }
    : { phase: 'unanswered', sentAt: kept.sentAt };
}

/**
 * Submits what the wizard holds and goes to the deployment. What is sent is kept before it leaves, with an id of its
 * own: when its answer gets lost, also by a reload, the same id is asked for again, and names the same cluster.
 */
export function useSubmission({
  kept,
  onSent,
  onRefused,
  onCreated,
}: {
  /** The last submission of the draft, if any. */
  kept: Submission | undefined;
  /** Stores the submission with the draft, at once: it is about to be sent. */
  onSent: (submission: Submission) => void;
  /** The submission was answered, and may be sent again as it is. */
  onRefused: (problem: ApiProblem, submission: Submission) => void;
  onCreated: () => void;
}): SubmissionControl {
  const create = useCreateCluster();
  const router = useRouter();
  const { notify } = useNotificationStore();
  const [state, setState] = useState(() => openingState(kept));
  const last = useRef(kept);
  const underway = useRef<AbortController>(undefined);

  const run = async (submission: Submission, spec: ClusterSpec): Promise<void> => {
    const abort = new AbortController();
    underway.current = abort;
    const sent = { ...submission, sentAt: submission.sentAt ?? Date.now() };
    last.current = sent;
    onSent(sent);
    awaitSubmission(sessionStorage, sent.requestId);
    try {
      const path = await untilAnswered(() => create({ requestId: sent.requestId, spec }, abort.signal), {
        signal: abort.signal,
        line: window,
        onLost: (problem) => setState({ phase: 'looking', problem }),
      });
      awaitNoSubmission(sessionStorage);
      onCreated();
      const address = clusterAddress(path, 'deployment');
      notify({
        id: deploymentNotificationId(path),
        state: 'progress',
        title: `${path.name} is being deployed`,
        link: { href: address, label: 'See the deployment' },
      });
      // In the place of the Summary: going back leads to no wizard that has nothing to sum up.
      await router.navigate({ to: address, replace: true });
    } catch (thrown) {
      if (abort.signal.aborted) return;
      const problem = asProblem(thrown);
      awaitNoSubmission(sessionStorage);
      last.current = { requestId: sent.requestId, spec: sent.spec };
      setState({ phase: 'refused', problem });
      onRefused(problem, last.current);
    } finally {
      if (underway.current === abort) underway.current = undefined;
    }
  };

  const look = (): void => {
    const submission = last.current;
    const spec = submission && specOf(submission);
    if (!spec || underway.current) return;
    setState((now) => ({ phase: 'looking', problem: now.phase === 'looking' ? now.problem : undefined }));
    void run(submission, spec);
  };

  const resume = useEffectEvent(() => {
    if (state.phase === 'looking') look();
  });
  useEffect(() => {
    resume();
    // Who leaves the wizard waits no longer; what was sent stays sent, and is looked for at the next visit.
    return () => {
      underway.current?.abort();
      underway.current = undefined;
    };
  }, []);

  return {
    state,
    submit: (spec) => {
      if (underway.current) return;
      setState({ phase: 'sending' });
      void run(submissionOf(spec, last.current, randomUuid), spec);
    },
    look,
    stop: () => {
      underway.current?.abort();
      underway.current = undefined;
      awaitNoSubmission(sessionStorage);
      const sentAt = last.current?.sentAt;
      setState(sentAt === undefined ? { phase: 'idle' } : { phase: 'unanswered', sentAt });
    },
  };
}
