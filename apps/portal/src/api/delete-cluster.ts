import { type ClusterPath, type deleteClusterRequestSchema, routes } from '@slipway/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { type ApiProblem, isClusterMissing, isDeploymentRunning, request } from './client.ts';
import { clusterQuery } from './cluster.ts';
import { clustersQuery } from './clusters.ts';
import { untilAnswered } from './until-answered.ts';

/**
 * Asks ARM to delete a cluster with everything in it; the answer comes when ARM has begun, or says `gone` when it is done
 * already. An answer that gets lost (`lost`) is asked for again while the component is there: a deletion that has begun
 * is not begun anew.
 */
export function useDeleteCluster(path: ClusterPath) {
  const client = useQueryClient();
  const [lost, setLost] = useState<ApiProblem>();
  const leaving = useRef<AbortController>(undefined);
  useEffect(() => () => leaving.current?.abort(), []);
  const mutation = useMutation({
    mutationFn: async (body: z.output<typeof deleteClusterRequestSchema>): Promise<'begun' | 'gone'> => {
      setLost(undefined);
      const abort = new AbortController();
      leaving.current = abort;
      let isRepeated = false;
      try {
        await untilAnswered(() => request(routes.cluster(path), z.unknown(), { method: 'DELETE', body }), {
          signal: abort.signal,
          line: window,
          onLost: (problem) => {
            isRepeated = true;
            setLost(problem);
          },
        });
        return 'begun';
      } catch (thrown) {
        // What was sent before its answer got lost has deleted it.
        if (isRepeated && isClusterMissing(thrown)) return 'gone';
        throw thrown;
      }
    },
    // Not waited for: a cluster that is gone at once takes its pages with it, and whoever asked has to be told before.
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: clustersQuery.queryKey });
      void client.invalidateQueries({ queryKey: clusterQuery(path).queryKey });
    },
    // Refused because a deployment has begun elsewhere: whoever asked has to learn of it.
    onError: (thrown) =>
      isDeploymentRunning(thrown)
        ? client.invalidateQueries({ queryKey: clusterQuery(path).queryKey })
        : undefined,
  });
  return { ...mutation, lost: mutation.isPending ? lost : undefined };
}
