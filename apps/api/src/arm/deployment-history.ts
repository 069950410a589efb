import { z } from 'zod';
import { unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { type Deployment, deploymentSchema } from './deployments.ts';
import { looseText, readItems } from './loose-reading.ts';
import { PageSteps } from './paging.ts';

/** Which deployment at a resource group. */
export interface DeploymentPlace {
  subscriptionId: string;
  resourceGroup: string;
  deployment: string;
}

/** A parameter or an output as ARM tells it: a secure one has a type and no value. */
export interface ToldValue {
  name: string;
  type: string | undefined;
  value: unknown;
}

/** A deployment with what went into it and what came out. */
export interface ToldDeployment {
  deployment: Deployment;
  inputs: readonly ToldValue[];
  outputs: readonly ToldValue[];
}

const valuesSchema = z
  .record(z.string(), z.looseObject({ type: looseText }))
  .nullish()
  .catch(undefined)
  .transform((values) =>
    Object.entries(values ?? {}).map(([name, { type, value }]): ToldValue => ({
      name,
      type,
      value: value ?? undefined,
    })),
  );
const toldSchema = z.object({
  properties: z.object({ parameters: valuesSchema, outputs: valuesSchema }),
});

/**
 * The newest deployments at a group, at least `limit` where there are so many, in ARM's order; `undefined` where there is
 * no such group. No more of ARM's pages are read than are needed for that.
 */
export async function listNewestDeployments(
  arm: Arm,
  { subscriptionId, resourceGroup }: Pick<DeploymentPlace, 'subscriptionId' | 'resourceGroup'>,
  { limit, state }: { limit: number; state?: string | undefined },
): Promise<Deployment[] | undefined> {
  return unlessMissing(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    const list = deployments.deployments.listByResourceGroup(resourceGroup, {
      top: limit,
      ...(state === undefined ? {} : { filter: `provisioningState eq '${state}'` }),
    });
    const found: Deployment[] = [];
    const steps = new PageSteps();
    for await (const page of list.byPage()) {
      found.push(...readItems(deploymentSchema, page));
      if (found.length >= limit) break;
      if ('continuationToken' in page) steps.goOnTo(page.continuationToken);
    }
    return found;
  });
}

/** A deployment with its values; `undefined` when there is none. */
export async function findToldDeployment(
  arm: Arm,
  { subscriptionId, resourceGroup, deployment: name }: DeploymentPlace,
): Promise<ToldDeployment | undefined> {
  return unlessMissing(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    const answer = await deployments.deployments.get(resourceGroup, name);
    const { parameters, outputs } = toldSchema.parse(answer).properties;
    return { deployment: deploymentSchema.parse(answer), inputs: parameters, outputs };
  });
}

/** The template that a deployment was given, where ARM has it; `undefined` when there is no such deployment. */
export async function exportDeploymentTemplate(
  arm: Arm,
  { subscriptionId, resourceGroup, deployment: name }: DeploymentPlace,
): Promise<{ template: Record<string, unknown> | undefined } | undefined> {
  return unlessMissing(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    const { template } = await deployments.deployments.exportTemplate(resourceGroup, name);
    return { template: z.record(z.string(), z.unknown()).safeParse(template).data };
  });
}

/**
 * Deletes a deployment from its group's history, and waits no longer than for ARM to accept that. One that is gone is what
 * was wanted. What it deployed stays.
 * Throws ARM's 409 where it still runs.
 */
export async function submitDeploymentDelete(
  arm: Arm,
  { subscriptionId, resourceGroup, deployment: name }: DeploymentPlace,
): Promise<void> {
  await unlessMissing(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    await deployments.deployments.delete(resourceGroup, name).submitted();
  });
}
