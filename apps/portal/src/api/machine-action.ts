import {
  type ActOnMachineRequest,
  type Machine,
  type MachineAction,
  acceptedSchema,
  machineActionSchema,
  machineSchema,
  routes,
} from '@slipway/contract';
import { type QueryClient, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { type ApiProblem, asProblem, isPassing, request } from './client.ts';
import { type MachineHome, changingMs, isChanging, machineHomeKey, machinesQuery } from './machines.ts';

/** What is told of an action while it goes on and when it is over, also when its page has been left. */
export interface ActionListener {
  onBegun: (machine: Machine, action: MachineAction) => void;
  onDone: (machine: Machine, action: MachineAction) => void;
  /** It was refused (`problem`), or it was begun and failed: then the machine says why. */
  onFailed: (machine: Machine, action: MachineAction, problem?: ApiProblem) => void;
}

const wishSchema = z.object({ machine: machineSchema, action: machineActionSchema });
type Wish = z.infer<typeof wishSchema>;

const keyOf = (home: MachineHome): readonly string[] => ['machine-action', ...machineHomeKey(home)];

const routeOf = (home: MachineHome): string =>
  'machineId' in home ? routes.actOnMachine() : routes.machineAction(home);

/** Does something with a machine, and goes on until it is done: the list of machines shows meanwhile how far it is. */
export function useMachineAction(home: MachineHome, listener: ActionListener) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: keyOf(home),
    mutationFn: async ({ machine, action }: Wish): Promise<Machine> => {
      const body: ActOnMachineRequest = { id: machine.id, action };
      try {
        await request(routeOf(home), acceptedSchema, { method: 'POST', body });
      } catch (thrown) {
        // Where only the answer got lost, it has begun all the same.
        if (!isPassing(thrown) || !(await isUnderway(client, home, machine))) throw thrown;
      }
      listener.onBegun(machine, action);
      return untilDone(client, home, machine);
    },
    // As long as the page lives: it says what has become of the last one.
    gcTime: Number.POSITIVE_INFINITY,
    onSuccess: (machine, { action }) =>
      machine.provisioningState === 'Failed'
        ? listener.onFailed(machine, action)
        : listener.onDone(machine, action),
    onError: (thrown, { machine, action }) => listener.onFailed(machine, action, asProblem(thrown)),
    // Not waited for: it is over, whether the list can be read now or not.
    onSettled: () => void client.invalidateQueries({ queryKey: machinesQuery(home).queryKey }),
  });
}

/** The last action on a machine that this visit has begun: it goes on, it was refused, or it is over. */
export interface OwnAction {
  action: MachineAction;
  state: 'pending' | 'refused' | 'over';
  problem: ApiProblem | undefined;
  /** The machine as it was found when it was over. */
  machine: Machine | undefined;
}

/** The last action of this visit on a machine; `undefined` where there was none. */
export function useOwnAction(home: MachineHome, machineId: string): OwnAction | undefined {
  const own = useMutationState({
    filters: { mutationKey: [...keyOf(home)] },
    select: ({ state: { variables, status, error, data } }): OwnAction[] => {
      const wish = wishSchema.safeParse(variables);
      if (!wish.success || wish.data.machine.id !== machineId) return [];
      return [
        {
          action: wish.data.action,
          state: status === 'error' ? 'refused' : status === 'success' ? 'over' : 'pending',
          problem: status === 'error' ? asProblem(error) : undefined,
          machine: machineSchema.safeParse(data).data,
        },
      ];
    },
  });
  return own.flat().at(-1);
}

/** Whether something is being done with a machine, or has been: it is not any more as it was. */
async function isUnderway(client: QueryClient, home: MachineHome, { id, power }: Machine): Promise<boolean> {
  try {
    const machines = await client.fetchQuery({ ...machinesQuery(home), staleTime: 0 });
    const found = machines.find((each) => each.id === id);
    return found !== undefined && (isChanging(found) || found.power !== power);
  } catch {
    return false;
  }
}

/** Looks until nothing is being done with a machine any more; what keeps a look from its answer may pass. */
async function untilDone(client: QueryClient, home: MachineHome, machine: Machine): Promise<Machine> {
  for (;;) {
    await new Promise((resume) => setTimeout(resume, changingMs / 2));
    try {
      const machines = await client.fetchQuery({ ...machinesQuery(home), staleTime: 0 });
      const found = machines.find(({ id }) => id === machine.id);
      if (!found || !isChanging(found)) return found ?? machine;
    } catch (thrown) {
      if (!isPassing(thrown)) throw thrown;
    }
  }
}
