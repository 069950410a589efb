import { type ClusterPath, bootLogSchema, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { askingAgain } from './asking-again.ts';
import { request } from './client.ts';

/** So often a log is read while it is looked at, in milliseconds. */
const liveMs = 2_000;

/** What a machine writes to its serial console; read again and again while the page is visible. */
export const useBootLog = (path: ClusterPath, machineId: string) =>
  useQuery({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'boot-log', machineId],
    queryFn: ({ signal }) => request(routes.machineBootLog(path, machineId), bootLogSchema, { signal }),
    refetchInterval: ({ state: { error } }) => askingAgain(error, error === null && liveMs),
  });
