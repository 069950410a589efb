import type { ArmResource } from '@slipway/contract';
import { z } from 'zod';
import type { Arm } from '../arm/arm.ts';
import { namedResource } from '../arm/deployments.ts';
import { listDisks, listScaleSetInstances, listScaleSetInterfaces, readResource } from '../arm/resources.ts';
import { mapLimited } from '../concurrency.ts';

const readsAtOnce = 8;

const diskUserSchema = z.object({
  properties: z.object({
    storageProfile: z.object({ osDisk: z.object({ managedDisk: z.object({ id: z.string() }) }) }),
  }),
});

const interfaceUserSchema = z.object({
  properties: z.object({
    networkProfile: z.object({ networkInterfaces: z.array(z.object({ id: z.string() })) }),
  }),
});

function interfaceIdsOf(machine: ArmResource): string[] {
  const user = interfaceUserSchema.safeParse(machine);
  return user.success ? user.data.properties.networkProfile.networkInterfaces.map(({ id }) => id) : [];
}

const hasType = (resource: ArmResource, type: string): boolean => resource.type.toLowerCase() === type;

/** A machine as it is now: its power, and where it stands, are told by its instance view only. */
const viewOf = (id: string): 'instanceView' | undefined =>
  namedResource(id).type.toLowerCase() === 'microsoft.compute/virtualmachines' ? 'instanceView' : undefined;

/**
 * Reads resources by their ids, and what belongs to them without being managed: the disks that machines made for
 * themselves, a scale set's instances and their interfaces. Each resource once, as ARM returns it, machines with their
 * instance views; ids that lead to nothing (yet, or any more) are left out.
 */
export async function readPieces(arm: Arm, ids: readonly string[]): Promise<ArmResource[]> {
  return withBelongings(arm, await readEach(arm, ids));
}

/** Reads resources one by one, each once. */
export async function readEach(arm: Arm, ids: readonly string[]): Promise<ArmResource[]> {
  const wanted = [...new Map(ids.map((id) => [id.toLowerCase(), id])).values()];
  const read = await mapLimited(wanted, readsAtOnce, (id) => readResource(arm, id, viewOf(id)));
  return read.filter((resource) => resource !== undefined);
}

/** Resources and what belongs to them: see `readPieces`. */
export async function withBelongings(arm: Arm, managed: readonly ArmResource[]): Promise<ArmResource[]> {
  const scaleSets = managed.filter((resource) =>
    hasType(resource, 'microsoft.compute/virtualmachinescalesets'),
  );
  const members = await mapLimited(scaleSets, readsAtOnce, async ({ id }) => {
    const [instances, interfaces] = await Promise.all([
      listScaleSetInstances(arm, id, 'instanceView'),
      listScaleSetInterfaces(arm, id),
    ]);
    const listed = new Set(interfaces.map((nic) => nic.id.toLowerCase()));
    const unlisted = instances.flatMap(interfaceIdsOf).filter((nicId) => !listed.has(nicId.toLowerCase()));
    const read = await mapLimited(unlisted, readsAtOnce, (nicId) => readResource(arm, nicId));
    return [...instances, ...interfaces, ...read.filter((nic) => nic !== undefined)];
  });
  const known = [...managed, ...members.flat()];
  const disks = await readDisks(arm, known);
  return [...new Map([...known, ...disks].map((resource) => [resource.id.toLowerCase(), resource])).values()];
}

/** The OS disks of machines and instances: by one list a resource group, because there may be a hundred. */
async function readDisks(arm: Arm, machines: readonly ArmResource[]): Promise<ArmResource[]> {
  const ids = new Set(
    machines.flatMap((machine) => {
      const user = diskUserSchema.safeParse(machine);
      return user.success ? [user.data.properties.storageProfile.osDisk.managedDisk.id.toLowerCase()] : [];
    }),
  );
  for (const { id } of machines) ids.delete(id.toLowerCase());
  const groups = new Set(
    [...ids].flatMap((id) => /^(\/subscriptions\/[^/]+\/resourcegroups\/[^/]+)\//.exec(id)?.[1] ?? []),
  );
  const lists = await mapLimited([...groups], readsAtOnce, (group) => {
    const [, , subscriptionId = '', , resourceGroup = ''] = group.split('/');
    return listDisks(arm, subscriptionId, resourceGroup);
  });
  return lists.flat().filter(({ id }) => ids.has(id.toLowerCase()));
}
