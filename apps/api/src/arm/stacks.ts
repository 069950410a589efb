import type { DeploymentStack } from '@azure/arm-resourcesdeploymentstacks';
import type { ArmErrorBody } from '@slipway/contract';
import { z } from 'zod';
import { armCall, toArmError, unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { isoTime } from './iso-time.ts';

/** A deployment stack at a resource group, as far as Slipway reads it. */
export interface Stack {
  id: string;
  name: string;
  tags: Readonly<Record<string, string>>;
  /** ARM's word, lower case on the wire: `deploying`, `succeeded`, … */
  state: string;
  /** ARM id of the deployment that the stack runs or ran last; absent at first. */
  deploymentId: string | undefined;
  /** Values by parameter name; secure ones are absent. */
  parameters: Readonly<Record<string, unknown>>;
  /** Values by output name. */
  outputs: Readonly<Record<string, unknown>>;
  /** ARM ids of what the stack manages. */
  resourceIds: readonly string[];
  error: ArmErrorBody | undefined;
  createdAt: string | undefined;
}

/** Where a stack is. */
export interface StackPath {
  subscriptionId: string;
  resourceGroup: string;
  name: string;
}

/** What a stack is made of. */
export interface StackRequest {
  template: Record<string, unknown>;
  parameters: Record<string, { value: unknown }>;
  tags: Record<string, string>;
}

const valuesSchema = z
  .record(z.string(), z.looseObject({ value: z.unknown().optional() }))
  .transform((entries) =>
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, entry['value']])),
  );

const stackSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    tags: z.record(z.string(), z.string()).optional(),
    systemData: z.object({ createdAt: isoTime.optional() }).optional(),
    properties: z.object({
      provisioningState: z.string().default('creating'),
      deploymentId: z.string().optional(),
      parameters: valuesSchema.optional(),
      outputs: valuesSchema.optional(),
      resources: z.array(z.object({ id: z.string().optional() })).optional(),
      error: z.unknown().optional(),
    }),
  })
  .transform(({ id, name, tags, systemData, properties }): Stack => ({
    id,
    name,
    tags: tags ?? {},
    state: properties.provisioningState,
    deploymentId: properties.deploymentId,
    parameters: properties.parameters ?? {},
    outputs: properties.outputs ?? {},
    resourceIds: (properties.resources ?? []).flatMap((resource) => resource.id ?? []),
    error: toArmError(properties.error),
    createdAt: systemData?.createdAt,
  }));

/** The stack at this path; `undefined` when there is none (or no such group). */
export async function findStack(arm: Arm, path: StackPath): Promise<Stack | undefined> {
  return unlessMissing(async () => {
    const { stacks } = await arm.clients(path.subscriptionId);
    return stackSchema.parse(await stacks.deploymentStacks.getAtResourceGroup(path.resourceGroup, path.name));
  });
}

/** The stacks at a resource group; none where the group does not exist. */
export async function listStacks(arm: Arm, subscriptionId: string, resourceGroup: string): Promise<Stack[]> {
  const listed = await unlessMissing(async () => {
    const { stacks } = await arm.clients(subscriptionId);
    const found: Stack[] = [];
    for await (const stack of stacks.deploymentStacks.listAtResourceGroup(resourceGroup))
      found.push(stackSchema.parse(stack));
    return found;
  });
  return listed ?? [];
}

/** Submits a stack: returns as soon as ARM has accepted it. What happens then is read from the stack. */
export async function submitStack(arm: Arm, path: StackPath, request: StackRequest): Promise<void> {
  await submit(async (onResponse) => {
    const { stacks } = await arm.clients(path.subscriptionId);
    await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroup(
      path.resourceGroup,
      path.name,
      stackBody(request),
      { onResponse },
    );
  });
}

/** Submits the delete of a stack with the resources that it manages. */
export async function submitStackDelete(arm: Arm, path: StackPath): Promise<void> {
  await submit(async (onResponse) => {
    const { stacks } = await arm.clients(path.subscriptionId);
    await stacks.deploymentStacks.beginDeleteAtResourceGroup(path.resourceGroup, path.name, {
      unmanageActionResources: 'delete',
      onResponse,
    });
  });
}

/** ARM's preflight of a stack at an existing group. Throws ARM's error when it would refuse the stack. */
export async function validateStack(
  arm: Arm,
  path: StackPath,
  request: StackRequest,
): Promise<ArmErrorBody | undefined> {
  return armCall(async () => {
    const { stacks } = await arm.clients(path.subscriptionId);
    const result = await stacks.deploymentStacks.beginValidateStackAtResourceGroupAndWait(
      path.resourceGroup,
      path.name,
      stackBody(request),
      { updateIntervalInMs: 300 },
    );
    return toArmError(result.error);
  });
}

function stackBody({ template, parameters, tags }: StackRequest): DeploymentStack {
  return {
    tags,
    properties: {
      template,
      parameters,
      actionOnUnmanage: { resources: 'delete', resourceGroups: 'detach' },
      denySettings: { mode: 'none' },
    },
  };
}

/**
 * The client polls once before it hands over its poller. ARM's first answer is what counts here: once it was accepted,
 * a failure of the operation itself is the stack's state, not this request's.
 */
async function submit(begin: (onResponse: () => void) => Promise<void>): Promise<void> {
  let accepted = false;
  await armCall(async () => {
    try {
      await begin(() => {
        accepted = true;
      });
    } catch (thrown) {
      if (!accepted) throw thrown;
    }
  });
}
