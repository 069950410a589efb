import type { ClusterSpec } from '@slipway/cluster';
import { routes, validateClusterAnswerSchema } from '@slipway/contract';
import { queryOptions, skipToken } from '@tanstack/react-query';
import { request } from './client.ts';

/** Has a spec verified by the API and by ARM's preflight. Nothing is created. Without a spec nothing is asked. */
export const validateClusterQuery = (spec: ClusterSpec | undefined) =>
  queryOptions({
    queryKey: ['validate-cluster', spec],
    queryFn: spec
      ? ({ signal }) =>
          request(routes.validateCluster(), validateClusterAnswerSchema, {
            method: 'POST',
            body: { spec },
            signal,
          })
      : skipToken,
    // An answer holds for the moment only: a quota or a name may be gone a minute later.
    staleTime: 0,
    gcTime: 0,
    // Whoever shows the verdict decides when it is asked for again.
    refetchInterval: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
