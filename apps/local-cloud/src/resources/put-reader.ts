import type { JsonObject } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { Clock } from '../clock.ts';
import { writeJson } from '../json-text.ts';
import { readMembers } from '../providers/body-shape.ts';
import type { CloudView, PutRequest } from '../providers/provider.ts';
import { makeResourceId, parseResourceId, type ResourceId } from '../resource-id.ts';
import type { ResourceGroup } from '../store/documents.ts';
import { isRegion, normalizeLocation, regionNames } from './places.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { checkResourceName, readTags, withoutIdentity } from './resource-body.ts';
import type { ResourceGroups } from './resource-groups.ts';

/** Reads the PUT of a resource as far as that is alike for all types: id, names, tags, location, parent. */
export class PutReader {
  readonly #clock: Clock;
  readonly #groups: ResourceGroups;
  readonly #directory: ProviderDirectory;
  readonly #view: CloudView;

  constructor(parts: {
    clock: Clock;
    groups: ResourceGroups;
    directory: ProviderDirectory;
    view: CloudView;
  }) {
    this.#clock = parts.clock;
    this.#groups = parts.groups;
    this.#directory = parts.directory;
    this.#view = parts.view;
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
    return {
      id: canonical,
      apiVersion,
      body: { ...withoutIdentity(read), ...(location === undefined ? {} : { location }) },
      existing: this.#view.get(canonical.text),
      view: this.#view,
      now: this.#clock.now(),
    };
  }

  /** Refuses a child whose parent is not there. */
  checkParent(id: ResourceId): void {
    const parentId = parentOf(id);
    if (parentId === undefined || this.#view.get(parentId.text)) return;
    throw new ArmError(
      404,
      'ParentResourceNotFound',
      `Failed to perform 'write' on resource(s) of type '${id.type.slice(id.namespace.length + 1)}', because the parent resource '${parentId.text}' could not be found.`,
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
    return makeResourceId({ ...id, resourceGroup: group, namespace, types });
  }

  #readLocation(id: ResourceId, body: JsonObject, group: ResourceGroup | undefined): string | undefined {
    const existing = this.#view.get(id.text);
    const handler = this.#directory.handler(id.type);
    const sent = body.location;
    if (sent === undefined || sent === null || sent === '') {
      if (existing?.location !== undefined) return existing.location;
      if (handler && id.names.length === 1)
        throw new ArmError(400, 'LocationRequired', 'The location property is required for this definition.');
      return undefined;
    }
    if (typeof sent !== 'string' || !isRegion(sent)) {
      if (!handler && sent === 'global') return sent;
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
