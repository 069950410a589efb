import { type ClusterPath, routes } from '@slipway/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { request } from './client.ts';
import { clusterQuery } from './cluster.ts';

/** Asks ARM to cancel the cluster's running deployment. */
export function useCancelDeployment(path: ClusterPath) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request(routes.cancelDeployment(path), z.unknown(), { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: clusterQuery(path).queryKey }),
  });
}
