import type { ClusterSpec } from '@slipway/cluster';
import { useRouter } from '@tanstack/react-router';
import { useRef } from 'react';
import { type ApiProblem, asProblem } from '../api/client.ts';
import { useCreateCluster } from '../api/create-cluster.ts';
import { clusterAddress, deploymentNotificationId } from '../notifications/cluster-notifications.ts';
import { useNotificationStore } from '../notifications/use-notifications.ts';
import { randomUuid, submissionOf } from './submission.ts';
import { useWizard } from './wizard-context.ts';

/**
 * Submits the spec, once however often it is asked for, and goes to the deployment. A retry after a failure sends
 * the same request id, so that an answer that got lost does not make a second cluster.
 */
export function useSubmit(): {
  submit: (spec: ClusterSpec) => Promise<void>;
  submitting: boolean;
  problem: ApiProblem | undefined;
} {
  const { submission, finish, dispatch } = useWizard();
  const create = useCreateCluster();
  const router = useRouter();
  const { notify } = useNotificationStore();
  const underway = useRef(false);

  const submit = async (spec: ClusterSpec): Promise<void> => {
    if (underway.current) return;
    underway.current = true;
    const next = submissionOf(spec, submission.last(), randomUuid);
    submission.keep(next);
    try {
      const path = await create.mutateAsync({ requestId: next.requestId, spec });
      finish();
      const address = clusterAddress(path, 'deployment');
      notify({
        id: deploymentNotificationId(path),
        state: 'progress',
        title: `${path.name} is being deployed`,
        link: { href: address, label: 'See the deployment' },
      });
      if (router.state.location.pathname === '/create') await router.navigate({ to: address });
    } catch (thrown) {
      dispatch({ type: 'refused', fields: asProblem(thrown).fields });
    } finally {
      underway.current = false;
    }
  };
  return {
    submit,
    submitting: create.isPending || create.isSuccess,
    problem: create.isError ? asProblem(create.error) : undefined,
  };
}
