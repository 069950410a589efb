import type { Machine } from '@slipway/contract';
import { ApiError } from '../api-error.ts';
import type { Arm } from '../arm/arm.ts';
import { checkMachineId } from '../arm/machines.ts';
import { readAnyResource } from '../arm/resources.ts';
import { mapLimited } from '../concurrency.ts';
import { interfaceIdsOf, toMachine } from './read-machine.ts';

const readsAtOnce = 4;

/**
 * A VM or a scale-set instance by its ARM id, with its power and its addresses, whomever it belongs to: what it is for is
 * not known here. Throws `NotFound` for an id of something else, `ResourceNotFound` where there is no such machine.
 */
export async function readAnyMachine(arm: Arm, id: string): Promise<Machine> {
  checkMachineId(id);
  const machine = await readAnyResource(arm, id, 'instanceView');
  if (!machine) throw new ApiError('ResourceNotFound', 'There is no machine with this id.');
  const read = await mapLimited(interfaceIdsOf(machine), readsAtOnce, (each) => readAnyResource(arm, each));
  const interfaces = read.flatMap((each) => (each ? ([[each.id.toLowerCase(), each]] as const) : []));
  return toMachine(machine, { roles: new Map(), interfaces: new Map(interfaces) });
}
