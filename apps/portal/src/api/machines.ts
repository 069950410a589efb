import { type ClusterPath, type Machine, machineSchema, routes } from '@slipway/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { askingAgain } from './asking-again.ts';
import { isClusterMissing, request } from './client.ts';
import { isResourceMissing, resourceKey } from './resource.ts';

/** While something is being done with one of them; and while all are at rest, for machines stop by themselves, too, in milliseconds. */
export const changingMs = 2_000;
const atRestMs = 15_000;

/** Whether something is being done with a machine. */
export const isChanging = ({ power, provisioningState }: Machine): boolean =>
  power === 'starting' ||
  power === 'stopping' ||
  power === 'deallocating' ||
  /^(?:Creating|Updating|Deleting)$/i.test(provisioningState);

/** Where machines are looked up: among those of a cluster, or one by its ARM id, whomever it belongs to. */
export type MachineHome = ClusterPath | { machineId: string };

/** What begins all that is known of the machines of a home. */
export const machineHomeKey = (home: MachineHome): readonly string[] =>
  'machineId' in home
    ? [...resourceKey(home.machineId), 'machine']
    : ['cluster', home.subscriptionId, home.resourceGroup, home.name];

const readMachines = async (home: MachineHome, signal: AbortSignal): Promise<Machine[]> =>
  'machineId' in home
    ? [await request(routes.machine(home.machineId), machineSchema, { signal })]
    : request(routes.clusterMachines(home), z.array(machineSchema), { signal });

/** The machines of a cluster, masters first, or the one with an id, and their power. */
export const machinesQuery = (home: MachineHome) =>
  queryOptions({
    queryKey: [...machineHomeKey(home), 'machines'],
    queryFn: ({ signal }) => readMachines(home, signal),
    refetchInterval: ({ state: { data, error } }) => {
      if (isClusterMissing(error) || isResourceMissing(error)) return false;
      return askingAgain(error, data?.some(isChanging) ? changingMs : atRestMs);
    },
  });

export const useMachines = (home: MachineHome) => useQuery(machinesQuery(home));
