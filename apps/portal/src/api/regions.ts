import { regionSchema, routes } from '@slipway/contract';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';

/** The regions that a subscription offers, as ARM lists them. */
export const regionsQuery = (subscriptionId: string) =>
  queryOptions({
    queryKey: ['subscriptions', subscriptionId, 'regions'],
    queryFn: subscriptionId
      ? ({ signal }) => request(routes.regions(subscriptionId), z.array(regionSchema), { signal })
      : skipToken,
    staleTime: 300_000,
  });

export const useRegions = (subscriptionId: string) => useQuery(regionsQuery(subscriptionId));
