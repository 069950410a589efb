import { type ClusterPath, type Machine, machineSchema, routes } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { askingAgain } from './asking-again.ts';
import { isClusterMissing, request } from './client.ts';

/** While something is being done with one of them; and while all are at rest, for machines stop by themselves, too, in milliseconds. */
export const changingMs = 2_000;
const atRestMs = 15_000;

/** Whether something is being done with a machine. */
export const isChanging = ({ power, provisioningState }: Machine): boolean =>
  power === 'starting' ||
  power === 'stopping' ||
  power === 'deallocating' ||
  /^(?:Creating|Updating|Deleting)$/i.test(provisioningState);

/** A cluster's machines and their power, masters first. */
export const machinesQuery = (path: ClusterPath) =>
  queryOptions({
    queryKey: ['cluster', path.subscriptionId, path.resourceGroup, path.name, 'machines'],
    queryFn: ({ signal }) => request(routes.clusterMachines(path), z.array(machineSchema), { signal }),
    refetchInterval: ({ state: { data, error } }) => {
      if (isClusterMissing(error)) return false;
      return askingAgain(error, data?.some(isChanging) ? changingMs : atRestMs);
    },
  });

export const useMachines = (path: ClusterPath) => useQuery(machinesQuery(path));
