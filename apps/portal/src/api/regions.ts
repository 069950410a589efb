import { type Region, regionSchema, routes } from '@slipway/contract';
import { queryOptions, skipToken, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
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

/** Gives regions of several subscriptions the names that people know; ARM's own until those are known. */
export function useRegionNames(
  subscriptionIds: readonly string[],
): (subscriptionId: string, name: string) => string {
  const combine = useCallback(
    (results: readonly { data: readonly Region[] | undefined }[]): Record<string, string> =>
      Object.fromEntries(
        results.flatMap(({ data }, at) =>
          (data ?? []).map(({ name, displayName }) => [`${subscriptionIds[at]}/${name}`, displayName]),
        ),
      ),
    [subscriptionIds],
  );
  const names = useQueries({ queries: subscriptionIds.map(regionsQuery), combine });
  return useMemo(() => (subscriptionId, name) => names[`${subscriptionId}/${name}`] ?? name, [names]);
}
