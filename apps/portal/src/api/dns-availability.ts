import { dnsAvailabilitySchema, routes } from '@slipway/contract';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** Whether the masters' and the agents' DNS labels are free in a region. An empty `prefix` asks nothing. */
export const dnsAvailabilityQuery = (subscriptionId: string, region: string, prefix: string) =>
  queryOptions({
    queryKey: ['subscriptions', subscriptionId, 'regions', region, 'dns', prefix],
    queryFn:
      subscriptionId && region && prefix
        ? ({ signal }) =>
            request(routes.dnsAvailability(subscriptionId, region, prefix), dnsAvailabilitySchema, { signal })
        : skipToken,
    staleTime: 15_000,
  });

export const useDnsAvailability = (subscriptionId: string, region: string, prefix: string) =>
  useQuery(dnsAvailabilityQuery(subscriptionId, region, prefix));
