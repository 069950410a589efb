import {
  type DeploymentDetails,
  type DeploymentHistory,
  type DeploymentPath,
  deploymentDetailsSchema,
  deploymentHistorySchema,
  deploymentTemplateSchema,
  routes,
} from '@slipway/contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { askingAgain } from './asking-again.ts';
import { ApiProblem, request } from './client.ts';

/** Between two looks at a history: while a deployment runs, and at rest; in milliseconds. */
const workingMs = 4_000;
const atRestMs = 15_000;
/** Between two looks at a deployment that runs, in milliseconds. */
const runningMs = 2_000;

type Group = Pick<DeploymentPath, 'subscriptionId' | 'resourceGroup'>;

const historyKey = ({ subscriptionId, resourceGroup }: Group): readonly string[] => [
  'subscriptions',
  subscriptionId,
  'resource-groups',
  resourceGroup.toLowerCase(),
  'deployments',
];
const deploymentKey = (path: DeploymentPath): readonly string[] => [
  ...historyKey(path),
  path.deployment.toLowerCase(),
];

const isAtWork = ({ state }: { state: string }): boolean => state === 'Accepted' || state === 'Running';

/** Whether a deployment, or the group of it, does not exist (any more). */
export const isDeploymentMissing = (thrown: unknown): boolean =>
  thrown instanceof ApiProblem && thrown.code === 'NotFound';

/** The newest deployments of a group, at most `limit`; asked again while somebody looks. */
export const useDeploymentHistory = (group: Group, limit: number) =>
  useQuery({
    queryKey: [...historyKey(group), 'newest', limit],
    queryFn: ({ signal }): Promise<DeploymentHistory> =>
      request(
        routes.groupDeployments(group.subscriptionId, group.resourceGroup, { limit }),
        deploymentHistorySchema,
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data, error } }) => {
      if (isDeploymentMissing(error)) return false;
      return askingAgain(error, data?.deployments.some(isAtWork) === true ? workingMs : atRestMs);
    },
  });

/**
 * A deployment with its resources and values; asked again while it runs. `wanted`: not asked for otherwise. What begins
 * anew under the same name is known by its `correlationId`.
 */
export const useDeploymentDetails = (
  path: DeploymentPath,
  { wanted = true, correlationId = '' }: { wanted?: boolean; correlationId?: string | undefined } = {},
) =>
  useQuery({
    queryKey: [...deploymentKey(path), 'details', correlationId],
    queryFn: ({ signal }): Promise<DeploymentDetails> =>
      request(routes.groupDeployment(path), deploymentDetailsSchema, { signal }),
    enabled: wanted,
    refetchInterval: ({ state: { data, error } }) => {
      if (isDeploymentMissing(error)) return false;
      return askingAgain(error, data && isAtWork(data.deployment) ? runningMs : false);
    },
  });

/** The template that a deployment was given. */
export const useDeploymentTemplate = (path: DeploymentPath, correlationId: string | undefined) =>
  useQuery({
    queryKey: [...deploymentKey(path), 'template', correlationId ?? ''],
    queryFn: ({ signal }) =>
      request(routes.groupDeploymentTemplate(path), deploymentTemplateSchema, { signal }),
    // A deployment's template does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Deletes a deployment from its group's history. */
export function useDeleteDeployment(path: DeploymentPath) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(routes.groupDeployment(path), z.unknown(), { method: 'DELETE' }),
    onSettled: async () => {
      // Who comes back to its page asks again; who is there still is about to leave it.
      await client.invalidateQueries({ queryKey: deploymentKey(path), refetchType: 'none' });
      await client.invalidateQueries({ queryKey: [...historyKey(path), 'newest'] });
    },
  });
}

/** Asks ARM to cancel a running deployment. */
export function useCancelGroupDeployment(path: DeploymentPath) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(routes.cancelGroupDeployment(path), z.unknown(), { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: historyKey(path) }),
  });
}
