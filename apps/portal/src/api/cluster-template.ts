import type { ClusterSpec } from '@slipway/cluster';
import { routes, templateFilesSchema } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** The template and the parameters that creating a spec would submit. */
export const useClusterTemplate = (spec: ClusterSpec) =>
  useQuery({
    queryKey: ['cluster-template', spec],
    queryFn: ({ signal }) =>
      request(routes.clusterTemplate(), templateFilesSchema, { method: 'POST', body: { spec }, signal }),
    staleTime: Infinity,
    gcTime: 0,
  });
