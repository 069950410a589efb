import { createHmac, randomUUID } from 'node:crypto';
import {
  expandTemplate,
  TemplateError,
  type DeploymentScope,
  type Expansion,
  type JsonObject,
  type JsonValue,
  type PlannedResource,
} from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import { asArmError } from '../error-body.ts';
import { clientId } from '../identity/sign-in-routes.ts';
import { isJsonObject } from '../json-text.ts';
import { builtInRoles } from '../providers/authorization/built-in-roles.ts';
import { sameText } from '../providers/json-reading.ts';
import type { CloudView, PutRequest } from '../providers/provider.ts';
import { parseResourceId } from '../resource-id.ts';
import { retirementsOf } from '../providers/retirements.ts';
import { templateEnvironment } from '../resources/environment.ts';
import { readTags } from '../resources/resource-body.ts';
import { subscriptionId, subscriptionName, tenant, tenantId } from '../resources/places.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import { describeResource } from '../resources/resource-description.ts';
import type { PutReader } from '../resources/put-reader.ts';
import { describeGroup, type ResourceGroups } from '../resources/resource-groups.ts';
import type { Diagnostic, ResourceGroup } from '../store/documents.ts';
import { managementGroupId, managementGroupOf, type DeploymentPlace } from './deployment-place.ts';
import { readDeploymentRequest, type ReadDeploymentRequest } from './deployment-request.ts';
import { withVaultSecrets } from './vault-references.ts';

const deepestNesting = 10;

export const isDeploymentType = (type: string): boolean =>
  type.toLowerCase() === 'microsoft.resources/deployments';
export const isGroupType = (type: string): boolean =>
  type.toLowerCase() === 'microsoft.resources/resourcegroups';

/** What is known of a whole deployment before it runs. */
export interface ValidatedPlan {
  expansion: Expansion;
  /** Ids of everything that it and its nested deployments will write. */
  validatedIds: string[];
  /** What its resources are warned about. */
  diagnostics: Diagnostic[];
}

interface Preflight {
  requests: PutRequest[];
  ids: string[];
  errors: ArmError[];
  diagnostics: Diagnostic[];
  /** Groups that the deployment itself makes, by lower-case name. */
  plannedGroups: Map<string, ResourceGroup>;
}

/** Expands templates and asks the providers what they think of the result. */
export class Planner {
  readonly #puts: PutReader;
  readonly #groups: ResourceGroups;
  readonly #directory: ProviderDirectory;
  readonly #view: CloudView;

  constructor(puts: PutReader, groups: ResourceGroups, directory: ProviderDirectory, view: CloudView) {
    this.#puts = puts;
    this.#groups = groups;
    this.#directory = directory;
    this.#view = view;
  }

  /** `seed` is a time and a random part, `2026-01-01T00:00:00.000Z|…`: the same seed gives the same expansion. */
  expand(place: DeploymentPlace, template: JsonValue, parameters: JsonObject, seed: string): Expansion {
    const group =
      place.resourceGroup === undefined
        ? undefined
        : this.#groups.get(place.subscriptionId, place.resourceGroup);
    return this.expandIn(place, group, { template, parameters, seed });
  }

  /**
   * Expands the template with everything nested in it and runs the providers' preflight. Throws ArmError: the template
   * language's own error, or InvalidTemplateDeployment with all that the providers refuse.
   */
  validate(
    place: DeploymentPlace,
    {
      template,
      parameters,
      validationLevel,
    }: Pick<ReadDeploymentRequest, 'template' | 'parameters' | 'validationLevel'>,
    seed: string,
  ): ValidatedPlan {
    this.requireManagementGroup(place);
    const group =
      place.resourceGroup === undefined
        ? undefined
        : this.#groups.getForWrite(place.subscriptionId, place.resourceGroup);
    const expansion = templateErrors(() => this.expandIn(place, group, { template, parameters, seed }));
    if (validationLevel === 'Template') return { expansion, validatedIds: [], diagnostics: [] };
    const preflight: Preflight = {
      requests: [],
      ids: [],
      errors: [],
      diagnostics: [],
      plannedGroups: new Map(),
    };
    this.#collect(expansion, preflight, seed, 0);
    for (const request of preflight.requests) {
      collectError(preflight.errors, () =>
        this.#directory.handler(request.id.type)?.preflight?.(request, preflight.requests),
      );
    }
    if (preflight.errors.length > 0)
      throw new ArmError(
        400,
        'InvalidTemplateDeployment',
        `The template deployment '${place.name}' is not valid according to the validation procedure. The tracking id is '${randomUUID()}'. See inner errors for details.`,
        { details: preflight.errors },
      );
    return { expansion, validatedIds: preflight.ids, diagnostics: preflight.diagnostics };
  }

  /** The request with the secrets of key vaults that its parameters refer to; see `withVaultSecrets`. */
  withSecrets<T extends { parameters: JsonObject }>(request: T): T {
    return { ...request, parameters: withVaultSecrets(request.parameters, this.#view) };
  }

  /** Throws ManagementGroupNotFound where a place is in a management group that is not there. */
  requireManagementGroup({ managementGroup }: Omit<DeploymentPlace, 'name'>): void {
    if (managementGroup === undefined || this.#view.get(managementGroupId(managementGroup))) return;
    throw new ArmError(
      404,
      'ManagementGroupNotFound',
      `The management group '${managementGroup.slice(0, 80)}' cannot be found.`,
    );
  }

  /** Like `expand`, in a group that need not exist yet. `standIn`: see `ExpandInput`. Throws TemplateError. */
  expandIn(
    place: DeploymentPlace,
    group: ResourceGroup | undefined,
    {
      template,
      parameters,
      seed,
      standIn,
    }: {
      template: JsonValue;
      parameters: JsonObject;
      seed: string;
      standIn?: (value: JsonValue) => JsonValue;
    },
  ): Expansion {
    const scope: DeploymentScope = {
      ...this.#scopeOf(place, group),
      tenantId,
      tenant: { countryCode: tenant.countryCode, displayName: tenant.displayName },
      deployer: { objectId: clientId, tenantId },
      deployment: { name: place.name, ...(place.location === undefined ? {} : { location: place.location }) },
      environment: templateEnvironment(this.#view.armEndpoint),
    };
    const now = new Date(seed.split('|')[0] ?? '');
    return expandTemplate({
      template,
      parameters: withVaultSecrets(parameters, this.#view),
      scope,
      sources: { now, newGuid: guidsFrom(seed) },
      cloud: {
        provider: (namespace) => this.#provider(namespace),
        roleDefinition: (roleName) => builtInRoles.find(({ name }) => sameText(name, roleName))?.id,
      },
      ...(standIn === undefined ? {} : { standIn }),
    });
  }

  /** A resource provider for `providers()` and `pickZones()`; `undefined` for a namespace that nobody has. */
  #provider(namespace: string): JsonObject | undefined {
    try {
      return this.#directory.get(namespace, subscriptionId, () => true);
    } catch (error) {
      if (error instanceof ArmError) return undefined;
      throw error;
    }
  }

  #scopeOf(
    place: DeploymentPlace,
    group: ResourceGroup | undefined,
  ): Pick<DeploymentScope, 'kind' | 'subscription' | 'resourceGroup' | 'managementGroup'> {
    if (place.managementGroup !== undefined) {
      const id = managementGroupId(place.managementGroup);
      const record = this.#view.get(id);
      const known = record && describeResource(record, this.#directory, this.#view);
      return {
        kind: 'managementGroup',
        managementGroup: { ...known, id: record?.id ?? id, name: record?.name ?? place.managementGroup },
      };
    }
    if (place.subscriptionId === '') return { kind: 'tenant' };
    const subscription = {
      id: `/subscriptions/${subscriptionId}`,
      subscriptionId,
      tenantId,
      displayName: subscriptionName,
    };
    if (group === undefined) return { kind: 'subscription', subscription };
    return { kind: 'resourceGroup', subscription, resourceGroup: describeGroup(group) };
  }

  #collect(expansion: Expansion, preflight: Preflight, seed: string, depth: number): void {
    const planned = expansion.resources.filter((resource) => resource.condition);
    for (const resource of planned.filter(({ type }) => isGroupType(type)))
      collectError(preflight.errors, () => this.#collectGroup(resource, preflight));
    for (const resource of planned.filter(({ type }) => !isGroupType(type))) {
      collectError(preflight.errors, () => {
        if (isDeploymentType(resource.type)) this.#collectNested(resource, preflight, seed, depth + 1);
        else this.#collectResource(resource, preflight);
      });
    }
  }

  #collectGroup(resource: PlannedResource, preflight: Preflight): void {
    const { location, tags: sentTags } = resource.preview();
    const tags = readTags(sentTags);
    const request = { location: typeof location === 'string' ? location : undefined };
    this.#groups.check(resource.subscriptionId, resource.name, request);
    preflight.ids.push(resource.id);
    preflight.plannedGroups.set(resource.name.toLowerCase(), {
      id: resource.id,
      subscriptionId: resource.subscriptionId,
      name: resource.name,
      location: request.location ?? '',
      ...(tags === undefined ? {} : { tags }),
      provisioningState: 'Succeeded',
      createdAt: '',
      changedAt: '',
    });
  }

  #groupFor(resource: PlannedResource, preflight: Preflight): ResourceGroup | undefined {
    if (resource.resourceGroup === undefined) return undefined;
    return (
      preflight.plannedGroups.get(resource.resourceGroup.toLowerCase()) ??
      this.#groups.getForWrite(resource.subscriptionId, resource.resourceGroup)
    );
  }

  #collectResource(resource: PlannedResource, preflight: Preflight): void {
    const id = parseResourceId(resource.id);
    if (!id) throw new ArmError(400, 'InvalidTemplate', `The resource id '${resource.id}' is not valid.`);
    if (resource.onlyIfNotExists && this.#view.get(resource.id) !== undefined) {
      preflight.ids.push(id.text);
      return;
    }
    const group = this.#groupFor(resource, preflight);
    const request = this.#puts.read(id, resource.apiVersion, resource.preview(), group, { isPlanned: true });
    preflight.ids.push(request.id.text);
    preflight.requests.push(request);
    for (const { code, message } of retirementsOf(request))
      preflight.diagnostics.push({ level: 'Warning', code, message, target: request.id.text });
  }

  #collectNested(resource: PlannedResource, preflight: Preflight, seed: string, depth: number): void {
    if (depth > deepestNesting)
      throw new ArmError(
        400,
        'InvalidTemplate',
        `Deployments are nested more than ${deepestNesting} levels deep.`,
      );
    const group = this.#groupFor(resource, preflight);
    const request = readDeploymentRequest(resource.preview());
    // Values that only the running deployment knows cannot be checked against the nested parameters' types.
    if (hasUnresolved(request.parameters)) return;
    const nested = templateErrors(() =>
      this.expandIn(placeOf(resource, request.location), group, { ...request, seed }),
    );
    this.#collect(nested, preflight, seed, depth);
  }
}

/** Where a nested deployment runs. */
export function placeOf(resource: PlannedResource, location: string | undefined): DeploymentPlace {
  const managementGroup = managementGroupOf(parseResourceId(resource.id)?.scope ?? '');
  return {
    ...(managementGroup === undefined ? {} : { managementGroup }),
    subscriptionId: resource.subscriptionId,
    ...(resource.resourceGroup === undefined ? {} : { resourceGroup: resource.resourceGroup }),
    name: resource.name,
    location,
  };
}

function templateErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateError) throw asArmError(error);
    throw error;
  }
}

function collectError(errors: ArmError[], work: () => void): void {
  try {
    work();
  } catch (error) {
    errors.push(asArmError(error));
  }
}

/** Whether a value of a preview still holds the text of an expression that only the running deployment can evaluate. */
export function hasUnresolved(value: JsonValue): boolean {
  if (typeof value === 'string')
    return /^\[(?!\[)[^]*\]$/.test(value) && /\b(?:reference|list\w*)\s*\(/i.test(value);
  if (Array.isArray(value)) return value.some(hasUnresolved);
  return isJsonObject(value) && Object.values(value).some(hasUnresolved);
}

function guidsFrom(seed: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    const hex = createHmac('sha256', seed).update(String(count)).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
}
