import { groupExportSchema, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { request } from './client.ts';

/** A resource group as a template: read when it is `wanted`, for ARM reads every resource of it. */
export const useGroupExport = (subscriptionId: string, resourceGroup: string, wanted: boolean) =>
  useQuery({
    enabled: wanted,
    queryKey: ['group-export', subscriptionId, resourceGroup],
    queryFn: ({ signal }) =>
      request(routes.exportGroup(subscriptionId, resourceGroup), groupExportSchema, {
        method: 'POST',
        body: {},
        signal,
        patienceMs: 90_000,
      }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
