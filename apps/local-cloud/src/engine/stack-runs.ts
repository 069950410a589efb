import type { ActivityLog } from '../activity/activity-log.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { Clock } from '../clock.ts';
import type { Denials } from '../governance/denials.ts';
import type { Deletions } from '../resources/deletions.ts';
import type { Deletion, Deployment, Stack } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import type { ReadDeploymentRequest } from './deployment-request.ts';
import type { Deployments } from './deployments.ts';
import { readKeptRequest } from './kept-request.ts';
import { deletionFailed, failedIn, stackFailed } from './stack-errors.ts';
import { divide } from './managed-resources.ts';
import { deploymentNameFor, deploymentPlaceOf } from './stack-name.ts';

/** Brings accepted stacks to their end: deploys, clears away what the template no longer has, deletes. */
export class StackRuns {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #deployments: Deployments;
  readonly #deletions: Deletions;
  readonly #denials: Denials;
  readonly #activity: ActivityLog;

  constructor(parts: {
    store: Store;
    clock: Clock;
    deployments: Deployments;
    deletions: Deletions;
    denials: Denials;
    activity: ActivityLog;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#deployments = parts.deployments;
    this.#deletions = parts.deletions;
    this.#denials = parts.denials;
    this.#activity = parts.activity;
    parts.deployments.onEnded((deployment) => this.#deploymentEnded(deployment));
    parts.deletions.onEnd('stack', (deletion) => this.#deleted(deletion));
    parts.deletions.onEnd('stackUpdate', (deletion) => this.#cleanedUp(deletion));
  }

  /** Goes on with stacks whose deployment had not been started. */
  resume(): void {
    for (const stack of this.#store.stacks.inState('creating', 'validating')) this.begin(stack.id);
  }

  #find(id: string): Stack | undefined {
    return this.#store.stacks.get(id.toLowerCase());
  }

  /** Starts to deploy a stored stack at the next turn. */
  begin(id: string): void {
    this.#clock.schedule(0, () => this.#deploy(id));
  }

  #deploy(id: string): void {
    this.#store.transaction(() => {
      const stack = this.#find(id);
      if (!stack || (stack.state !== 'creating' && stack.state !== 'validating')) return;
      const secret = readKeptRequest(this.#store.stacks.getSecret(stack.id.toLowerCase()));
      const { subscriptionId, resourceGroup, managementGroup, location } = stack;
      const own = {
        subscriptionId,
        ...(resourceGroup === undefined ? {} : { resourceGroup }),
        ...(managementGroup === undefined ? {} : { managementGroup }),
        name: stack.name,
      };
      const name = deploymentNameFor(stack.name, stack.operationId);
      const place = deploymentPlaceOf(own, name, stack.deploymentScope);
      const request: ReadDeploymentRequest = {
        template: secret?.template ?? {},
        parameters: secret?.parameters ?? {},
        mode: 'Incremental',
        ...(stack.tags === undefined ? {} : { tags: stack.tags }),
        ...(location === undefined || place.resourceGroup !== undefined ? {} : { location }),
      };
      try {
        const { deployment } = this.#deployments.create(place, request, {
          correlationId: stack.correlationId,
          ...(stack.caller === undefined ? {} : { caller: stack.caller }),
          stackId: stack.id,
        });
        this.#activity.deploymentAccepted(deployment);
        this.#store.stacks.put({ ...stack, state: 'deploying', deploymentId: deployment.id });
      } catch (error) {
        this.#end(stack, 'failed', stackFailed(stack, [errorBody(asFailure(error))]));
      }
    });
  }

  #deploymentEnded(deployment: Deployment): void {
    if (deployment.stackId === undefined || deployment.parentId !== undefined) return;
    const stack = this.#find(deployment.stackId);
    if (!stack || stack.state !== 'deploying' || stack.deploymentId !== deployment.id) return;
    const written = (deployment.outputResources ?? []).map(({ id }) => id);
    if (deployment.state !== 'Succeeded') {
      const failed = {
        ...stack,
        resources: union(stack.resources, written),
        failedResources: failedIn(deployment),
      };
      const details = deployment.error === undefined ? [] : [deployment.error];
      this.#end(failed, deployment.state === 'Canceled' ? 'canceled' : 'failed', stackFailed(stack, details));
      return;
    }
    const known = new Set(written.map((id) => id.toLowerCase()));
    const dropped = divide(
      stack.resources.filter((id) => !known.has(id.toLowerCase()) && this.#store.isThere(id)),
      stack.actionOnUnmanage,
    );
    const updated: Stack = {
      ...stack,
      resources: written,
      detachedResources: dropped.detached,
      ...(deployment.outputs === undefined ? {} : { outputs: deployment.outputs }),
    };
    this.#denials.update(updated);
    if (dropped.deleted.length === 0) {
      this.#end(updated, 'succeeded');
      return;
    }
    const resources = union(written, dropped.deleted);
    this.#store.stacks.put({ ...updated, state: 'deletingResources', resources });
    this.#deletions.start({
      purpose: 'stackUpdate',
      ownerId: stack.id,
      subscriptionId: stack.subscriptionId,
      resourceIds: dropped.deleted,
      ...(stack.caller === undefined
        ? {}
        : {
            cause: {
              caller: stack.caller,
              correlationId: stack.correlationId,
              operationId: stack.operationId,
            },
          }),
    });
  }

  /** What the template no longer has was deleted, or could not be. */
  #cleanedUp(deletion: Deletion): void {
    const stack = this.#find(deletion.ownerId);
    if (!stack || stack.state !== 'deletingResources') return;
    const left = new Set(
      deletion.resourceIds.filter((id) => this.#store.isThere(id)).map((id) => id.toLowerCase()),
    );
    const deleted = new Set(deletion.resourceIds.map((id) => id.toLowerCase()).filter((id) => !left.has(id)));
    const updated: Stack = {
      ...stack,
      resources: stack.resources.filter((id) => !deleted.has(id.toLowerCase())),
      deletedResources: deletion.resourceIds.filter((id) => deleted.has(id.toLowerCase())),
      failedResources: deletion.failures,
    };
    if (deletion.state === 'Succeeded') this.#end(updated, 'succeeded');
    else this.#end(updated, 'failed', deletionFailed(stack, deletion));
  }

  #deleted(deletion: Deletion): void {
    const stack = this.#find(deletion.ownerId);
    if (!stack || stack.state !== 'deleting') return;
    if (deletion.state === 'Succeeded') {
      this.#store.removeStack(stack.id);
      this.#store.removeGuardsAt(stack.id);
      return;
    }
    const error = deletionFailed(stack, deletion);
    this.#store.deletions.put({ ...deletion, error });
    const resources = stack.resources.filter((id) => this.#store.isThere(id));
    this.#end({ ...stack, resources, failedResources: deletion.failures }, 'failed', error);
  }

  #end(stack: Stack, state: 'succeeded' | 'failed' | 'canceled', error?: ErrorBody): void {
    const now = this.#clock.now().toISOString();
    const isWrite = stack.state !== 'deleting';
    const ended: Stack = {
      ...stack,
      state,
      finishedAt: now,
      changedAt: now,
      ...(error === undefined ? {} : { error }),
    };
    this.#store.stacks.put(ended);
    if (isWrite) this.#activity.stackEnded(ended);
  }
}

function union(first: readonly string[], second: readonly string[]): string[] {
  const known = new Set(first.map((id) => id.toLowerCase()));
  return [...first, ...second.filter((id) => !known.has(id.toLowerCase()))];
}
