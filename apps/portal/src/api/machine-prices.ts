import { machinePricesSchema, routes } from '@slipway/contract';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** What the machine sizes of a region cost, where somebody has said so. */
const machinePricesQuery = (subscriptionId: string, region: string) =>
  queryOptions({
    queryKey: ['subscriptions', subscriptionId, 'regions', region, 'prices'],
    queryFn:
      subscriptionId && region
        ? ({ signal }) =>
            request(routes.machinePrices(subscriptionId, region), machinePricesSchema, { signal })
        : skipToken,
    staleTime: 300_000,
  });

export const useMachinePrices = (subscriptionId: string, region: string) =>
  useQuery(machinePricesQuery(subscriptionId, region));
