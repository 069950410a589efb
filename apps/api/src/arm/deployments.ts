import type { ArmErrorBody } from '@slipway/contract';
import { z } from 'zod';
import { toArmError } from './arm-error.ts';
import { armCall, unlessMissing } from './arm-failure.ts';
import type { Arm } from './arm.ts';
import { durationMs, isoTime } from './iso-time.ts';
import { readItems } from './loose-reading.ts';
import { allOf } from './paging.ts';
import { sentOnce } from './retries.ts';
import { sendOrFind } from './send-or-find.ts';

/** A deployment at a resource group, as far as Slipway reads it. */
export interface Deployment {
  id: string;
  name: string;
  correlationId: string | undefined;
  /** ARM's word: `Accepted`, `Running`, `Succeeded`, `Failed`, `Canceled`, … */
  state: string;
  /** When it last changed; ISO 8601. */
  changedAt: string | undefined;
  durationMs: number | undefined;
  error: ArmErrorBody | undefined;
  /** Values by output name; secure ones are absent. */
  outputs: Readonly<Record<string, unknown>>;
  /** Resources that are planned, deployed or both, each once. */
  resources: readonly PlannedResource[];
  /** Ids of what ARM finishes before it begins with a resource, by the lower-case id of what waits. */
  waits: ReadonlyMap<string, readonly string[]>;
}

/** A resource that a deployment has in its plan. */
export interface PlannedResource {
  id: string;
  type: string;
  name: string;
}

/** One operation of a deployment that writes or removes a resource. */
export interface DeploymentOperation {
  operationId: string;
  /** The resource that it is about. */
  resource: PlannedResource;
  state: string;
  /** When it last changed; ISO 8601. */
  changedAt: string;
  durationMs: number | undefined;
  statusCode: string | undefined;
  serviceRequestId: string | undefined;
  error: ArmErrorBody | undefined;
}

const referenceSchema = z.object({
  id: z.string().optional(),
  resourceType: z.string().optional(),
  resourceName: z.string().optional(),
});

/** A deployment as ARM answers it. */
export const deploymentSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    properties: z.object({
      correlationId: z.string().optional(),
      provisioningState: z.string().default('Accepted'),
      timestamp: isoTime.optional(),
      duration: z.string().optional(),
      error: z.unknown().optional(),
      outputs: z.record(z.string(), z.looseObject({})).nullish(),
      outputResources: z.array(z.object({ id: z.string().optional() })).nullish(),
      validatedResources: z.array(z.object({ id: z.string().optional() })).nullish(),
      dependencies: z
        .array(referenceSchema.extend({ dependsOn: z.array(referenceSchema).nullish() }))
        .nullish(),
    }),
  })
  .transform(({ id, name, properties }): Deployment => {
    const references = [
      ...(properties.validatedResources ?? []),
      ...(properties.dependencies ?? []).flatMap((dependency) => [
        dependency,
        ...(dependency.dependsOn ?? []),
      ]),
      ...(properties.outputResources ?? []),
    ];
    const resources = new Map<string, PlannedResource>();
    for (const { id: resourceId } of references)
      if (resourceId !== undefined && !resources.has(resourceId.toLowerCase()))
        resources.set(resourceId.toLowerCase(), namedResource(resourceId));
    return {
      id,
      name,
      correlationId: properties.correlationId,
      state: properties.provisioningState,
      changedAt: properties.timestamp,
      durationMs: durationMs(properties.duration),
      error: toArmError(properties.error),
      outputs: Object.fromEntries(
        Object.entries(properties.outputs ?? {})
          .filter(([, output]) => 'value' in output)
          .map(([output, { value }]) => [output, value]),
      ),
      resources: [...resources.values()],
      waits: waitsOf(properties.dependencies ?? []),
    };
  });

/** What waits for what, by the lower-case id of what waits. */
function waitsOf(
  dependencies: readonly {
    id?: string | undefined;
    dependsOn?: readonly { id?: string | undefined }[] | null | undefined;
  }[],
): Map<string, string[]> {
  const waits = new Map<string, string[]>();
  for (const { id, dependsOn } of dependencies) {
    if (id === undefined) continue;
    const awaited = (dependsOn ?? []).flatMap((reference) => reference.id ?? []);
    waits.set(id.toLowerCase(), [...new Set([...(waits.get(id.toLowerCase()) ?? []), ...awaited])]);
  }
  return waits;
}

const operationSchema = z.object({
  operationId: z.string(),
  properties: z.object({
    provisioningOperation: z.string().optional(),
    provisioningState: z.string().default('Running'),
    timestamp: isoTime,
    duration: z.string().optional(),
    statusCode: z.string().optional(),
    serviceRequestId: z.string().optional(),
    statusMessage: z.looseObject({ error: z.unknown().optional() }).nullish(),
    targetResource: referenceSchema.nullish(),
  }),
});

/** The deployments at a resource group; none where the group does not exist. */
export async function listDeployments(
  arm: Arm,
  subscriptionId: string,
  resourceGroup: string,
): Promise<Deployment[]> {
  const listed = await unlessMissing(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    return readItems(
      deploymentSchema,
      await allOf(deployments.deployments.listByResourceGroup(resourceGroup)),
    );
  });
  return listed ?? [];
}

/** A deployment by its ARM id; `undefined` when there is none. */
export async function findDeployment(arm: Arm, id: string): Promise<Deployment | undefined> {
  const { subscriptionId, resourceGroup, name } = deploymentPath(id);
  return unlessMissing(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    return deploymentSchema.parse(await deployments.deployments.get(resourceGroup, name));
  });
}

/**
 * The operations of a deployment that write or remove a resource, oldest change first. Reads (`reference`) and
 * actions (`listKeys`) say nothing of a resource's progress and are left out.
 */
export async function listOperations(arm: Arm, id: string): Promise<DeploymentOperation[]> {
  const { subscriptionId, resourceGroup, name } = deploymentPath(id);
  return armCall(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    const found: DeploymentOperation[] = [];
    for (const item of await allOf(deployments.deploymentOperations.list(resourceGroup, name))) {
      const { operationId, properties } = operationSchema.parse(item);
      const target = properties.targetResource?.id;
      if (target === undefined || !/^(create|delete)$/i.test(properties.provisioningOperation ?? ''))
        continue;
      found.push({
        operationId,
        resource: namedResource(target),
        state: properties.provisioningState,
        changedAt: properties.timestamp,
        durationMs: durationMs(properties.duration),
        statusCode: properties.statusCode,
        serviceRequestId: properties.serviceRequestId,
        error: toArmError(properties.statusMessage?.error),
      });
    }
    return found.toSorted(
      (one, other) =>
        Date.parse(one.changedAt) - Date.parse(other.changedAt) ||
        (one.operationId < other.operationId ? -1 : 1),
    );
  });
}

/**
 * Cancels a running deployment. Where the answer was lost, the deployment tells whether it had arrived: a second
 * cancel would be refused like one that comes too late. Throws ARM's 409 when it does not run any more.
 */
export async function cancelDeployment(arm: Arm, id: string): Promise<void> {
  await sendOrFind(
    () => cancelOnce(arm, id),
    async () => {
      const found = await findDeployment(arm, id);
      return found && /^cancel/i.test(found.state) ? { found: undefined } : { mayRepeat: true };
    },
  );
}

async function cancelOnce(arm: Arm, id: string): Promise<void> {
  const { subscriptionId, resourceGroup, name } = deploymentPath(id);
  await armCall(() =>
    sentOnce(async () => {
      const { deployments } = await arm.clients(subscriptionId);
      await deployments.deployments.cancel(resourceGroup, name);
    }),
  );
}

/**
 * ARM's preflight of a template at subscription level, for what goes into a group that does not exist yet.
 * Throws ARM's error when it would refuse the deployment.
 */
export async function validateAtSubscription(
  arm: Arm,
  subscriptionId: string,
  request: {
    name: string;
    location: string;
    template: Record<string, unknown>;
    parameters: Record<string, { value: unknown }>;
  },
): Promise<ArmErrorBody | undefined> {
  return armCall(async () => {
    const { deployments } = await arm.clients(subscriptionId);
    const { name, location, template, parameters } = request;
    const result = await deployments.deployments.validateAtSubscriptionScope(
      name,
      { location, properties: { mode: 'Incremental', template, parameters } },
      { updateIntervalInMs: 300 },
    );
    return toArmError(result.error);
  });
}

function deploymentPath(id: string): { subscriptionId: string; resourceGroup: string; name: string } {
  const match =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Resources\/deployments\/([^/]+)$/i.exec(
      id,
    );
  if (!match) throw new Error(`Not the id of a deployment at a resource group: ${id}`);
  const [, subscriptionId = '', resourceGroup = '', name = ''] = match;
  return { subscriptionId, resourceGroup, name };
}

/** Type and name as an ARM id states them: `Microsoft.Compute/virtualMachines/extensions` and `vm0/configuremaster`. */
export function namedResource(id: string): PlannedResource {
  const path = id.slice(id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length);
  const [namespace = '', ...segments] = path.split('/');
  const types = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  return { id, type: [namespace, ...types].join('/'), name: names.join('/') };
}
