import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import { writeJson } from '../json-text.ts';
import { readMembers } from '../providers/body-shape.ts';
import type { CloudView, PutRequest } from '../providers/provider.ts';
import { retirementsOf } from '../providers/retirements.ts';
import { containerId, makeResourceId, parseResourceId, type ResourceId } from '../resource-id.ts';
import type { ResourceGroup } from '../store/documents.ts';
import { foundPart, resourceNotFound } from './found-resource.ts';
import { impliedPart, isOnlyPart } from './implied-parts.ts';
import { isRegion, normalizeLocation, regionNames } from './places.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { checkResourceName, readTags, withoutIdentity } from './resource-body.ts';
import type { ResourceGroups } from './resource-groups.ts';
import { checkTypeVersion } from './version-check.ts';

/** Reads the PUT of a resource as far as that is alike for all types: id, names, tags, location, parent. */
export class PutReader {
  readonly #clock: Clock;
  readonly #groups: ResourceGroups;
  readonly #directory: ProviderDirectory;
  readonly #view: CloudView;
  readonly #isOther: (key: string) => boolean;
  readonly #isStrict: boolean;

  constructor(parts: {
    /** Whether what Azure has retired is refused as Azure does it. */
    isStrict: boolean;
    /** Whether there is something else than a resource with this id (in lower case), such as a deployment. */
    isOther: (key: string) => boolean;
    clock: Clock;
    groups: ResourceGroups;
    directory: ProviderDirectory;
    view: CloudView;
  }) {
    this.#clock = parts.clock;
    this.#groups = parts.groups;
    this.#directory = parts.directory;
    this.#view = parts.view;
    this.#isOther = parts.isOther;
    this.#isStrict = parts.isStrict;
  }

  /**
   * Checks what can be checked of a PUT before anything runs, and says how its handler gets to see it. Planned
   * bodies may still hold expressions. Throws ArmError.
   */
  read(
    id: ResourceId,
    apiVersion: string,
    body: JsonObject,
    group: ResourceGroup | undefined,
    options: { isPlanned: boolean },
  ): PutRequest {
    const canonical = this.#canonicalId(id);
    for (const name of canonical.names) checkResourceName(name);
    readTags(body.tags);
    const shape = this.#directory.shape(canonical.type);
    const read = shape === undefined ? body : readMembers(body, shape, options.isPlanned);
    const location = this.#readLocation(canonical, read, group);
    checkTypeVersion(canonical, apiVersion, this.#directory.handler(canonical.type), this.#clock.now());
    const request: PutRequest = {
      id: canonical,
      apiVersion,
      body: { ...withoutIdentity(read), ...(location === undefined ? {} : { location }) },
      existing: this.#view.get(canonical.text),
      view: this.#view,
      now: this.#clock.now(),
    };
    const [retired] = this.#isStrict ? retirementsOf(request) : [];
    if (retired === undefined) return request;
    throw new ArmError(retired.status, retired.code, retired.message, { target: canonical.text });
  }

  /** Refuses a child whose parent is not there, and an extension of what is not there. */
  checkParent(id: ResourceId): void {
    const host = parseResourceId(id.scope);
    if (host && !this.#exists(host)) throw resourceNotFound(host, this.#directory);
    const parentId = parentOf(id);
    if (parentId === undefined || this.#view.get(parentId.text)) return;
    // Such a parent (the `default` of storage's services) is there as soon as what it belongs to is.
    if (isOnlyPart(parentId, this.#directory)) {
      this.checkParent(parentId);
      return;
    }
    throw new ArmError(
      404,
      'ParentResourceNotFound',
      `Failed to perform 'write' on resource(s) of type '${id.type.slice(id.namespace.length + 1)}', because the parent resource '${parentId.text}' could not be found.`,
    );
  }

  #exists(id: ResourceId): boolean {
    const parts = { view: this.#view, directory: this.#directory };
    return (
      this.#view.get(id.text) !== undefined ||
      impliedPart(id, parts) !== undefined ||
      foundPart(id, parts) !== undefined ||
      this.#isOther(id.text.toLowerCase())
    );
  }

  /** The id with canonical casing of types and, where they exist, of group and resource. */
  #canonicalId(id: ResourceId): ResourceId {
    const existing = this.#view.get(id.text);
    const known = existing && parseResourceId(existing.id);
    if (known) return known;
    const [namespace = '', ...types] = this.#directory.canonicalType(id.type).split('/');
    const group =
      id.resourceGroup === undefined
        ? undefined
        : (this.#groups.find(id.subscriptionId, id.resourceGroup)?.name ?? id.resourceGroup);
    return makeResourceId({
      ...id,
      scope: this.#canonicalScope(id, group),
      resourceGroup: group,
      namespace,
      types,
    });
  }

  #canonicalScope(id: ResourceId, group: string | undefined): string {
    const host = parseResourceId(id.scope);
    return host === undefined ? containerId(id.subscriptionId, group) : this.#canonicalId(host).text;
  }

  #readLocation(id: ResourceId, body: JsonObject, group: ResourceGroup | undefined): string | undefined {
    const existing = this.#view.get(id.text);
    const handler = this.#directory.handler(id.type);
    const sent = body.location;
    if (sent === undefined || sent === null || sent === '') {
      if (existing?.location !== undefined) return existing.location;
      if (handler && handler.locations.length > 0 && id.names.length === 1)
        throw new ArmError(400, 'LocationRequired', 'The location property is required for this definition.');
      return undefined;
    }
    if (typeof sent !== 'string' || !isRegion(sent)) {
      if (!handler && typeof sent === 'string' && normalizeLocation(sent) === 'global') return 'global';
      throw new ArmError(
        400,
        'LocationNotAvailableForResourceType',
        `The provided location '${(typeof sent === 'string' ? sent : writeJson(sent)).slice(0, 80)}' is not available for resource type '${id.type}'. List of available regions for the resource type is '${regionNames().join(',')}'.`,
      );
    }
    const location = normalizeLocation(sent);
    if (existing?.location !== undefined && existing.location !== location)
      throw new ArmError(
        409,
        'InvalidResourceLocation',
        `The resource '${existing.name}' already exists in location '${existing.location}' in resource group '${group?.name ?? id.resourceGroup ?? ''}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
      );
    return location;
  }
}

/** The id of the resource that a child belongs to. */
function parentOf(id: ResourceId): ResourceId | undefined {
  if (id.names.length < 2) return undefined;
  const types = id.type.split('/').slice(1, -1);
  return makeResourceId({ ...id, resourceGroup: id.resourceGroup, types, names: id.names.slice(0, -1) });
}
