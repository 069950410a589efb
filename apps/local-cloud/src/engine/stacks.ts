import type { ActivityLog } from '../activity/activity-log.ts';
import type { Cause } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import type { Denials } from '../governance/denials.ts';
import type { Locks } from '../governance/locks.ts';
import type { Deletions } from '../resources/deletions.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { Deletion, Deployment, DeploymentRequest, Stack } from '../store/documents.ts';
import type { Store } from '../store/store.ts';
import type { Deployments } from './deployments.ts';
import { scopeOfPlace, type DeploymentPlace } from './deployment-place.ts';
import { readKeptRequest } from './kept-request.ts';
import { divide, type UnmanageActions } from './managed-resources.ts';
import { deploymentNameFor, deploymentPlaceOf, stackId, type StackPlace } from './stack-name.ts';
import { invalidDefinition, type StackRequest } from './stack-request.ts';
import { StackRuns } from './stack-runs.ts';

const endStates: readonly Stack['state'][] = ['succeeded', 'failed', 'canceled'];
const hasEnded = (stack: Stack): boolean => endStates.includes(stack.state);

/** Deployment stacks of groups, subscriptions and management groups: what owns the resources of a template. `StackRuns` carries them out. */
export class Stacks {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #groups: ResourceGroups;
  readonly #deployments: Deployments;
  readonly #deletions: Deletions;
  readonly #locks: Locks;
  readonly #runs: StackRuns;

  constructor(parts: {
    store: Store;
    clock: Clock;
    groups: ResourceGroups;
    deployments: Deployments;
    deletions: Deletions;
    denials: Denials;
    locks: Locks;
    activity: ActivityLog;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#groups = parts.groups;
    this.#deployments = parts.deployments;
    this.#deletions = parts.deletions;
    this.#locks = parts.locks;
    this.#runs = new StackRuns(parts);
  }

  /** Goes on with stacks whose deployment had not been started. */
  resume(): void {
    this.#runs.resume();
  }

  /** Throws DeploymentStackNotFound, ResourceGroupNotFound or ManagementGroupNotFound. */
  require(place: StackPlace): Stack {
    this.#deployments.requireScope(place);
    const stack = this.#find(stackId(place));
    if (!stack)
      throw new ArmError(
        404,
        'DeploymentStackNotFound',
        `The deployment stack '${place.name}' could not be found.`,
      );
    return stack;
  }

  list(place: Omit<DeploymentPlace, 'name'>): Stack[] {
    this.#deployments.requireScope(place);
    return this.#store.stacks.inScope(scopeOfPlace(place).toLowerCase());
  }

  template(stack: Stack): DeploymentRequest | undefined {
    return readKeptRequest(this.#store.stacks.getSecret(stack.id.toLowerCase()));
  }

  /** What `put` would refuse; otherwise what the stack's deployment would be. */
  validate(place: StackPlace, request: StackRequest, correlationId: string): Deployment {
    const here = this.#placeForWrite(place);
    refuseDenialsAbove(here, request);
    const existing = this.#find(stackId(here));
    if (existing) refuseWhileBusy(existing, 'updated');
    if (existing && place.resourceGroup === undefined) refuseOtherLocation(existing, request);
    const name = deploymentNameFor(place.name, correlationId);
    return this.#deployments.validate(
      deploymentPlaceOf(here, name, request.deploymentScope),
      request.deployment,
      correlationId,
    );
  }

  /** The place with its group as that is spelled. Throws where nothing can be made there. */
  #placeForWrite(place: StackPlace): StackPlace {
    this.#deployments.requireScope(place);
    if (place.resourceGroup === undefined) return place;
    const { name } = this.#groups.getForWrite(place.subscriptionId, place.resourceGroup);
    return { ...place, resourceGroup: name };
  }

  /** Makes the stack or brings it to what the request says. */
  put(place: StackPlace, request: StackRequest, cause: Cause): { stack: Stack; isNew: boolean } {
    const { correlationId, caller, operationId } = cause;
    return this.#store.transaction(() => {
      const validated = this.validate(place, request, correlationId);
      const here = this.#placeForWrite(place);
      const id = stackId(here);
      const existing = this.#find(id);
      const now = this.#clock.now().toISOString();
      const { deployment, description, deploymentScope } = request;
      const stack: Stack = {
        ...here,
        id: existing?.id ?? id,
        name: existing?.name ?? place.name,
        ...(deploymentScope === undefined ? {} : { deploymentScope }),
        ...(deployment.location === undefined ? {} : { location: deployment.location }),
        ...(deployment.tags === undefined ? {} : { tags: deployment.tags }),
        state: existing === undefined ? 'creating' : 'validating',
        ...(description === undefined ? {} : { description }),
        actionOnUnmanage: request.actionOnUnmanage,
        denySettings: request.denySettings,
        correlationId,
        caller,
        parameters: validated.parameters,
        resources: existing?.resources ?? [],
        detachedResources: [],
        deletedResources: [],
        failedResources: [],
        operationId,
        startedAt: now,
        createdAt: existing?.createdAt ?? now,
        changedAt: now,
      };
      this.#store.stacks.put(stack);
      this.#store.stacks.putSecret(stack.id.toLowerCase(), {
        template: deployment.template,
        parameters: deployment.parameters,
      });
      this.#store.afterCommit(() => this.#runs.begin(stack.id));
      return { stack, isNew: existing === undefined };
    });
  }

  /**
   * Starts to delete the stack, with what it manages or without, as `actions` say. Throws ScopeLocked where a lock that does
   * not go with it is in the way.
   */
  remove(stack: Stack, actions: UnmanageActions, cause: Cause): Deletion {
    const { deleted } = divide(stack.resources, actions);
    this.#locks.refuseDelete(stack.id, deleted);
    return this.#store.transaction(() => {
      if (stack.state === 'deleting') {
        const running = this.#store.deletions
          .inScope(stack.id.toLowerCase())
          .find(({ state }) => state === 'Running');
        if (running) return running;
      }
      refuseWhileBusy(stack, 'deleted');
      const deleting: Stack = {
        ...stack,
        state: 'deleting',
        correlationId: cause.correlationId,
        caller: cause.caller,
        failedResources: [],
        operationId: cause.operationId,
        startedAt: this.#clock.now().toISOString(),
      };
      delete deleting.error;
      delete deleting.finishedAt;
      this.#store.stacks.put(deleting);
      return this.#deletions.start({
        purpose: 'stack',
        ownerId: stack.id,
        subscriptionId: stack.subscriptionId,
        resourceIds: deleted,
        cause,
      });
    });
  }

  #find(id: string): Stack | undefined {
    return this.#store.stacks.get(id.toLowerCase());
  }
}

/** Nothing can be denied of what is deployed to a management group itself. */
function refuseDenialsAbove({ name, managementGroup }: StackPlace, request: StackRequest): void {
  const { denySettings, deploymentScope } = request;
  const isAbove = managementGroup !== undefined && !/^\/subscriptions\//i.test(deploymentScope ?? '');
  if (denySettings['mode'] === 'none' || !isAbove) return;
  throw invalidDefinition(
    `The deployment stack '${name}' is invalid, because deny assignments are only supported for deployments at subscription scope.`,
  );
}

/** A stack stays where it was made. */
function refuseOtherLocation({ name, location }: Stack, { deployment }: StackRequest): void {
  if (location === deployment.location) return;
  throw new ArmError(
    409,
    'InvalidDeploymentStackLocation',
    `Invalid deployment stack location '${deployment.location ?? ''}'. The deployment stack '${name}' already exists in location '${location ?? ''}'.`,
  );
}

/** Refuses in Azure's words what cannot be done to a stack while something is done to it. */
function refuseWhileBusy(stack: Stack, action: 'updated' | 'deleted'): void {
  if (hasEnded(stack)) return;
  const state = `${stack.state.charAt(0).toUpperCase()}${stack.state.slice(1)}`;
  throw new ArmError(
    409,
    'DeploymentStackInNonTerminalState',
    `The deployment stack resource '${stack.id}' could not be ${action} as it is currently in a non-terminal state '${state}'.`,
  );
}
