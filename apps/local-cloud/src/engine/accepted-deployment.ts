import { randomUUID } from 'node:crypto';
import { templateHash, type Expansion, type JsonObject, type PlannedResource } from '@slipway/arm-template';
import type { Deployment, Diagnostic } from '../store/documents.ts';
import type { ReadDeploymentRequest } from './deployment-request.ts';
import { deploymentId, type DeploymentPlace } from './deployment-place.ts';
import { echoValues, targetOf } from './template-values.ts';

/** What a deployment gets from whoever asks for it. */
export interface CreateOptions {
  correlationId: string;
  /** Who asks. */
  caller?: string;
  /** Id under which its end is told, where it has one already. */
  operationId?: string;
  parentId?: string;
  stackId?: string;
  /** Id of the failed deployment that is answered with this one. */
  fallsBackFrom?: string;
  /**
   * Nested deployments were validated with their parent, and get their seed from it. What is fallen back on has its own
   * again: Azure does not evaluate `newGuid` and `utcNow` of its parameters anew (reference of these functions).
   */
  seed?: string;
}

/** Whether a deployment has not ended yet. */
export function isActive(deployment: Deployment): boolean {
  return deployment.state === 'Accepted' || deployment.state === 'Running';
}

/** The deployment as it is stored when it is accepted. `plan.now` is ISO 8601; `timestamp` is that of its first state. */
export function acceptedDeployment(
  place: DeploymentPlace,
  request: ReadDeploymentRequest,
  options: CreateOptions,
  plan: {
    expansion: Expansion;
    validatedIds: string[];
    diagnostics: readonly Diagnostic[];
    onError?: Deployment['onError'];
    seed: string;
    now: string;
    timestamp: string;
  },
): Deployment {
  const active = plan.expansion.resources.filter((resource) => resource.condition);
  const validatedIds = plan.validatedIds.length > 0 ? plan.validatedIds : active.map(({ id }) => id);
  return {
    id: deploymentId(place),
    name: place.name,
    subscriptionId: place.subscriptionId,
    ...(place.resourceGroup === undefined ? {} : { resourceGroup: place.resourceGroup }),
    ...(place.managementGroup === undefined ? {} : { managementGroup: place.managementGroup }),
    ...(place.location === undefined || place.resourceGroup !== undefined
      ? {}
      : { location: place.location }),
    ...(request.tags === undefined ? {} : { tags: request.tags }),
    ...(request.debugSetting === undefined ? {} : { debugSetting: request.debugSetting }),
    mode: request.mode,
    ...(plan.onError === undefined ? {} : { onError: plan.onError }),
    ...(request.validationLevel === undefined ? {} : { validationLevel: request.validationLevel }),
    ...(plan.diagnostics.length === 0 ? {} : { diagnostics: [...plan.diagnostics] }),
    correlationId: options.correlationId,
    ...(options.caller === undefined ? {} : { caller: options.caller }),
    state: 'Accepted',
    timestamp: plan.timestamp,
    startedAt: plan.now,
    acceptedAt: plan.timestamp,
    seed: plan.seed,
    templateHash: templateHash(request.template),
    parameters: echoValues(plan.expansion.parameters),
    providers: providersOf(active),
    dependencies: dependenciesOf(active),
    validatedResources: validatedIds.map((id) => ({ id })),
    operationStatusId: options.operationId ?? randomUUID(),
    ...(options.parentId === undefined ? {} : { parentId: options.parentId }),
    ...(options.stackId === undefined ? {} : { stackId: options.stackId }),
    ...(options.fallsBackFrom === undefined ? {} : { fallsBackFrom: options.fallsBackFrom }),
  };
}

function providersOf(resources: readonly PlannedResource[]): JsonObject[] {
  const namespaces = new Map<string, Map<string, Set<string>>>();
  for (const resource of resources) {
    const [namespace = '', ...types] = resource.type.split('/');
    const known = namespaces.get(namespace) ?? new Map<string, Set<string>>();
    namespaces.set(namespace, known.set(types.join('/'), known.get(types.join('/')) ?? new Set()));
    const { location } = resource.preview();
    if (typeof location === 'string') known.get(types.join('/'))?.add(location);
  }
  return [...namespaces].map(([namespace, types]) => ({
    namespace,
    resourceTypes: [...types].map(([resourceType, locations]) => ({
      resourceType,
      locations: locations.size === 0 ? [null] : [...locations],
    })),
  }));
}

function dependenciesOf(resources: readonly PlannedResource[]): JsonObject[] {
  const byId = new Map(resources.map((resource) => [resource.id.toLowerCase(), resource]));
  return resources
    .filter((resource) => resource.dependsOn.length > 0)
    .map((resource) => ({
      dependsOn: resource.dependsOn.flatMap((id) => {
        const target = byId.get(id.toLowerCase());
        return target === undefined ? [] : [targetOf(target)];
      }),
      ...targetOf(resource),
    }));
}
