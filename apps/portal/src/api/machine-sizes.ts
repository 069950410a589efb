import { machineSizesSchema, routes } from '@slipway/contract';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** The machine sizes of a region with what is left of the quotas. */
export const machineSizesQuery = (subscriptionId: string, region: string) =>
  queryOptions({
    queryKey: ['subscriptions', subscriptionId, 'regions', region, 'machine-sizes'],
    queryFn:
      subscriptionId && region
        ? ({ signal }) => request(routes.machineSizes(subscriptionId, region), machineSizesSchema, { signal })
        : skipToken,
    staleTime: 60_000,
  });

export const useMachineSizes = (subscriptionId: string, region: string) =>
  useQuery(machineSizesQuery(subscriptionId, region));
