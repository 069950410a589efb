import type { ArmErrorBody, ResourceGroup } from '@slipway/contract';
import { z } from 'zod';
import { toArmError } from './arm-error.ts';
import { armCall, armFailureOf, unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { looseTags, looseText, readItems } from './loose-reading.ts';
import { allOf } from './paging.ts';

/** The resource groups of a subscription, by name. */
export async function listResourceGroups(arm: Arm, subscriptionId: string): Promise<ResourceGroup[]> {
  return armCall(async () => {
    const { resources } = await arm.clients(subscriptionId);
    const found = await allOf(resources.resourceGroups.list());
    return readItems(groupSchema, found).toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  });
}

/** A resource group; `undefined` when there is none of this name. */
export async function findResourceGroup(
  arm: Arm,
  subscriptionId: string,
  name: string,
): Promise<ResourceGroup | undefined> {
  return unlessMissing(async () => {
    const { resources } = await arm.clients(subscriptionId);
    return groupSchema.parse(await resources.resourceGroups.get(name));
  });
}

/** A resource group as a template, and what ARM could not make a part of it. */
export interface ExportedGroup {
  template: Record<string, unknown>;
  error: ArmErrorBody | undefined;
}

/**
 * Has ARM make a template of all resources of a group as they are now, which deploys to the same names where no others are
 * given. Nothing is changed; `signal` ends the wait.
 */
export async function exportGroup(
  arm: Arm,
  subscriptionId: string,
  name: string,
  signal: AbortSignal,
): Promise<ExportedGroup> {
  return armCall(async () => {
    const { resources } = await arm.clients(subscriptionId);
    const { template, error } = await resources.resourceGroups.exportTemplate(
      name,
      { resources: ['*'], options: 'IncludeParameterDefaultValue' },
      { updateIntervalInMs: 300, abortSignal: signal },
    );
    return { template: z.record(z.string(), z.unknown()).parse(template), error: toArmError(error) };
  });
}

/** Creates a resource group, or replaces the tags of the one that has this name. */
export async function putResourceGroup(
  arm: Arm,
  subscriptionId: string,
  group: { name: string; location: string; tags: Record<string, string> },
): Promise<ResourceGroup> {
  return armCall(async () => {
    const { resources } = await arm.clients(subscriptionId);
    const { name, location, tags } = group;
    return groupSchema.parse(await resources.resourceGroups.createOrUpdate(name, { location, tags }));
  });
}

/** Adds tags to a group and keeps those it has. */
export async function addGroupTags(
  arm: Arm,
  subscriptionId: string,
  group: ResourceGroup,
  tags: Record<string, string>,
): Promise<void> {
  await armCall(async () => {
    const { resources } = await arm.clients(subscriptionId);
    await resources.resourceGroups.update(group.name, { tags: { ...group.tags, ...tags } });
  });
}

/**
 * Submits the delete of a group with everything in it; the work itself is not waited for. A group that is gone, or is
 * being deleted, is what was wanted.
 */
export async function submitGroupDelete(arm: Arm, subscriptionId: string, name: string): Promise<void> {
  await unlessGoing(async () => {
    const { resources } = await arm.clients(subscriptionId);
    await resources.resourceGroups.delete(name).submitted();
  });
}

/** Deletes a group and waits until it is gone, but no longer than `timeLimitMs`. */
export async function deleteGroup(
  arm: Arm,
  subscriptionId: string,
  name: string,
  timeLimitMs: number,
): Promise<void> {
  await unlessGoing(async () => {
    const { resources } = await arm.clients(subscriptionId);
    const poller = resources.resourceGroups.delete(name, { updateIntervalInMs: 500 });
    await poller.submitted();
    await poller.pollUntilDone({ abortSignal: AbortSignal.timeout(timeLimitMs) });
  });
}

async function unlessGoing(call: () => Promise<void>): Promise<void> {
  try {
    await unlessMissing(call);
  } catch (thrown) {
    if (armFailureOf(thrown)?.body.code !== 'ResourceGroupBeingDeleted') throw thrown;
  }
}

const groupSchema = z
  .object({
    id: z.string().min(1),
    name: z.string().min(1),
    location: z.string(),
    tags: looseTags,
    properties: z.object({ provisioningState: looseText }).optional().catch(undefined),
  })
  .transform(({ id, name, location, tags, properties }): ResourceGroup => {
    const provisioningState = properties?.provisioningState;
    return { id, name, location, tags, ...(provisioningState ? { provisioningState } : {}) };
  });
