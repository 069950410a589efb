import { createHash, randomUUID } from 'node:crypto';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import type { Deletions } from '../resources/deletions.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { Deletion, Deployment, DeploymentRequest, Stack } from '../store/documents.ts';
import { scopeKey, type Store } from '../store/store.ts';
import type { Deployments } from './deployments.ts';
import type { ReadDeploymentRequest } from './deployment-request.ts';
import { readKeptRequest } from './kept-request.ts';
import type { StackRequest } from './stack-request.ts';

interface StackPlace {
  subscriptionId: string;
  resourceGroup: string;
  name: string;
}

const endStates: readonly Stack['state'][] = ['succeeded', 'failed', 'canceled'];
const hasEnded = (stack: Stack): boolean => endStates.includes(stack.state);
const longestDeploymentName = 64;

/** Deployment stacks of resource groups: what owns the resources of a template. */
export class Stacks {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #groups: ResourceGroups;
  readonly #deployments: Deployments;
  readonly #deletions: Deletions;

  constructor(parts: {
    store: Store;
    clock: Clock;
    groups: ResourceGroups;
    deployments: Deployments;
    deletions: Deletions;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#groups = parts.groups;
    this.#deployments = parts.deployments;
    this.#deletions = parts.deletions;
    parts.deployments.onEnded((deployment) => this.#deploymentEnded(deployment));
    parts.deletions.onEnd('stack', (deletion) => this.#deleted(deletion));
    parts.deletions.onEnd('stackUpdate', (deletion) => this.#cleanedUp(deletion));
  }

  /** Goes on with stacks whose deployment had not been started. */
  resume(): void {
    for (const stack of this.#store.stacks.inState('creating', 'validating')) this.#wake(stack.id);
  }

  /** Throws DeploymentStackNotFound, or ResourceGroupNotFound. */
  require(place: StackPlace): Stack {
    const group = this.#groups.get(place.subscriptionId, place.resourceGroup);
    const stack = this.#find(stackId({ ...place, resourceGroup: group.name }));
    if (!stack)
      throw new ArmError(
        404,
        'DeploymentStackNotFound',
        `The deployment stack '${place.name}' could not be found.`,
      );
    return stack;
  }

  list(subscriptionId: string, resourceGroup: string): Stack[] {
    this.#groups.get(subscriptionId, resourceGroup);
    return this.#store.stacks.inScope(scopeKey(subscriptionId, resourceGroup));
  }

  template(stack: Stack): DeploymentRequest | undefined {
    return readKeptRequest(this.#store.stacks.getSecret(stack.id.toLowerCase()));
  }

  /** What `put` would refuse; otherwise what the stack's deployment would be. */
  validate(place: StackPlace, request: StackRequest, correlationId: string): Deployment {
    const group = this.#groups.getForWrite(place.subscriptionId, place.resourceGroup);
    const existing = this.#find(stackId({ ...place, resourceGroup: group.name }));
    if (existing) refuseWhileBusy(existing);
    return this.#deployments.validate(
      { ...place, resourceGroup: group.name, name: deploymentNameFor(place.name, correlationId) },
      request.deployment,
      correlationId,
    );
  }

  /** Makes the stack or brings it to what the request says. */
  put(place: StackPlace, request: StackRequest, correlationId: string): { stack: Stack; isNew: boolean } {
    return this.#store.transaction(() => {
      const validated = this.validate(place, request, correlationId);
      const group = this.#groups.getForWrite(place.subscriptionId, place.resourceGroup);
      const id = stackId({ ...place, resourceGroup: group.name });
      const existing = this.#find(id);
      const now = this.#clock.now().toISOString();
      const { deployment, description } = request;
      const stack: Stack = {
        id: existing?.id ?? id,
        name: existing?.name ?? place.name,
        subscriptionId: place.subscriptionId,
        resourceGroup: group.name,
        ...(deployment.location === undefined ? {} : { location: deployment.location }),
        ...(deployment.tags === undefined ? {} : { tags: deployment.tags }),
        state: existing === undefined ? 'creating' : 'validating',
        ...(description === undefined ? {} : { description }),
        actionOnUnmanage: request.actionOnUnmanage,
        denySettings: request.denySettings,
        correlationId,
        parameters: validated.parameters,
        resources: existing?.resources ?? [],
        detachedResources: [],
        deletedResources: [],
        failedResources: [],
        operationId: randomUUID(),
        startedAt: now,
        createdAt: existing?.createdAt ?? now,
        changedAt: now,
      };
      this.#store.stacks.put(stack);
      this.#store.stacks.putSecret(stack.id.toLowerCase(), {
        template: deployment.template,
        parameters: deployment.parameters,
      });
      this.#store.afterCommit(() => this.#wake(stack.id));
      return { stack, isNew: existing === undefined };
    });
  }

  /** Starts to delete the stack, with its resources or without. */
  remove(stack: Stack, action: 'delete' | 'detach', correlationId: string): Deletion {
    return this.#store.transaction(() => {
      if (stack.state === 'deleting') {
        const running = this.#store.deletions
          .inScope(stack.id.toLowerCase())
          .find(({ state }) => state === 'Running');
        if (running) return running;
      }
      refuseWhileBusy(stack);
      const deleting: Stack = {
        ...stack,
        state: 'deleting',
        correlationId,
        failedResources: [],
        operationId: randomUUID(),
        startedAt: this.#clock.now().toISOString(),
      };
      delete deleting.error;
      delete deleting.finishedAt;
      this.#store.stacks.put(deleting);
      return this.#deletions.start({
        purpose: 'stack',
        ownerId: stack.id,
        subscriptionId: stack.subscriptionId,
        resourceIds: action === 'delete' ? stack.resources : [],
      });
    });
  }

  #find(id: string): Stack | undefined {
    return this.#store.stacks.get(id.toLowerCase());
  }

  #wake(id: string): void {
    this.#clock.schedule(0, () => this.#deploy(id));
  }

  #deploy(id: string): void {
    this.#store.transaction(() => {
      const stack = this.#find(id);
      if (!stack || (stack.state !== 'creating' && stack.state !== 'validating')) return;
      const secret = this.template(stack);
      const request: ReadDeploymentRequest = {
        template: secret?.template ?? {},
        parameters: secret?.parameters ?? {},
        mode: 'Incremental',
        ...(stack.tags === undefined ? {} : { tags: stack.tags }),
      };
      try {
        const place = {
          ...stack,
          location: undefined,
          name: deploymentNameFor(stack.name, stack.operationId),
        };
        const { deployment } = this.#deployments.create(place, request, {
          correlationId: stack.correlationId,
          stackId: stack.id,
        });
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
    const dropped = stack.resources.filter(
      (id) => !known.has(id.toLowerCase()) && this.#store.resources.get(id) !== undefined,
    );
    const updated: Stack = {
      ...stack,
      resources: written,
      ...(deployment.outputs === undefined ? {} : { outputs: deployment.outputs }),
    };
    if (dropped.length === 0 || stack.actionOnUnmanage.resources === 'detach') {
      this.#end({ ...updated, detachedResources: dropped }, 'succeeded');
      return;
    }
    this.#store.stacks.put({ ...updated, state: 'deletingResources', resources: union(written, dropped) });
    this.#deletions.start({
      purpose: 'stackUpdate',
      ownerId: stack.id,
      subscriptionId: stack.subscriptionId,
      resourceIds: dropped,
    });
  }

  /** What the template no longer has was deleted, or could not be. */
  #cleanedUp(deletion: Deletion): void {
    const stack = this.#find(deletion.ownerId);
    if (!stack || stack.state !== 'deletingResources') return;
    const left = new Set(
      deletion.resourceIds
        .filter((id) => this.#store.resources.get(id) !== undefined)
        .map((id) => id.toLowerCase()),
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
      this.#store.stacks.remove(stack.id.toLowerCase());
      return;
    }
    const error = deletionFailed(stack, deletion);
    this.#store.deletions.put({ ...deletion, error });
    const resources = stack.resources.filter((id) => this.#store.resources.get(id) !== undefined);
    this.#end({ ...stack, resources, failedResources: deletion.failures }, 'failed', error);
  }

  #end(stack: Stack, state: 'succeeded' | 'failed' | 'canceled', error?: ErrorBody): void {
    const now = this.#clock.now().toISOString();
    this.#store.stacks.put({
      ...stack,
      state,
      finishedAt: now,
      changedAt: now,
      ...(error === undefined ? {} : { error }),
    });
  }
}

function stackId(place: StackPlace): string {
  return `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}/providers/Microsoft.Resources/deploymentStacks/${place.name}`;
}

/** Each update of a stack gets a deployment of its own. */
function deploymentNameFor(stackName: string, operationId: string): string {
  const suffix = `-${createHash('sha256').update(operationId).digest('hex').slice(0, 12)}`;
  return `${stackName.slice(0, longestDeploymentName - suffix.length)}${suffix}`;
}

function refuseWhileBusy(stack: Stack): void {
  if (hasEnded(stack)) return;
  throw new ArmError(
    409,
    'DeploymentStackInNonTerminalState',
    `The deployment stack '${stack.name}' is in the non-terminal state '${stack.state}'. Wait until it has ended, or cancel its deployment.`,
  );
}

function stackFailed(stack: Stack, details: ErrorBody[]): ErrorBody {
  return {
    code: 'DeploymentStackDeploymentFailed',
    message: `One or more resources could not be deployed. Correlation id: '${stack.correlationId}'.`,
    details,
  };
}

function deletionFailed(stack: Stack, deletion: Deletion): ErrorBody {
  return {
    code: 'DeploymentStackDeleteResourcesFailed',
    message: `One or more resources could not be deleted. Correlation id: '${stack.correlationId}'.`,
    details: deletion.failures.map(({ id, error }) => ({ ...error, target: error.target ?? id })),
  };
}

/** The resources that failed, also in nested deployments, each with its error. */
function failedIn(deployment: Deployment): Stack['failedResources'] {
  const leaves = (error: ErrorBody): Stack['failedResources'] =>
    error.code === 'DeploymentFailed'
      ? (error.details ?? []).flatMap(leaves)
      : error.target === undefined
        ? []
        : [{ id: error.target, error }];
  return deployment.error === undefined ? [] : leaves(deployment.error);
}

function union(first: readonly string[], second: readonly string[]): string[] {
  const known = new Set(first.map((id) => id.toLowerCase()));
  return [...first, ...second.filter((id) => !known.has(id.toLowerCase()))];
}
