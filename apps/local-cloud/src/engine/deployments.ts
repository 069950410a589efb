import { randomUUID } from 'node:crypto';
import {
  TemplateError,
  templateHash,
  type Expansion,
  type JsonObject,
  type PlannedResource,
} from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { Clock, GrowingTime } from '../clock.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import { readTags } from '../resources/resource-body.ts';
import type { ResourceManager } from '../resources/resource-manager.ts';
import { parseResourceId } from '../resource-id.ts';
import type { Deployment, DeploymentOperation, DeploymentRequest, Work } from '../store/documents.ts';
import { scopeKey, type Store } from '../store/store.ts';
import { deploymentFailed, resourceWriteFailed } from './deployment-errors.ts';
import { OperationLog, statusWord } from './deployment-operations.ts';
import {
  checkDeploymentName,
  readDeploymentRequest,
  type ReadDeploymentRequest,
} from './deployment-request.ts';
import { readKeptRequest } from './kept-request.ts';
import { isDeploymentType, isGroupType, placeOf, type DeploymentPlace, type Planner } from './planner.ts';
import { makeRuntime } from './template-runtime.ts';
import { echoValues, targetOf } from './template-values.ts';

/** A scope keeps this many deployments; older ones make room. */
const longestHistory = 800;

const isActive = (deployment: Deployment): boolean =>
  deployment.state === 'Accepted' || deployment.state === 'Running';

export function deploymentId(place: DeploymentPlace): string {
  const group = place.resourceGroup === undefined ? '' : `/resourceGroups/${place.resourceGroup}`;
  return `/subscriptions/${place.subscriptionId}${group}/providers/Microsoft.Resources/deployments/${place.name}`;
}

interface CreateOptions {
  correlationId: string;
  parentId?: string;
  stackId?: string;
  /** Nested deployments were validated with their parent, and get their seed from it. */
  seed?: string;
}

/** Runs deployments: each resource as soon as what it depends on is there. */
export class Deployments {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #time: GrowingTime;
  readonly #planner: Planner;
  readonly #manager: ResourceManager;
  readonly #groups: ResourceGroups;
  readonly #directory: ProviderDirectory;
  readonly #log: OperationLog;
  /** What active deployments were expanded to, by lower-case id. */
  readonly #expansions = new Map<string, Expansion>();
  /** Which deployment waits for a work. */
  readonly #waiting = new Map<string, string>();
  /** Active deployments with a resource that someone else is working on. */
  readonly #deferred = new Set<string>();
  readonly #listeners = new Set<(deployment: Deployment) => void>();

  constructor(parts: {
    store: Store;
    clock: Clock;
    time: GrowingTime;
    planner: Planner;
    manager: ResourceManager;
    groups: ResourceGroups;
    directory: ProviderDirectory;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#time = parts.time;
    this.#planner = parts.planner;
    this.#manager = parts.manager;
    this.#groups = parts.groups;
    this.#directory = parts.directory;
    this.#log = new OperationLog(parts.store, parts.time);
    this.#manager.onWorkEnded((work) => this.#workEnded(work));
  }

  /** `listener` is called inside the transaction in which a deployment ends. */
  onEnded(listener: (deployment: Deployment) => void): void {
    this.#listeners.add(listener);
  }

  /** Goes on with what a stopped process left behind. */
  resume(): void {
    for (const deployment of this.#store.deployments.inState('Accepted', 'Running')) {
      for (const operation of this.#log.of(deployment.id)) {
        if (operation.state === 'Running' && operation.workId !== undefined)
          this.#waiting.set(operation.workId, deployment.id);
      }
      this.#wake(deployment.id);
    }
  }

  get(id: string): Deployment | undefined {
    return this.#store.deployments.get(id.toLowerCase());
  }

  /** Throws DeploymentNotFound, or ResourceGroupNotFound. */
  require(place: DeploymentPlace): Deployment {
    if (place.resourceGroup !== undefined) this.#groups.get(place.subscriptionId, place.resourceGroup);
    const deployment = this.get(deploymentId(place));
    if (!deployment)
      throw new ArmError(404, 'DeploymentNotFound', `Deployment '${place.name}' could not be found.`);
    return deployment;
  }

  list(place: { subscriptionId: string; resourceGroup?: string }): Deployment[] {
    if (place.resourceGroup !== undefined) this.#groups.get(place.subscriptionId, place.resourceGroup);
    return this.#store.deployments.inScope(scopeKey(place.subscriptionId, place.resourceGroup));
  }

  operations(deployment: Deployment): DeploymentOperation[] {
    return this.#log.of(deployment.id);
  }

  template(deployment: Deployment): DeploymentRequest | undefined {
    return readKeptRequest(this.#store.deployments.getSecret(deployment.id.toLowerCase()));
  }

  /** Accepts a deployment: validated, stored, and started at the next turn. Throws ArmError. */
  create(
    place: DeploymentPlace,
    request: ReadDeploymentRequest,
    options: CreateOptions,
  ): { deployment: Deployment; isNew: boolean } {
    checkDeploymentName(place.name);
    return this.#store.transaction(() => {
      const group =
        place.resourceGroup === undefined
          ? undefined
          : this.#groups.getForWrite(place.subscriptionId, place.resourceGroup);
      const here: DeploymentPlace = {
        ...place,
        ...(group === undefined ? {} : { resourceGroup: group.name }),
        location: request.location,
      };
      const existing = this.get(deploymentId(here));
      if (existing) this.#refuseActive(existing, request);
      const now = this.#clock.now().toISOString();
      const seed = options.seed ?? `${now}|${randomUUID()}`;
      const nested = options.parentId !== undefined;
      const plan = nested
        ? {
            expansion: this.#planner.expand(here, request.template, request.parameters, seed),
            validatedIds: [],
          }
        : this.#planner.validate(here, request.template, request.parameters, seed);
      if (existing) this.#store.removeDeployment(existing.id);
      else this.#makeRoom(here);
      const deployment = this.#newDeployment(here, request, options, { ...plan, seed, now });
      this.#store.deployments.put(deployment);
      this.#store.deployments.putSecret(deployment.id.toLowerCase(), {
        template: request.template,
        parameters: request.parameters,
      });
      this.#store.afterCommit(() => {
        this.#expansions.set(deployment.id.toLowerCase(), plan.expansion);
        this.#wake(deployment.id);
      });
      return { deployment, isNew: existing === undefined };
    });
  }

  /** What `create` would refuse; otherwise the deployment as it would be accepted. */
  validate(place: DeploymentPlace, request: ReadDeploymentRequest, correlationId: string): Deployment {
    checkDeploymentName(place.name);
    const now = this.#clock.now().toISOString();
    const seed = `${now}|${randomUUID()}`;
    const here = { ...place, location: request.location };
    const plan = this.#planner.validate(here, request.template, request.parameters, seed);
    return {
      ...this.#newDeployment(here, request, { correlationId }, { ...plan, seed, now }),
      state: 'Succeeded',
    };
  }

  #newDeployment(
    place: DeploymentPlace,
    request: ReadDeploymentRequest,
    options: CreateOptions,
    plan: { expansion: Expansion; validatedIds: string[]; seed: string; now: string },
  ): Deployment {
    const active = plan.expansion.resources.filter((resource) => resource.condition);
    const validatedIds = plan.validatedIds.length > 0 ? plan.validatedIds : active.map(({ id }) => id);
    return {
      id: deploymentId(place),
      name: place.name,
      subscriptionId: place.subscriptionId,
      ...(place.resourceGroup === undefined ? {} : { resourceGroup: place.resourceGroup }),
      ...(place.location === undefined || place.resourceGroup !== undefined
        ? {}
        : { location: place.location }),
      ...(request.tags === undefined ? {} : { tags: request.tags }),
      ...(request.debugSetting === undefined ? {} : { debugSetting: request.debugSetting }),
      mode: request.mode,
      correlationId: options.correlationId,
      state: 'Accepted',
      timestamp: this.#time.next(),
      startedAt: plan.now,
      seed: plan.seed,
      templateHash: templateHash(request.template),
      parameters: echoValues(plan.expansion.parameters),
      providers: providersOf(active),
      dependencies: dependenciesOf(active),
      validatedResources: validatedIds.map((id) => ({ id })),
      operationStatusId: randomUUID(),
      ...(options.parentId === undefined ? {} : { parentId: options.parentId }),
      ...(options.stackId === undefined ? {} : { stackId: options.stackId }),
    };
  }

  #refuseActive(existing: Deployment, request: ReadDeploymentRequest): void {
    if (isActive(existing))
      throw new ArmError(
        409,
        'DeploymentActiveAndUneditable',
        `Unable to edit or replace deployment '${existing.name}': previous deployment from '${existing.startedAt}' is still active. Please see https://aka.ms/arm-deployment-operations for usage details.`,
      );
    if (existing.location !== undefined && existing.location !== request.location)
      throw new ArmError(
        409,
        'InvalidDeploymentLocation',
        `Invalid deployment location '${request.location ?? ''}'. The deployment '${existing.name}' already exists in location '${existing.location}'.`,
      );
  }

  #makeRoom(place: DeploymentPlace): void {
    const history = this.list(place);
    if (history.length < longestHistory) return;
    const oldest = history.find((deployment) => !isActive(deployment));
    if (!oldest)
      throw new ArmError(
        409,
        'DeploymentQuotaExceeded',
        `Creating the deployment '${place.name}' would exceed the quota of '${longestHistory}'. The current deployment count is '${history.length}'. Please delete some deployments before creating a new one, or see https://aka.ms/800LimitFix for information on managing deployment limits.`,
      );
    this.#store.removeDeployment(oldest.id);
  }

  /** Removes a deployment from the history. */
  remove(deployment: Deployment): void {
    if (isActive(deployment))
      throw new ArmError(
        409,
        'DeploymentActiveAndUneditable',
        `The deployment '${deployment.name}' is running and cannot be deleted; cancel it first.`,
      );
    this.#store.removeDeployment(deployment.id);
  }

  /** Stops a deployment: what runs is left to itself, nothing more is started. Throws when it has ended. */
  cancel(id: string): void {
    this.#store.transaction(() => {
      const deployment = this.get(id);
      if (!deployment || !isActive(deployment))
        throw new ArmError(
          409,
          'DeploymentCannotBeCancelled',
          `The deployment '${deployment?.name ?? id}' cannot be cancelled because it is in a terminal state '${deployment?.state ?? ''}'.`,
        );
      for (const operation of this.#log.of(deployment.id)) {
        if (operation.state !== 'Running') continue;
        this.#log.end(operation, 'Canceled');
        if (operation.workId !== undefined) this.#waiting.delete(operation.workId);
        const child = operation.target && this.get(operation.target.id);
        if (child && isActive(child)) this.cancel(child.id);
      }
      const expansion = this.#expansionOf(deployment);
      const planned = expansion instanceof ArmError ? [] : expansion.resources;
      this.#end(deployment, 'Canceled', {
        outputResources: this.#written(planned, this.#log.writesOf(deployment.id)),
        error: {
          code: 'DeploymentCanceled',
          message: `The deployment '${deployment.name}' was canceled. Resources that were being created when it was canceled are left as they are.`,
          target: deployment.id,
        },
      });
    });
  }

  /** Cancels whatever runs at a scope. */
  cancelAllIn(scope: { subscriptionId: string; resourceGroup: string }): void {
    const active = this.#store.deployments
      .inScope(scopeKey(scope.subscriptionId, scope.resourceGroup))
      .filter(isActive);
    for (const { id } of active) {
      const current = this.get(id);
      if (current && isActive(current)) this.cancel(id);
    }
  }

  #wake(id: string): void {
    this.#clock.schedule(0, () => this.#advance(id));
  }

  #workEnded(work: Work): void {
    const id = this.#waiting.get(work.id);
    this.#waiting.delete(work.id);
    if (id !== undefined) this.#advance(id);
    for (const deferred of Array.from(this.#deferred)) this.#advance(deferred);
  }

  /** Notes what has ended, starts what can start, and ends the deployment when nothing is left. */
  #advance(id: string): void {
    this.#store.transaction(() => {
      const deployment = this.get(id);
      if (!deployment || !isActive(deployment)) return;
      this.#deferred.delete(deployment.id);
      const expansion = this.#expansionOf(deployment);
      if (expansion instanceof ArmError) {
        this.#end(deployment, 'Failed', { error: errorBody(expansion) });
        return;
      }
      if (deployment.state === 'Accepted')
        this.#store.deployments.put({ ...deployment, state: 'Running', timestamp: this.#time.next() });
      const planned = expansion.resources.filter((resource) => resource.condition);
      const writes = this.#log.writesOf(deployment.id);
      for (const operation of writes.values()) this.#noteEnd(operation, writes);
      while (this.#startReady(deployment, planned, writes));
      const running = [...writes.values()].some((operation) => operation.state === 'Running');
      if (!running && !this.#deferred.has(deployment.id))
        this.#finish(deployment, expansion, planned, writes);
    });
  }

  #expansionOf(deployment: Deployment): Expansion | ArmError {
    const key = deployment.id.toLowerCase();
    const known = this.#expansions.get(key);
    if (known) return known;
    const request = this.template(deployment);
    try {
      const expansion = this.#planner.expand(
        deployment,
        request?.template ?? {},
        request?.parameters ?? {},
        deployment.seed,
      );
      this.#expansions.set(key, expansion);
      return expansion;
    } catch (error) {
      return asFailure(error);
    }
  }

  #noteEnd(operation: DeploymentOperation, writes: Map<string, DeploymentOperation>): void {
    if (operation.state !== 'Running' || operation.target === undefined) return;
    const key = operation.target.id.toLowerCase();
    const work = operation.workId === undefined ? undefined : this.#manager.work(operation.workId);
    const child = operation.workId === undefined ? this.get(operation.target.id) : undefined;
    if (work?.state === 'Running' || (child && isActive(child))) return;
    const succeeded = (work?.state ?? child?.state) === 'Succeeded';
    if (succeeded) {
      writes.set(key, this.#log.end(operation, 'Succeeded', { statusCode: work?.isNew ? 'Created' : 'OK' }));
      return;
    }
    const error = child?.error ?? resourceWriteFailed(operation.target.id, work);
    writes.set(key, this.#log.end(operation, 'Failed', { statusCode: 'Conflict', error }));
  }

  /** Starts every resource whose dependencies are there; says whether another round may start more. */
  #startReady(
    deployment: Deployment,
    planned: readonly PlannedResource[],
    writes: Map<string, DeploymentOperation>,
  ): boolean {
    let again = false;
    for (const resource of planned) {
      const key = resource.id.toLowerCase();
      if (writes.has(key)) continue;
      if (!resource.dependsOn.every((id) => writes.get(id.toLowerCase())?.state === 'Succeeded')) continue;
      const operation = this.#start(deployment, resource);
      if (!operation) continue;
      writes.set(key, operation);
      if (operation.state === 'Succeeded') again = true;
    }
    return again;
  }

  #start(deployment: Deployment, resource: PlannedResource): DeploymentOperation | undefined {
    const target = {
      ...targetOf(resource),
      apiVersion: resource.apiVersion,
      ...(resource.symbolicName === undefined ? {} : { symbolicName: resource.symbolicName }),
    };
    const failed = (error: ErrorBody, statusCode: string): DeploymentOperation =>
      this.#log.end(this.#log.begin(deployment.id, 'Create', target), 'Failed', { statusCode, error });
    let body: JsonObject;
    try {
      body = resource.evaluate(this.#runtime(deployment));
    } catch (error) {
      return failed(evaluationError(error, resource.id), 'BadRequest');
    }
    try {
      if (isGroupType(resource.type)) {
        const isNew = this.#putGroup(resource, body);
        const operation = this.#log.begin(deployment.id, 'Create', target);
        return this.#log.end(operation, 'Succeeded', { statusCode: isNew ? 'Created' : 'OK' });
      }
      if (isDeploymentType(resource.type)) {
        this.#startNested(deployment, resource, body);
        return this.#log.begin(deployment.id, 'Create', target);
      }
      return this.#startWrite(deployment, resource, body, target);
    } catch (error) {
      const refused = asFailure(error);
      if (refused.code === 'AnotherOperationInProgress') {
        this.#deferred.add(deployment.id);
        return undefined;
      }
      return failed({ target: resource.id, ...errorBody(refused) }, statusWord(refused.status));
    }
  }

  #startWrite(
    deployment: Deployment,
    resource: PlannedResource,
    body: JsonObject,
    target: DeploymentOperation['target'],
  ): DeploymentOperation {
    const id = parseResourceId(resource.id);
    if (!id) throw new ArmError(400, 'InvalidTemplate', `The resource id '${resource.id}' is not valid.`);
    const { work } = this.#manager.put(id, resource.apiVersion, body);
    this.#waiting.set(work.id, deployment.id);
    return this.#log.begin(deployment.id, 'Create', target, work.id);
  }

  #putGroup(resource: PlannedResource, body: JsonObject): boolean {
    const location = typeof body.location === 'string' ? body.location : undefined;
    return this.#groups.put(resource.subscriptionId, resource.name, { location, tags: readTags(body.tags) })
      .isNew;
  }

  #startNested(parent: Deployment, resource: PlannedResource, body: JsonObject): void {
    const request = readDeploymentRequest(body);
    this.create(placeOf(resource, request.location), request, {
      correlationId: parent.correlationId,
      parentId: parent.id,
      seed: parent.seed,
      ...(parent.stackId === undefined ? {} : { stackId: parent.stackId }),
    });
  }

  #runtime(deployment: Deployment): ReturnType<typeof makeRuntime> {
    const seen = new Set(
      this.#log.of(deployment.id).map(({ kind, target }) => `${kind} ${target?.id.toLowerCase()}`),
    );
    return makeRuntime(
      { store: this.#store, directory: this.#directory, view: this.#manager.view },
      (kind, resourceId, apiVersion) => {
        const key = `${kind} ${resourceId.toLowerCase()}`;
        const id = parseResourceId(resourceId);
        if (seen.has(key) || !id) return;
        seen.add(key);
        const target = {
          id: resourceId,
          resourceType: id.type,
          resourceName: id.names.join('/'),
          ...(apiVersion === undefined ? {} : { apiVersion }),
        };
        this.#log.end(this.#log.begin(deployment.id, kind, target), 'Succeeded', { statusCode: 'OK' });
      },
    );
  }

  #finish(
    deployment: Deployment,
    expansion: Expansion,
    planned: readonly PlannedResource[],
    writes: ReadonlyMap<string, DeploymentOperation>,
  ): void {
    const failed = [...writes.values()].filter((operation) => operation.state !== 'Succeeded');
    const outputResources = this.#written(planned, writes);
    if (failed.length > 0) {
      this.#end(deployment, 'Failed', { error: deploymentFailed(deployment.id, failed), outputResources });
      return;
    }
    const evaluation = this.#log.begin(deployment.id, 'EvaluateDeploymentOutput', undefined);
    try {
      const outputs = echoValues(expansion.evaluateOutputs(this.#runtime(deployment)));
      this.#log.end(evaluation, 'Succeeded', { statusCode: 'OK' });
      this.#end(deployment, 'Succeeded', { outputs, outputResources });
    } catch (thrown) {
      const inner = errorBody(asFailure(thrown));
      const error: ErrorBody = {
        code: 'DeploymentOutputEvaluationFailed',
        message:
          'Unable to evaluate template outputs. Please see error details and deployment operations. Please see https://aka.ms/arm-deployment-operations for usage details.',
        target: deployment.id,
        details: [{ code: 'DeploymentOutputEvaluationFailed', message: inner.message }],
      };
      this.#log.end(evaluation, 'Failed', { statusCode: 'BadRequest', error });
      this.#end(deployment, 'Failed', { error, outputResources });
    }
  }

  /** What was written, with what nested deployments wrote in place of themselves. */
  #written(
    planned: readonly PlannedResource[],
    writes: ReadonlyMap<string, DeploymentOperation>,
  ): { id: string }[] {
    return planned.flatMap((resource) => {
      const nested = isDeploymentType(resource.type) ? this.get(resource.id) : undefined;
      if (nested) return nested.outputResources ?? [];
      const record = this.#manager.get(resource.id);
      const write = writes.get(resource.id.toLowerCase());
      // A write that was accepted has made something, even when its work failed or was left to itself.
      const made = write?.state === 'Succeeded' || (write?.workId !== undefined && record !== undefined);
      return made ? [{ id: record?.id ?? resource.id }] : [];
    });
  }

  #end(
    deployment: Deployment,
    state: 'Succeeded' | 'Failed' | 'Canceled',
    result: Pick<Partial<Deployment>, 'error' | 'outputs' | 'outputResources'>,
  ): void {
    const timestamp = this.#time.next();
    const ended: Deployment = { ...deployment, ...result, state, timestamp, finishedAt: this.#time.now() };
    this.#store.deployments.put(ended);
    this.#deferred.delete(deployment.id);
    for (const listener of this.#listeners) listener(ended);
    this.#store.afterCommit(() => {
      this.#expansions.delete(deployment.id.toLowerCase());
      if (deployment.parentId !== undefined) this.#advance(deployment.parentId);
    });
  }
}

function evaluationError(error: unknown, resourceId: string): ErrorBody {
  const inner = asFailure(error);
  if (!(error instanceof TemplateError)) return errorBody(inner);
  const { line = 1, column = 1 } = error.position;
  return {
    code: 'InvalidTemplate',
    message: `Unable to process template language expressions for resource '${resourceId}' at line '${line}' and column '${column}'. '${inner.message}'`,
    target: resourceId,
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
