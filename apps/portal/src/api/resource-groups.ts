import { resourceGroupSchema, routes } from '@slipway/contract';
import { queryOptions, skipToken, useQueries, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';

/** The resource groups of a subscription. */
export const resourceGroupsQuery = (subscriptionId: string) =>
  queryOptions({
    queryKey: ['subscriptions', subscriptionId, 'resource-groups'],
    queryFn: subscriptionId
      ? ({ signal }) =>
          request(routes.resourceGroups(subscriptionId), z.array(resourceGroupSchema), { signal })
      : skipToken,
  });

export const useResourceGroups = (subscriptionId: string) => useQuery(resourceGroupsQuery(subscriptionId));

/** The resource groups of each of several subscriptions, in their order. */
export const useResourceGroupsOf = (subscriptionIds: readonly string[]) =>
  useQueries({ queries: subscriptionIds.map((subscriptionId) => resourceGroupsQuery(subscriptionId)) });
