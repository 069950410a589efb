import { randomUUID } from 'node:crypto';
import { ArmError } from '../arm-error.ts';
import type { Clock, GrowingTime } from '../clock.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { Deployment, DeploymentOperation, DeploymentRequest } from '../store/documents.ts';
import { scopeKey, type Store } from '../store/store.ts';
import { acceptedDeployment, deploymentId, isActive, type CreateOptions } from './accepted-deployment.ts';
import { DeploymentHistory } from './deployment-history.ts';
import { checkDeploymentName, type ReadDeploymentRequest } from './deployment-request.ts';
import { type DeploymentParts, DeploymentRuns } from './deployment-runs.ts';
import { readKeptRequest } from './kept-request.ts';
import type { DeploymentPlace, Planner } from './planner.ts';
import { maskingErrors } from './secret-texts.ts';

/** The deployments of all scopes: accepted or refused, kept, cancelled and forgotten. `DeploymentRuns` runs them. */
export class Deployments {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #time: GrowingTime;
  readonly #planner: Planner;
  readonly #groups: ResourceGroups;
  readonly #history: DeploymentHistory;
  readonly #runs: DeploymentRuns;

  constructor(parts: DeploymentParts) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#time = parts.time;
    this.#planner = parts.planner;
    this.#groups = parts.groups;
    this.#history = new DeploymentHistory(parts);
    this.#runs = new DeploymentRuns({
      ...parts,
      create: (place, request, options) => {
        this.create(place, request, options);
      },
    });
  }

  /** `listener` is called inside the transaction in which a deployment ends. */
  onEnded(listener: (deployment: Deployment) => void): void {
    this.#runs.onEnded(listener);
  }

  /** Goes on with what a stopped process left behind. */
  resume(): void {
    this.#runs.resume();
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
    return this.#runs.operations(deployment);
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
    return maskingErrors(request, () => this.#accept(place, request, options));
  }

  #accept(
    place: DeploymentPlace,
    request: ReadDeploymentRequest,
    options: CreateOptions,
  ): { deployment: Deployment; isNew: boolean } {
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
      else this.#history.refuseWhereFull(here);
      const deployment = acceptedDeployment(here, request, options, {
        ...plan,
        seed,
        now,
        timestamp: this.#time.next(),
      });
      this.#store.deployments.put(deployment);
      this.#store.deployments.putSecret(deployment.id.toLowerCase(), {
        template: request.template,
        parameters: request.parameters,
      });
      this.#store.afterCommit(() => {
        this.#runs.begin(deployment, plan.expansion);
        this.#history.shortenSoon(here);
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
    this.#history.shortenSoon(here);
    const plan = maskingErrors(request, () =>
      this.#planner.validate(here, request.template, request.parameters, seed),
    );
    return {
      ...acceptedDeployment(
        here,
        request,
        { correlationId },
        {
          ...plan,
          seed,
          now,
          timestamp: this.#time.next(),
        },
      ),
      state: 'Succeeded',
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
      this.#runs.stop(deployment, 'Canceled', {
        code: 'DeploymentCanceled',
        message: `The deployment '${deployment.name}' was canceled. Resources that were being created when it was canceled are left as they are.`,
        target: deployment.id,
      });
    });
  }

  /** Ends whatever runs in a resource group because the group goes. */
  endAllIn(group: { subscriptionId: string; name: string }): void {
    const active = this.#store.deployments
      .inScope(scopeKey(group.subscriptionId, group.name))
      .filter(isActive);
    for (const { id } of active) {
      const current = this.get(id);
      if (!current || !isActive(current)) continue;
      this.#runs.stop(current, 'Failed', {
        code: 'ResourceGroupBeingDeleted',
        message: `The deployment '${current.name}' ended because the resource group '${group.name}' is being deleted.`,
        target: current.id,
      });
    }
  }
}
