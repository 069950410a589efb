import type { DeploymentStack } from '@azure/arm-resourcesdeploymentstacks';
import type { ArmErrorBody } from '@slipway/contract';
import { z } from 'zod';
import { toArmError } from './arm-error.ts';
import { armCall, unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { isoTime } from './iso-time.ts';
import { allOf } from './paging.ts';
import { sentOnce } from './retries.ts';
import { sendOrFind } from './send-or-find.ts';

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
  /** What ARM could not bring to where the stack wants it, each with its error. */
  failedResources: readonly { id: string; error: ArmErrorBody | undefined }[];
  error: ArmErrorBody | undefined;
  createdAt: string | undefined;
  governance: StackGovernance;
}

/** How a stack treats what it manages: said anew with every submission. */
export interface StackGovernance {
  description?: string;
  actionOnUnmanage: { resources: string; resourceGroups?: string; managementGroups?: string };
  denySettings: { mode: string };
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
  /** Absent: as Slipway governs its own. */
  governance?: StackGovernance;
}

const ownGovernance: StackGovernance = {
  actionOnUnmanage: { resources: 'delete', resourceGroups: 'detach' },
  denySettings: { mode: 'none' },
};

const governanceSchema = z.object({
  description: z.string().optional().catch(undefined),
  actionOnUnmanage: z
    .object({
      resources: z.string(),
      resourceGroups: z.string().optional(),
      managementGroups: z.string().optional(),
    })
    .catch(ownGovernance.actionOnUnmanage),
  denySettings: z.looseObject({ mode: z.string() }).catch(ownGovernance.denySettings),
});

const valuesSchema = z
  .record(z.string(), z.looseObject({ value: z.unknown().optional() }))
  .transform((entries) =>
    Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, entry['value']])),
  );

const stackSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    tags: z.record(z.string(), z.string()).nullish(),
    systemData: z.object({ createdAt: isoTime.nullish() }).nullish(),
    properties: z.looseObject({
      provisioningState: z.string().nullish(),
      deploymentId: z.string().nullish(),
      parameters: valuesSchema.nullish(),
      outputs: valuesSchema.nullish(),
      resources: z.array(z.object({ id: z.string().nullish() })).nullish(),
      failedResources: z
        .array(z.object({ id: z.string().nullish(), error: z.unknown().optional() }))
        .nullish(),
      error: z.unknown().optional(),
    }),
  })
  .transform(({ id, name, tags, systemData, properties }): Stack => ({
    id,
    name,
    tags: tags ?? {},
    state: properties.provisioningState ?? 'creating',
    deploymentId: properties.deploymentId ?? undefined,
    parameters: properties.parameters ?? {},
    outputs: properties.outputs ?? {},
    resourceIds: (properties.resources ?? []).flatMap((resource) => resource.id ?? []),
    failedResources: (properties.failedResources ?? []).flatMap(({ id: failedId, error }) =>
      failedId === undefined || failedId === null ? [] : [{ id: failedId, error: toArmError(error) }],
    ),
    error: toArmError(properties.error),
    createdAt: systemData?.createdAt ?? undefined,
    governance: definedOnly(governanceSchema.parse(properties)),
  }));

function definedOnly({
  description,
  actionOnUnmanage: { resources, resourceGroups, managementGroups },
  denySettings,
}: z.infer<typeof governanceSchema>): StackGovernance {
  return {
    ...(description === undefined ? {} : { description }),
    actionOnUnmanage: {
      resources,
      ...(resourceGroups === undefined ? {} : { resourceGroups }),
      ...(managementGroups === undefined ? {} : { managementGroups }),
    },
    denySettings,
  };
}

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
    const found = await allOf(stacks.deploymentStacks.listAtResourceGroup(resourceGroup));
    return found.map((stack) => stackSchema.parse(stack));
  });
  return listed ?? [];
}

/**
 * Submits a stack: returns as soon as ARM has accepted it. What happens then is read from the stack.
 *
 * A submission is never repeated blindly, because ARM takes a second one for an update and deploys again: where the
 * answer was lost, or was a fault of ARM's own, the stack is looked at first. It tells by a tag of the request
 * whether this very submission has arrived. Where it has not, the submission is repeated, but only while the stack is
 * as it was before: what somebody else has done meanwhile is not overwritten.
 *
 * @param mark the name of that tag
 * @param before the stack that the submission updates; `undefined` for a new one
 * @returns the stack as ARM described it last, if that can be read
 * @throws ApiError what ARM answered; `CloudTimeout` when it did not answer and the stack does not show the tag (yet)
 */
export async function submitStack(
  arm: Arm,
  path: StackPath,
  request: StackRequest,
  mark: string,
  before: Stack | undefined,
): Promise<Stack | undefined> {
  return sendOrFind(
    () => submitOnce(arm, path, request),
    async () => {
      const found = await findStack(arm, path);
      if (found && found.tags[mark] === request.tags[mark]) return { found };
      return { mayRepeat: found?.deploymentId === before?.deploymentId && found?.state === before?.state };
    },
  );
}

async function submitOnce(arm: Arm, path: StackPath, request: StackRequest): Promise<Stack | undefined> {
  const answer = await submit((accepted) =>
    sentOnce(async () => {
      const { stacks } = await arm.clients(path.subscriptionId);
      await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroup(
        path.resourceGroup,
        path.name,
        stackBody(request),
        accepted,
      );
    }),
  );
  return stackSchema.safeParse(answer).data;
}

/** The template that a stack was submitted with; `undefined` when there is no such stack. */
export async function exportStackTemplate(
  arm: Arm,
  path: StackPath,
): Promise<Record<string, unknown> | undefined> {
  return unlessMissing(async () => z.record(z.string(), z.unknown()).parse(await exportTemplate(arm, path)));
}

/** Like `exportStackTemplate`, for templates of anybody: `template` is absent where the stack links one from elsewhere. */
export async function findStackTemplate(
  arm: Arm,
  path: StackPath,
): Promise<{ template: Record<string, unknown> | undefined } | undefined> {
  return unlessMissing(async () => ({
    template: z.record(z.string(), z.unknown()).safeParse(await exportTemplate(arm, path)).data,
  }));
}

async function exportTemplate(
  arm: Arm,
  { subscriptionId, resourceGroup, name }: StackPath,
): Promise<unknown> {
  const { stacks } = await arm.clients(subscriptionId);
  return (await stacks.deploymentStacks.exportTemplateAtResourceGroup(resourceGroup, name)).template;
}

/**
 * Submits the delete of a stack with the resources that it manages. Repeated where the answer was lost: a stack that
 * is gone, or is being deleted, stays so.
 */
export async function submitStackDelete(arm: Arm, path: StackPath): Promise<void> {
  await unlessMissing(() =>
    submit(async (accepted) => {
      const { stacks } = await arm.clients(path.subscriptionId);
      await stacks.deploymentStacks.beginDeleteAtResourceGroup(path.resourceGroup, path.name, {
        unmanageActionResources: 'delete',
        ...accepted,
      });
    }),
  );
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

function stackBody({
  template,
  parameters,
  tags,
  governance: { description, actionOnUnmanage, denySettings } = ownGovernance,
}: StackRequest): DeploymentStack {
  return {
    tags,
    properties: {
      ...(description === undefined ? {} : { description }),
      template,
      parameters,
      actionOnUnmanage,
      denySettings,
    },
  };
}

/**
 * Ends a long operation's call with ARM's first answer, which it returns: the client would go on to poll. Once the
 * request was accepted, a failure of the operation itself is the stack's state, not this request's.
 */
async function submit(
  begin: (accepted: {
    onResponse: (raw: unknown, answer: unknown) => void;
    abortSignal: AbortSignal;
  }) => Promise<void>,
): Promise<unknown> {
  const rest = new AbortController();
  let accepted: { answer: unknown } | undefined;
  await armCall(async () => {
    try {
      await begin({
        abortSignal: rest.signal,
        onResponse: (_raw, answer) => {
          accepted = { answer };
          rest.abort();
        },
      });
    } catch (thrown) {
      if (!accepted) throw thrown;
    }
  });
  return accepted?.answer;
}
