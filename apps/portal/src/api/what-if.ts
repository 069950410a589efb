import type { ClusterSpec } from '@slipway/cluster';
import { type Cluster, type WhatIfChangeRequest, routes, whatIfSchema } from '@slipway/contract';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { useDebounced } from '../components/use-debounced.ts';
import { request } from './client.ts';

/** So long a change must have stayed the same before ARM is asked about it, in milliseconds. */
const settledMs = 500;

/** Asks once for each input; the answer to another one is never shown, nor one from an earlier visit. */
const whatIfQuery = (input: readonly unknown[], ask: { address: string; body: unknown } | undefined) =>
  queryOptions({
    queryKey: ['what-if', ...input],
    queryFn: ask
      ? ({ signal }) =>
          request(ask.address, whatIfSchema, { method: 'POST', body: ask.body, signal, patienceMs: 90_000 })
      : skipToken,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** What a spec would build, as ARM foresees it. Without a spec nothing is asked; another spec cancels the question. */
export const useWhatIfSpec = (spec: ClusterSpec | undefined) =>
  useQuery(whatIfQuery(['spec', spec], spec && { address: routes.whatIfSpec(), body: { spec } }));

/**
 * What a change of a cluster would do, as ARM foresees it. Without changes nothing is asked; while they are being made, the
 * question waits, and what was asked before is canceled. When the cluster has been deployed meanwhile, it is another question.
 */
export function useWhatIfCluster(cluster: Cluster, changes: WhatIfChangeRequest | undefined) {
  const now = JSON.stringify(changes);
  const isSettled = useDebounced(now, settledMs) === now;
  return useQuery(
    whatIfQuery(
      [cluster.id, cluster.deploymentId, changes],
      changes && isSettled ? { address: routes.whatIfCluster(cluster), body: changes } : undefined,
    ),
  );
}
