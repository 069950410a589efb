import { randomUUID } from 'node:crypto';
import { TemplateError, type JsonObject, type PlannedResource } from '@slipway/arm-template';
import type { ActivityLog, Outcome } from '../activity/activity-log.ts';
import type { Cause } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import { asFailure, errorBody, type ErrorBody } from '../error-body.ts';
import { putGovernance } from '../governance/deployed-governance.ts';
import type { Denials } from '../governance/denials.ts';
import type { Locks } from '../governance/locks.ts';
import type { KeyActions } from '../providers/generic/key-actions.ts';
import { parseResourceId } from '../resource-id.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import { readTags } from '../resources/resource-body.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { ResourceManager } from '../resources/resource-manager.ts';
import type { Deployment, DeploymentOperation } from '../store/documents.ts';
import { statusWord } from '../status-word.ts';
import type { Store } from '../store/store.ts';
import type { CreateOptions } from './accepted-deployment.ts';
import type { OperationLog } from './deployment-operations.ts';
import { readDeploymentRequest, type ReadDeploymentRequest } from './deployment-request.ts';
import { readKeptRequest } from './kept-request.ts';
import type { DeploymentPlace } from './deployment-place.ts';
import { isDeploymentType, isGroupType, placeOf } from './planner.ts';
import { maskError, secretTexts } from './secret-texts.ts';
import { makeRuntime } from './template-runtime.ts';
import { targetOf } from './template-values.ts';

/** The type of a resource group in the names of operations. */
const groupLogType = 'Microsoft.Resources/subscriptions/resourceGroups';

/** Accepts a nested deployment. */
export type CreateNested = (
  place: DeploymentPlace,
  request: ReadDeploymentRequest,
  options: CreateOptions,
) => void;

/** Starts single resources of a deployment: a write, a resource group, or a nested deployment. */
export class ResourceStarts {
  readonly #store: Store;
  readonly #manager: ResourceManager;
  readonly #groups: ResourceGroups;
  readonly #directory: ProviderDirectory;
  readonly #denials: Denials;
  readonly #locks: Locks;
  readonly #keys: KeyActions;
  readonly #log: OperationLog;
  readonly #activity: ActivityLog;
  readonly #create: CreateNested;

  constructor(parts: {
    store: Store;
    manager: ResourceManager;
    groups: ResourceGroups;
    directory: ProviderDirectory;
    denials: Denials;
    locks: Locks;
    keys: KeyActions;
    log: OperationLog;
    activity: ActivityLog;
    create: CreateNested;
  }) {
    this.#store = parts.store;
    this.#manager = parts.manager;
    this.#groups = parts.groups;
    this.#directory = parts.directory;
    this.#denials = parts.denials;
    this.#locks = parts.locks;
    this.#keys = parts.keys;
    this.#log = parts.log;
    this.#activity = parts.activity;
    this.#create = parts.create;
  }

  /**
   * Starts to write a resource whose dependencies are there, and returns its operation: `Running`, or ended already. With
   * `undefined` someone else is working on the resource: to be tried again when that has ended.
   */
  start(deployment: Deployment, resource: PlannedResource): DeploymentOperation | undefined {
    const target = {
      ...targetOf(resource),
      apiVersion: resource.apiVersion,
      ...(resource.symbolicName === undefined ? {} : { symbolicName: resource.symbolicName }),
    };
    const { caller, correlationId } = deployment;
    const cause = caller === undefined ? undefined : { caller, correlationId, operationId: randomUUID() };
    const note = (outcome: Outcome): void => this.#note(cause, resource, outcome);
    const failed = (error: ErrorBody, statusCode: string): DeploymentOperation =>
      this.#log.end(this.#log.begin(deployment.id, 'Create', target), 'Failed', { statusCode, error });
    if (resource.onlyIfNotExists && this.#manager.view.get(resource.id) !== undefined)
      return this.#log.end(this.#log.begin(deployment.id, 'Create', target), 'Succeeded', {
        statusCode: 'OK',
      });
    let body: JsonObject;
    try {
      body = resource.evaluate(this.runtime(deployment));
    } catch (error) {
      return failed(this.withoutSecrets(deployment, evaluationError(error, resource.id)), 'BadRequest');
    }
    try {
      this.#denials.refuse(
        { id: resource.id, type: isGroupType(resource.type) ? groupLogType : resource.type, verb: 'write' },
        caller ?? '',
        deployment.stackId,
      );
      this.#locks.refuseWrite(resource.id);
      if (isGroupType(resource.type)) {
        const isNew = this.#putGroup(resource, body);
        note({ status: 'Succeeded', httpStatus: isNew ? 201 : 200 });
        const operation = this.#log.begin(deployment.id, 'Create', target);
        return this.#log.end(operation, 'Succeeded', { statusCode: isNew ? 'Created' : 'OK' });
      }
      if (isDeploymentType(resource.type)) {
        this.#startNested(deployment, resource, body);
        return this.#log.begin(deployment.id, 'Create', target);
      }
      const governance = this.#putGovernance(resource, body);
      if (governance) {
        note({ status: 'Succeeded', httpStatus: governance.isNew ? 201 : 200 });
        const written = this.#log.begin(deployment.id, 'Create', target);
        return this.#log.end(written, 'Succeeded', { statusCode: governance.isNew ? 'Created' : 'OK' });
      }
      const operation = this.#startWrite(deployment, resource, { body, cause, target });
      note({ status: 'Accepted', httpStatus: 202 });
      return operation;
    } catch (thrown) {
      const refused = asFailure(thrown);
      // What a mood holds does not end: waiting for it would take for ever.
      if (refused.code === 'AnotherOperationInProgress' && !this.#manager.isHeld(resource.id))
        return undefined;
      const error = this.withoutSecrets(deployment, { target: resource.id, ...errorBody(refused) });
      note({ status: 'Failed', httpStatus: refused.status, error });
      return failed(error, statusWord(refused.status));
    }
  }

  #note(cause: Cause | undefined, { id, type }: PlannedResource, outcome: Outcome): void {
    if (cause === undefined) return;
    const loggedType = isGroupType(type) ? groupLogType : type;
    this.#activity.note(cause, { id, type: loggedType, verb: 'write' }, outcome);
  }

  #putGovernance(resource: PlannedResource, body: JsonObject): { isNew: boolean } | undefined {
    const id = parseResourceId(resource.id);
    return (
      id &&
      putGovernance(id, body, {
        store: this.#store,
        groups: this.#groups,
        manager: this.#manager,
        locks: this.#locks,
      })
    );
  }

  #startWrite(
    deployment: Deployment,
    resource: PlannedResource,
    write: { body: JsonObject; cause: Cause | undefined; target: DeploymentOperation['target'] },
  ): DeploymentOperation {
    const id = parseResourceId(resource.id);
    if (!id) throw new ArmError(400, 'InvalidTemplate', `The resource id '${resource.id}' is not valid.`);
    const { work } = this.#manager.put(id, resource.apiVersion, write.body, write.cause);
    return this.#log.begin(deployment.id, 'Create', write.target, work.id);
  }

  #putGroup(resource: PlannedResource, body: JsonObject): boolean {
    const location = typeof body.location === 'string' ? body.location : undefined;
    return this.#groups.put(resource.subscriptionId, resource.name, { location, tags: readTags(body.tags) })
      .isNew;
  }

  #startNested(parent: Deployment, resource: PlannedResource, body: JsonObject): void {
    const request = readDeploymentRequest(body);
    this.#create(placeOf(resource, request.location), request, {
      correlationId: parent.correlationId,
      ...(parent.caller === undefined ? {} : { caller: parent.caller }),
      parentId: parent.id,
      seed: parent.seed,
      ...(parent.stackId === undefined ? {} : { stackId: parent.stackId }),
    });
    const nested = this.#store.deployments.get(resource.id.toLowerCase());
    if (nested) this.#activity.deploymentAccepted(nested);
  }

  /**
   * An error of a deployment that does not repeat its secure parameters, nor those of the deployments that it is nested in,
   * whose values stand in a template of outer scope.
   */
  withoutSecrets(deployment: Deployment, error: ErrorBody): ErrorBody {
    const { parentId } = deployment;
    const request = readKeptRequest(this.#store.deployments.getSecret(deployment.id.toLowerCase()));
    const masked = maskError(error, secretTexts(request));
    const parent = parentId === undefined ? undefined : this.#store.deployments.get(parentId.toLowerCase());
    return parent === undefined ? masked : this.withoutSecrets(parent, masked);
  }

  /** What `reference` and `list*` answer in this deployment; each read becomes one of its operations. */
  runtime(deployment: Deployment): ReturnType<typeof makeRuntime> {
    return makeRuntime(
      {
        store: this.#store,
        directory: this.#directory,
        view: this.#manager.view,
        locks: this.#locks,
        keys: this.#keys,
      },
      (kind, resourceId, apiVersion) => {
        const id = parseResourceId(resourceId);
        if (!id || this.#log.has(deployment.id, kind, resourceId)) return;
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
}

function evaluationError(error: unknown, resourceId: string): ErrorBody {
  const inner = asFailure(error);
  if (!(error instanceof TemplateError)) return errorBody(inner);
  const { line = 1, column = 1 } = error.position;
  // The template language's own errors name the resource already; those of what was read or called do not.
  if (inner.message.startsWith('Unable to process template language expressions for resource '))
    return { code: 'InvalidTemplate', message: inner.message, target: resourceId };
  return {
    code: 'InvalidTemplate',
    message: `Unable to process template language expressions for resource '${resourceId}' at line '${line}' and column '${column}'. '${inner.message}'`,
    target: resourceId,
  };
}
