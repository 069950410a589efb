import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { Clock, GrowingTime } from '../clock.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type {
  Deployment,
  DeploymentOperation,
  DeploymentRequest,
  DeploymentState,
} from '../store/documents.ts';
import { scopeKey, type Store } from '../store/store.ts';
import { acceptedDeployment, isActive, type CreateOptions } from './accepted-deployment.ts';
import { DeploymentHistory, newestFirst } from './deployment-history.ts';
import { deploymentId, scopeOfPlace, type DeploymentPlace } from './deployment-place.ts';
import { checkDeploymentName, type ReadDeploymentRequest } from './deployment-request.ts';
import { type DeploymentParts, DeploymentRuns } from './deployment-runs.ts';
import { readKeptRequest } from './kept-request.ts';
import type { Planner } from './planner.ts';
import { maskingErrors, maskTexts, secretTexts } from './secret-texts.ts';

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
    this.#runs.onEnded((deployment) => {
      this.#fallBack(deployment);
      if (deployment.fallsBackFrom !== undefined)
        this.#noteFallBack(deployment.fallsBackFrom, deployment.correlationId, deployment.state);
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
    this.requireScope(place);
    const deployment = this.get(deploymentId(place));
    if (!deployment)
      throw new ArmError(404, 'DeploymentNotFound', `Deployment '${place.name}' could not be found.`);
    return deployment;
  }

  list(place: Omit<DeploymentPlace, 'name'>): Deployment[] {
    this.requireScope(place);
    return this.#store.deployments.inScope(scopeOfPlace(place).toLowerCase());
  }

  /** Throws ResourceGroupNotFound or ManagementGroupNotFound where a place is in something that is not there. */
  requireScope(place: Omit<DeploymentPlace, 'name'>): void {
    if (place.resourceGroup !== undefined) this.#groups.get(place.subscriptionId, place.resourceGroup);
    this.#planner.requireManagementGroup(place);
  }

  operations(deployment: Deployment): DeploymentOperation[] {
    return this.#runs.operations(deployment);
  }

  template(deployment: Deployment): DeploymentRequest | undefined {
    return readKeptRequest(this.#store.deployments.getSecret(deployment.id.toLowerCase()));
  }

  /**
   * The template as it is exported. That of a nested deployment of outer scope has what its parents' parameters say written
   * into it: what is secure of these is masked.
   */
  exportedTemplate(deployment: Deployment): JsonValue {
    const template = this.template(deployment)?.template ?? {};
    const secrets = this.#parentsOf(deployment).flatMap((parent) => secretTexts(this.template(parent)));
    return maskTexts(template, secrets);
  }

  #parentsOf({ parentId }: Deployment): Deployment[] {
    const parent = parentId === undefined ? undefined : this.get(parentId);
    return parent === undefined ? [] : [parent, ...this.#parentsOf(parent)];
  }

  /** Accepts a deployment: validated, stored, and started at the next turn. Throws ArmError. */
  create(
    place: DeploymentPlace,
    request: ReadDeploymentRequest,
    options: CreateOptions,
  ): { deployment: Deployment; isNew: boolean } {
    checkDeploymentName(place.name);
    const known = this.#planner.withSecrets(request);
    return maskingErrors(known, () => this.#accept(place, known, options));
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
            diagnostics: [],
          }
        : this.#planner.validate(here, request, seed);
      const onError = this.#onError(here, request);
      if (existing) this.#store.removeDeployment(existing.id);
      else this.#history.refuseWhereFull(here);
      const deployment = acceptedDeployment(here, request, options, {
        ...plan,
        onError,
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

  /** Which deployment is deployed again when this one fails. Throws where there is none to be found. */
  #onError(here: DeploymentPlace, { onErrorDeployment }: ReadDeploymentRequest): Deployment['onError'] {
    if (onErrorDeployment === undefined) return undefined;
    const { type } = onErrorDeployment;
    const name = 'deploymentName' in onErrorDeployment ? onErrorDeployment.deploymentName : undefined;
    const candidate = this.#store.deployments
      .inScope(scopeOfPlace(here).toLowerCase())
      .toSorted(newestFirst)
      .find(
        (each) =>
          each.state === 'Succeeded' &&
          each.parentId === undefined &&
          (name === undefined || each.name.toLowerCase() === name.toLowerCase()),
      );
    if (candidate === undefined)
      throw new ArmError(
        400,
        'OnErrorDeploymentNotFound',
        name === undefined
          ? `The deployment '${here.name}' has no 'onErrorDeployment': no deployment of its scope has succeeded yet.`
          : `The deployment '${name}' to be used as 'onErrorDeployment' of '${here.name}' was not found, or has not succeeded.`,
      );
    return { type, deploymentName: candidate.name };
  }

  /** Deploys again, by its own name, what a deployment that failed was to fall back on. */
  #fallBack(failed: Deployment): void {
    const { onError, subscriptionId, resourceGroup, managementGroup, caller, correlationId } = failed;
    if (failed.state !== 'Failed' || onError === undefined) return;
    const place: DeploymentPlace = {
      subscriptionId,
      ...(resourceGroup === undefined ? {} : { resourceGroup }),
      ...(managementGroup === undefined ? {} : { managementGroup }),
      name: onError.deploymentName,
    };
    const noteState = (state: DeploymentState): void => this.#noteFallBack(failed.id, correlationId, state);
    const earlier = this.get(deploymentId(place));
    const request = earlier && this.template(earlier);
    if (earlier === undefined || request === undefined || isActive(earlier)) {
      noteState('Failed');
      return;
    }
    this.#clock.schedule(0, () => {
      try {
        const { mode, location, tags } = earlier;
        const { deployment } = this.create(
          place,
          {
            template: request.template,
            parameters: request.parameters,
            mode,
            ...(location === undefined ? {} : { location }),
            ...(tags === undefined ? {} : { tags }),
          },
          {
            correlationId,
            fallsBackFrom: failed.id,
            seed: earlier.seed,
            ...(caller === undefined ? {} : { caller }),
          },
        );
        noteState(deployment.state);
      } catch (error) {
        // The group is gone, or the earlier one is deployed by somebody: nothing is left to fall back on.
        if (!(error instanceof ArmError)) throw error;
        noteState('Failed');
      }
    });
  }

  /** Notes at a failed deployment how far its `onErrorDeployment` is. Both have one correlation id. */
  #noteFallBack(failedId: string, correlationId: string, provisioningState: DeploymentState): void {
    this.#store.transaction(() => {
      const failed = this.get(failedId);
      // Something else may have been deployed by its name since.
      if (failed?.onError === undefined || failed.correlationId !== correlationId) return;
      this.#store.deployments.put({ ...failed, onError: { ...failed.onError, provisioningState } });
    });
  }

  /** What `create` would refuse; otherwise the deployment as it would be accepted. */
  validate(place: DeploymentPlace, request: ReadDeploymentRequest, correlationId: string): Deployment {
    checkDeploymentName(place.name);
    const now = this.#clock.now().toISOString();
    const seed = `${now}|${randomUUID()}`;
    const here = { ...place, location: request.location };
    this.#history.shortenSoon(here);
    const known = this.#planner.withSecrets(request);
    const plan = maskingErrors(known, () => this.#planner.validate(here, known, seed));
    return {
      ...acceptedDeployment(
        here,
        known,
        { correlationId },
        {
          ...plan,
          onError: this.#onError(here, request),
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
