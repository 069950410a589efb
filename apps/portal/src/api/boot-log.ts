import { bootLogSchema, routes } from '@slipway/contract';
import { useQuery } from '@tanstack/react-query';
import { askingAgain } from './asking-again.ts';
import { request } from './client.ts';
import { type MachineHome, machineHomeKey } from './machines.ts';

/** So often a log is read while it is looked at, in milliseconds. */
const liveMs = 2_000;

/** What a machine writes to its serial console; read again and again while the page is visible. */
export const useBootLog = (home: MachineHome, machineId: string) =>
  useQuery({
    queryKey: [...machineHomeKey(home), 'boot-log', machineId],
    queryFn: ({ signal }) =>
      request(
        'machineId' in home ? routes.bootLog(machineId) : routes.machineBootLog(home, machineId),
        bootLogSchema,
        { signal },
      ),
    refetchInterval: ({ state: { error } }) => askingAgain(error, error === null && liveMs),
  });
