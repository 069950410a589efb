import type { Expansion, PlannedResource } from '@slipway/arm-template';
import type { ActivityLog } from '../activity/activity-log.ts';
import { ArmError } from '../arm-error.ts';
import type { Clock, GrowingTime } from '../clock.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { Locks } from '../governance/locks.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { ResourceManager } from '../resources/resource-manager.ts';
import type { Deployment, DeploymentOperation, Work } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { isActive } from './accepted-deployment.ts';
import { deploymentFailed, resourceWriteFailed } from './deployment-errors.ts';
import { OperationLog } from './deployment-operations.ts';
import { readKeptRequest } from './kept-request.ts';
import { isDeploymentType, type Planner } from './planner.ts';
import { ResourceStarts, type CreateNested } from './resource-starts.ts';
import { echoValues } from './template-values.ts';

/** What accepting and running deployments both work with. */
export interface DeploymentParts {
  store: Store;
  clock: Clock;
  time: GrowingTime;
  planner: Planner;
  manager: ResourceManager;
  groups: ResourceGroups;
  directory: ProviderDirectory;
  locks: Locks;
  activity: ActivityLog;
}

/** Runs accepted deployments: each resource as soon as what it depends on is there. */
export class DeploymentRuns {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #time: GrowingTime;
  readonly #planner: Planner;
  readonly #manager: ResourceManager;
  readonly #log: OperationLog;
  readonly #starts: ResourceStarts;
  /** What active deployments were expanded to, by lower-case id. */
  readonly #expansions = new Map<string, Expansion>();
  /** Which deployment waits for a work. */
  readonly #waiting = new Map<string, string>();
  /** Active deployments with a resource that someone else is working on. */
  readonly #deferred = new Set<string>();
  readonly #listeners = new Set<(deployment: Deployment) => void>();

  constructor(parts: DeploymentParts & { create: CreateNested }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#time = parts.time;
    this.#planner = parts.planner;
    this.#manager = parts.manager;
    this.#log = new OperationLog(parts.store, parts.time);
    this.#starts = new ResourceStarts({ ...parts, log: this.#log });
    this.#manager.onWorkEnded((work) => this.#workEnded(work));
    this.onEnded((deployment) => parts.activity.deploymentEnded(deployment));
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

  operations(deployment: Deployment): DeploymentOperation[] {
    return this.#log.of(deployment.id);
  }

  /** Starts a stored deployment at the next turn. */
  begin(deployment: Deployment, expansion: Expansion): void {
    this.#expansions.set(deployment.id.toLowerCase(), expansion);
    this.#wake(deployment.id);
  }

  /**
   * Ends an active deployment, with those nested in it, before it is done: what runs is left to itself, nothing more is
   * started. The error of a nested one names it in place of its parent.
   */
  stop(deployment: Deployment, state: 'Canceled' | 'Failed', error: ErrorBody): void {
    for (const operation of this.#log.of(deployment.id)) {
      if (operation.state !== 'Running') continue;
      this.#log.end(operation, 'Canceled');
      if (operation.workId !== undefined) this.#waiting.delete(operation.workId);
      const child = operation.target && this.#get(operation.target.id);
      if (child && isActive(child)) this.stop(child, state, { ...error, target: child.id });
    }
    const expansion = this.#expansionOf(deployment);
    const planned = expansion instanceof ArmError ? [] : expansion.resources;
    this.#end(deployment, state, {
      outputResources: this.#written(planned, this.#log.writesOf(deployment.id)),
      error,
    });
  }

  #get(id: string): Deployment | undefined {
    return this.#store.deployments.get(id.toLowerCase());
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
      const deployment = this.#get(id);
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
    const request = readKeptRequest(this.#store.deployments.getSecret(key));
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
    const child = operation.workId === undefined ? this.#get(operation.target.id) : undefined;
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
      const operation = this.#starts.start(deployment, resource);
      if (!operation) {
        this.#deferred.add(deployment.id);
        continue;
      }
      if (operation.workId !== undefined) this.#waiting.set(operation.workId, deployment.id);
      writes.set(key, operation);
      if (operation.state === 'Succeeded') again = true;
    }
    return again;
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
      const outputs = echoValues(expansion.evaluateOutputs(this.#starts.runtime(deployment)));
      this.#log.end(evaluation, 'Succeeded', { statusCode: 'OK' });
      this.#end(deployment, 'Succeeded', { outputs, outputResources });
    } catch (thrown) {
      const inner = this.#starts.withoutSecrets(deployment, errorBody(asFailure(thrown)));
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
      const nested = isDeploymentType(resource.type) ? this.#get(resource.id) : undefined;
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
