import { randomUUID } from 'node:crypto';
import type { EvaluatedOutput, Expansion, PlannedResource } from '@slipway/arm-template';
import type { ActivityLog } from '../activity/activity-log.ts';
import { ArmError } from '../arm-error.ts';
import type { Clock, GrowingTime } from '../clock.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { Denials } from '../governance/denials.ts';
import type { Locks } from '../governance/locks.ts';
import type { KeyActions } from '../providers/generic/key-actions.ts';
import { parseResourceId } from '../resource-id.ts';
import type { Deletions } from '../resources/deletions.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { ResourceManager } from '../resources/resource-manager.ts';
import type { Deletion, Deployment, DeploymentOperation, Work } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import { isActive } from './accepted-deployment.ts';
import { deploymentFailed, outputsFailed, resourceWriteFailed } from './deployment-errors.ts';
import { OperationLog } from './deployment-operations.ts';
import { DeploymentProgress } from './deployment-progress.ts';
import { readKeptRequest, withOutputs } from './kept-request.ts';
import { belongsToAnother } from './complete-mode.ts';
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
  denials: Denials;
  locks: Locks;
  keys: KeyActions;
  activity: ActivityLog;
  deletions: Deletions;
}

/** Runs accepted deployments: each resource as soon as what it depends on is there. */
export class DeploymentRuns {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #time: GrowingTime;
  readonly #planner: Planner;
  readonly #manager: ResourceManager;
  readonly #deletions: Deletions;
  readonly #locks: Locks;
  readonly #log: OperationLog;
  readonly #starts: ResourceStarts;
  /** What active deployments were expanded to, by lower-case id. */
  readonly #expansions = new Map<string, Expansion>();
  /** How far active deployments are, by lower-case id. */
  readonly #progress = new Map<string, DeploymentProgress>();
  /** Which deployment waits for a work, and which of its resources that is about, in lower case. */
  readonly #waiting = new Map<string, { deploymentId: string; resourceId: string }>();
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
    this.#deletions = parts.deletions;
    this.#locks = parts.locks;
    this.#manager.onWorkEnded((work) => this.#workEnded(work));
    this.#deletions.onEnd('completeMode', ({ ownerId }) => this.#wake(ownerId));
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
        if (operation.state === 'Running') this.#waitFor(operation);
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

  #waitFor({ deploymentId, workId, target }: DeploymentOperation): void {
    if (workId === undefined || target === undefined) return;
    this.#waiting.set(workId, { deploymentId, resourceId: target.id.toLowerCase() });
  }

  #workEnded(work: Work): void {
    const waiting = this.#waiting.get(work.id);
    this.#waiting.delete(work.id);
    if (waiting !== undefined) this.#advance(waiting.deploymentId, waiting.resourceId);
    for (const deferred of Array.from(this.#deferred)) this.#advance(deferred);
  }

  /**
   * Notes what has ended, starts what can start, and ends the deployment when nothing is left. `ended` is the lower-case
   * id of the one resource that may have ended; without it all that run are looked at.
   */
  #advance(id: string, ended?: string): void {
    const key = id.toLowerCase();
    try {
      this.#store.transaction(() => {
        const state = this.#store.deployments.stateOf(key);
        if (state !== 'Accepted' && state !== 'Running') return;
        this.#deferred.delete(key);
        const progress = this.#progressOf(key);
        if (progress === undefined) return;
        if (state === 'Accepted') this.#noteRunning(key);
        const running = ended === undefined ? progress.running : [progress.runningWrite(ended)];
        for (const operation of running) if (operation) this.#noteEnd(operation, progress);
        this.#startReady(progress);
        if (!progress.isRunning && !this.#deferred.has(key)) this.#finish(progress);
      });
    } catch (error) {
      // What is in memory may be ahead of the store, which has taken everything back.
      this.#progress.delete(key);
      throw error;
    }
  }

  #noteRunning(key: string): void {
    const deployment = this.#get(key);
    if (!deployment) return;
    this.#store.deployments.put({ ...deployment, state: 'Running', timestamp: this.#time.next() });
  }

  /** Nothing when the deployment has just failed, because its template can be expanded no more. */
  #progressOf(key: string): DeploymentProgress | undefined {
    const known = this.#progress.get(key);
    if (known) return known;
    const deployment = this.#get(key);
    if (!deployment) return undefined;
    const expansion = this.#expansionOf(deployment);
    if (expansion instanceof ArmError) {
      this.#end(deployment, 'Failed', { error: errorBody(expansion) });
      return undefined;
    }
    const planned = expansion.resources.filter((resource) => resource.condition);
    const writes = this.#log.writesOf(deployment.id).values();
    const progress = new DeploymentProgress(deployment, planned, writes);
    this.#progress.set(key, progress);
    return progress;
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

  #noteEnd(operation: DeploymentOperation, progress: DeploymentProgress): void {
    if (operation.target === undefined) return;
    const work = operation.workId === undefined ? undefined : this.#manager.work(operation.workId);
    const child = operation.workId === undefined ? this.#get(operation.target.id) : undefined;
    if (work?.state === 'Running' || (child && isActive(child))) return;
    const succeeded = (work?.state ?? child?.state) === 'Succeeded';
    if (succeeded) {
      progress.note(this.#log.end(operation, 'Succeeded', { statusCode: work?.isNew ? 'Created' : 'OK' }));
      return;
    }
    const error =
      child?.error ??
      this.#starts.withoutSecrets(progress.deployment, resourceWriteFailed(operation.target.id, work));
    progress.note(this.#log.end(operation, 'Failed', { statusCode: 'Conflict', error }));
  }

  /** Starts every resource whose dependencies are there, also those that what is started makes ready at once. */
  #startReady(progress: DeploymentProgress): void {
    for (const resource of progress.ready()) {
      const operation = this.#starts.start(progress.deployment, resource);
      if (!operation) {
        this.#deferred.add(progress.deployment.id.toLowerCase());
        continue;
      }
      this.#waitFor(operation);
      progress.note(operation);
    }
  }

  #finish(progress: DeploymentProgress): void {
    const deployment = this.#get(progress.deployment.id);
    const expansion = deployment && this.#expansionOf(deployment);
    if (!deployment || !expansion || expansion instanceof ArmError) return;
    const { planned, writes } = progress;
    const failed = [...writes.values()].filter((operation) => operation.state !== 'Succeeded');
    const outputResources = this.#written(planned, writes);
    if (failed.length > 0) {
      this.#end(deployment, 'Failed', { error: deploymentFailed(deployment.id, failed), outputResources });
      return;
    }
    if (deployment.mode === 'Complete' && deployment.parentId === undefined) {
      const unwanted = this.#cleanGroup(deployment, expansion);
      if (unwanted === 'Running') return;
      if (unwanted.length > 0) {
        const error = deploymentFailed(deployment.id, unwanted);
        this.#end(deployment, 'Failed', { error, outputResources });
        return;
      }
    }
    const evaluation = this.#log.begin(deployment.id, 'EvaluateDeploymentOutput', undefined);
    try {
      const outputs = expansion.evaluateOutputs(this.#starts.runtime(deployment));
      if (Object.values(outputs).some(({ secure }) => secure)) this.#keepOutputs(deployment, outputs);
      this.#log.end(evaluation, 'Succeeded', { statusCode: 'OK' });
      this.#end(deployment, 'Succeeded', { outputs: echoValues(outputs), outputResources });
    } catch (thrown) {
      const inner = this.#starts.withoutSecrets(deployment, errorBody(asFailure(thrown)));
      const error = outputsFailed(deployment.id, inner);
      this.#log.end(evaluation, 'Failed', { statusCode: 'BadRequest', error });
      this.#end(deployment, 'Failed', { error, outputResources });
    }
  }

  /** Keeps what a deployment with secure outputs answers to `listOutputsWithSecureValues`. */
  #keepOutputs({ id }: Deployment, outputs: Record<string, EvaluatedOutput>): void {
    const key = id.toLowerCase();
    const { deployments } = this.#store;
    deployments.putSecret(key, withOutputs(deployments.getSecret(key), outputs));
  }

  /**
   * Deletes what the group of a deployment in complete mode has beside the template; a lock keeps what it is put on. Tells
   * whether that goes on, or what of it could not be done.
   */
  #cleanGroup(deployment: Deployment, expansion: Expansion): 'Running' | DeploymentOperation[] {
    const known =
      deployment.deletionId === undefined ? undefined : this.#deletions.get(deployment.deletionId);
    if (known?.state === 'Running') return 'Running';
    if (known !== undefined) return this.#noteDeletions(deployment, known);
    const unwanted = this.#unwanted(deployment, expansion);
    if (unwanted.length === 0) return [];
    const { caller, correlationId } = deployment;
    const deletion = this.#deletions.start({
      purpose: 'completeMode',
      ownerId: deployment.id,
      subscriptionId: deployment.subscriptionId,
      resourceIds: unwanted,
      ...(caller === undefined ? {} : { cause: { caller, correlationId, operationId: randomUUID() } }),
    });
    this.#store.deployments.put({ ...deployment, deletionId: deletion.id });
    return 'Running';
  }

  #unwanted({ subscriptionId, resourceGroup }: Deployment, expansion: Expansion): string[] {
    if (resourceGroup === undefined) return [];
    const wanted = new Set(this.#wantedIds(expansion));
    return this.#manager.view
      .list({ subscriptionId, resourceGroup })
      .filter((record) => record.listed && !belongsToAnother(record) && !wanted.has(record.id.toLowerCase()))
      .map(({ id }) => id)
      .filter((id) => !this.#locks.isDeleteRefused(id));
  }

  /**
   * Ids, in lower case, of what a template has, nested deployments' too. A resource whose condition is false does not count. Source: Microsoft's "Azure Resource Manager deployment modes".
   */
  #wantedIds({ resources }: Expansion): string[] {
    return resources.flatMap((resource): string[] => {
      if (!resource.condition) return [];
      const nested = isDeploymentType(resource.type) ? this.#get(resource.id) : undefined;
      const made = nested?.outputResources?.map(({ id }) => id.toLowerCase()) ?? [];
      return [resource.id.toLowerCase(), ...made];
    });
  }

  #noteDeletions(deployment: Deployment, deletion: Deletion): DeploymentOperation[] {
    const failures = new Map(deletion.failures.map(({ id, error }) => [id.toLowerCase(), error]));
    return deletion.resourceIds.flatMap((id) => {
      const parsed = parseResourceId(id);
      const target = { id, resourceType: parsed?.type ?? '', resourceName: parsed?.names.join('/') ?? '' };
      const error = failures.get(id.toLowerCase());
      const operation = this.#log.begin(deployment.id, 'Delete', target);
      const ended =
        error === undefined
          ? this.#log.end(operation, 'Succeeded', { statusCode: 'OK' })
          : this.#log.end(operation, 'Failed', { statusCode: 'Conflict', error });
      return error === undefined ? [] : [ended];
    });
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
    this.#deferred.delete(deployment.id.toLowerCase());
    for (const listener of this.#listeners) listener(ended);
    this.#store.afterCommit(() => {
      this.#expansions.delete(deployment.id.toLowerCase());
      this.#progress.delete(deployment.id.toLowerCase());
      if (deployment.parentId !== undefined) this.#advance(deployment.parentId, deployment.id.toLowerCase());
    });
  }
}
