import { routes, subscriptionSchema } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';

export const subscriptionsQuery = queryOptions({
  queryKey: ['subscriptions'],
  queryFn: ({ signal }) => request(routes.subscriptions(), z.array(subscriptionSchema), { signal }),
  staleTime: 300_000,
});

export const useSubscriptions = () => useQuery(subscriptionsQuery);
