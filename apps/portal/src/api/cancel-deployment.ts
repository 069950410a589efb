import { type ClusterPath, type DeploymentHead, routes } from '@slipway/contract';
import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';
import { clusterQuery } from './cluster.ts';
import { mayHaveGotLost } from './until-answered.ts';

const cancelKey = (path: ClusterPath): readonly string[] => [
  'cancel-deployment',
  path.subscriptionId,
  path.resourceGroup,
  path.name,
];

/** Asks ARM to cancel the cluster's running deployment. `mutate` takes the deployment's ARM id, where it is known. */
export function useCancelDeployment(path: ClusterPath) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: cancelKey(path),
    mutationFn: (_deploymentId: string | undefined) =>
      request(routes.cancelDeployment(path), z.unknown(), { method: 'POST' }),
    // As long as the page lives: it has to know who canceled.
    gcTime: Number.POSITIVE_INFINITY,
    onSettled: () => client.invalidateQueries({ queryKey: clusterQuery(path).queryKey }),
  });
}

/**
 * What this page has done to cancel a deployment: nothing, `sent` (ARM may have agreed, the answer got lost or is not here
 * yet), or `agreed`.
 */
export function useOwnCancel(
  path: ClusterPath,
  { id, startedAt }: Pick<DeploymentHead, 'id' | 'startedAt'>,
): 'nothing' | 'sent' | 'agreed' {
  const own = useMutationState({
    filters: { mutationKey: [...cancelKey(path)] },
    select: ({ state: { variables, submittedAt, status, error } }) => ({
      id: variables,
      at: submittedAt,
      hasAgreed: status === 'success',
      isRefused: status === 'error' && !mayHaveGotLost(error),
    }),
    // Where the deployment was not known, it was the one that ran then.
  }).filter((each) =>
    each.id === undefined ? startedAt !== undefined && Date.parse(startedAt) <= each.at : each.id === id,
  );
  if (own.some(({ hasAgreed }) => hasAgreed)) return 'agreed';
  return own.some(({ isRefused }) => !isRefused) ? 'sent' : 'nothing';
}
