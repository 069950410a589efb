import { type ResourceGroup, isBeingDeleted, resourceGroupSchema, routes } from '@slipway/contract';
import { type UseQueryResult, queryOptions, skipToken, useQueries, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { askingAgain } from './asking-again.ts';
import { request } from './client.ts';

/** Between two looks while a group is being deleted, in milliseconds. */
const goingMs = 4_000;

/** The resource groups of a subscription; asked again while one of them is being deleted. */
export const resourceGroupsQuery = (subscriptionId: string) =>
  queryOptions({
    queryKey: ['subscriptions', subscriptionId, 'resource-groups'],
    queryFn: subscriptionId
      ? ({ signal }) =>
          request(routes.resourceGroups(subscriptionId), z.array(resourceGroupSchema), { signal })
      : skipToken,
    refetchInterval: ({ state: { data, error } }) =>
      askingAgain(
        error,
        data?.some((group) => isBeingDeleted(group.provisioningState)) === true ? goingMs : false,
      ),
  });

export const useResourceGroups = (subscriptionId: string) => useQuery(resourceGroupsQuery(subscriptionId));

/** What is known of the groups of a subscription. */
type GroupsRead = Pick<UseQueryResult<ResourceGroup[]>, 'data' | 'error' | 'isPending' | 'dataUpdatedAt'>;

const asReads = (results: readonly GroupsRead[]): GroupsRead[] =>
  results.map(({ data, error, isPending, dataUpdatedAt }) => ({ data, error, isPending, dataUpdatedAt }));

/** The resource groups of each of several subscriptions, in their order; the same array while nothing changes. */
export const useResourceGroupsOf = (subscriptionIds: readonly string[]) =>
  useQueries({
    queries: subscriptionIds.map((subscriptionId) => resourceGroupsQuery(subscriptionId)),
    combine: asReads,
  });
