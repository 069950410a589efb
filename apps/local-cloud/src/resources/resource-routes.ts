import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { causeOfCall } from '../activity/cause.ts';
import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import type { Pace } from '../machines/pace.ts';
import type { KeyActions } from '../providers/generic/key-actions.ts';
import { sameText } from '../providers/json-reading.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { parentIdOf } from '../providers/sub-resources.ts';
import { containerId, parseResourceId, type ResourceId } from '../resource-id.ts';
import type { Work } from '../store/documents.ts';
import { bodyObject, inSubscription, param } from './call-reading.ts';
import type { Deletions } from './deletions.ts';
import { checkConditions, isKnownToReader } from './conditional-requests.ts';
import { impliedPart } from './implied-parts.ts';
import { foundPart, foundResource, partOf, resourceNotFound } from './found-resource.ts';
import {
  answerResult,
  answerStatus,
  operationHeaders,
  operationNotFound,
  type LongOperation,
} from './long-operations.ts';
import { mergePatch } from './merge-patch.ts';
import { page } from './paging.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import { addressedResource, readAddress, type Address } from './resource-address.ts';
import { readTags } from './resource-body.ts';
import { describeResource } from './resource-description.ts';
import type { ResourceGroups } from './resource-groups.ts';
import type { ResourceManager } from './resource-manager.ts';

interface ResourceRouteParts {
  manager: ResourceManager;
  directory: ProviderDirectory;
  groups: ResourceGroups;
  deletions: Deletions;
  view: CloudView;
  pace: Pace;
  keys: KeyActions;
}

/** Resources of every type: read, listed, written, deleted, acted upon; and the state of what takes time. */
export function resourceRoutes(parts: ResourceRouteParts): ArmRoute[] {
  const api = new ResourceApi(parts);
  const anyResource: ArmRoute['methods'] = {
    GET: (call) => api.read(call),
    HEAD: (call) => api.exists(call),
    PUT: (call) => api.put(call),
    PATCH: (call) => api.patch(call),
    DELETE: (call) => api.remove(call),
    POST: (call) => api.act(call),
  };
  const subscription = '/subscriptions/{subscriptionId}';
  const operations = (scope: string): ArmRoute[] => {
    const location = `${scope}/providers/{namespace}/locations/{location}`;
    return [
      { path: `${location}/operations/{operationId}`, methods: { GET: (call) => api.workStatus(call) } },
      {
        path: `${location}/operationResults/{operationId}`,
        methods: { GET: (call) => api.workResult(call) },
      },
    ];
  };
  const inTenant: ArmRoute[] = [
    { path: '/providers/{namespace}/*', methods: anyResource },
    ...operations(''),
    { path: '/operationresults/{operationId}', methods: { GET: (call) => api.deletionResult(call) } },
  ];
  const inSubscriptions = inSubscription([
    {
      path: `${subscription}/providers/{namespace}/*`,
      methods: { ...anyResource, GET: (call) => api.readAtSubscription(call) },
    },
    { path: `${subscription}/resourcegroups/{resourceGroup}/providers/{namespace}/*`, methods: anyResource },
    ...operations(subscription),
    {
      path: `${subscription}/operationresults/{operationId}`,
      methods: { GET: (call) => api.deletionResult(call) },
    },
  ]);
  return [...inTenant, ...inSubscriptions];
}

class ResourceApi {
  readonly #parts: ResourceRouteParts;

  constructor(parts: ResourceRouteParts) {
    this.#parts = parts;
  }

  readAtSubscription(call: ArmCall): ArmAnswer {
    const { directory, view } = this.#parts;
    const route = directory.subscriptionRoute(param(call, 'namespace'), call.rest);
    if (!route) return this.read(call);
    return ok(
      route.answer({
        subscriptionId: param(call, 'subscriptionId'),
        params: route.params,
        query: Object.fromEntries(call.url.searchParams),
        view,
      }),
    );
  }

  read(call: ArmCall): ArmAnswer {
    this.#checkGroup(call);
    const target = readAddress(call);
    if (target.kind === 'resource') {
      const record = this.#parts.view.get(target.id.text);
      const etag: ArmAnswer['headers'] = record === undefined ? {} : { etag: record.etag };
      if (record && isKnownToReader(call, record)) return { status: 304, headers: etag };
      return { ...ok(this.#readResource(call, target.id)), headers: etag };
    }
    return this.#list(call, target);
  }

  exists(call: ArmCall): ArmAnswer {
    try {
      return { status: this.read(call).status === 404 ? 404 : 204 };
    } catch (error) {
      if (error instanceof ArmError && error.status === 404) return { status: 404 };
      throw error;
    }
  }

  put(call: ArmCall): ArmAnswer {
    const id = addressedResource(call);
    checkConditions(call, id.text, this.#parts.view.get(id.text));
    const isWithoutBody =
      call.body === undefined && this.#parts.directory.handler(id.type)?.isPutWithoutBody === true;
    return this.#write(call, id, isWithoutBody ? {} : bodyObject(call));
  }

  patch(call: ArmCall): ArmAnswer {
    const { manager, directory, view } = this.#parts;
    const id = addressedResource(call);
    const body = bodyObject(call);
    const record = foundResource(id, this.#parts);
    checkConditions(call, id.text, record);
    if (Object.keys(body).every((member) => member === 'tags')) {
      const changed = manager.replaceTags(record.id, readTags(body.tags) ?? {});
      return ok(describeResource(changed ?? record, directory, view));
    }
    const current: JsonObject = {
      ...(record.location === undefined ? {} : { location: record.location }),
      ...(record.tags === undefined ? {} : { tags: record.tags }),
      ...record.envelope,
      properties: record.properties,
    };
    return this.#write(call, id, mergePatch(current, body));
  }

  remove(call: ArmCall): ArmAnswer {
    const { manager, directory, pace } = this.#parts;
    const id = addressedResource(call);
    this.#checkGroup(call);
    checkConditions(call, id.text, this.#parts.view.get(id.text));
    const record = this.#parts.view.get(id.text);
    const handler = directory.handler(record?.type ?? id.type);
    // Azure's providers take their time for machines and networks. Most others have done it when they answer.
    const atOnce = handler === undefined || handler.isRemovedAtOnce === true;
    const work = manager.remove(id.text, atOnce ? undefined : causeOfCall(call), atOnce);
    if (!work) return { status: 204 };
    if (work.state === 'Succeeded') {
      // Who takes away an assignment of a role or a policy is told once more what it was.
      const isTold = record !== undefined && sameText(id.namespace, 'Microsoft.Authorization');
      return isTold ? ok(describeResource(record, directory, this.#parts.view)) : { status: 200 };
    }
    const paths = operationPaths(work, this.#parts.view.get(id.text));
    return { status: 202, headers: operationHeaders(call, pace, paths) };
  }

  act(call: ArmCall): ArmAnswer {
    const { manager, directory, view, keys } = this.#parts;
    const target = readAddress(call);
    if (target.kind === 'resource') return this.#actOnNamedKey(call, target.id);
    if (target.parent === undefined) {
      const action = directory.subscriptionAction(target.namespace, target.name);
      if (action) return ok(action({ body: call.body, view }));
      throw this.#invalidType(call, target.namespace, target.name);
    }
    if (keys.isImplied(target.parent.text, view))
      return this.#keyAction(call, target.parent.text, target.name);
    const record = foundResource(target.parent, this.#parts);
    const handler = directory.handler(record.type);
    const name = target.name.toLowerCase();
    const change = handler?.changes?.[name];
    const action = handler?.actions?.[change?.answeredBy ?? name];
    if (action) {
      const asked = change
        ? manager.change(record.id, (each, now) => change.becomes(each, call.body, now))
        : record;
      return ok(action(asked, view, call.body));
    }
    if (handler === undefined) return this.#keyAction(call, record.id, target.name);
    throw new ArmError(
      404,
      'InvalidResourceType',
      `The resource type '${record.type}' has no action '${target.name}'.`,
    );
  }

  /** Makes a key anew that the address names after the action: `…/regenerateAdminKey/primary`. */
  #actOnNamedKey(call: ArmCall, id: ResourceId): ArmAnswer {
    const owner = parentIdOf(id).text;
    const action = id.type.split('/').at(-1) ?? '';
    const body = this.#parts.keys.bodyOfNamedKey(owner, action, id.names.at(-1) ?? '', this.#parts.view);
    if (body === undefined)
      throw new ArmError(405, 'MethodNotAllowed', 'POST needs the name of an action after the resource.');
    return this.#keyAction({ ...call, body }, foundResource(parentIdOf(id), this.#parts).id, action);
  }

  /** Tells keys that the cloud makes up, or makes one of them anew. */
  #keyAction(call: ArmCall, id: string, name: string): ArmAnswer {
    const { manager, view, keys } = this.#parts;
    const regenerated = keys.regenerate(id, name, call.body, view);
    if (regenerated === undefined) return ok(keys.answer(id, name, view, call.body));
    const { changed, answer } = regenerated;
    manager.change(changed.id, (record) => ({ ...record, secrets: changed.secrets }));
    return answer === undefined ? { status: 200 } : ok(answer);
  }

  workStatus(call: ArmCall): ArmAnswer {
    return answerStatus(workOperation(this.#work(call)), call, this.#parts.pace);
  }

  workResult(call: ArmCall): ArmAnswer {
    const work = this.#work(call);
    const record = work.kind === 'put' ? this.#parts.view.get(work.resourceId) : undefined;
    const result = record && describeResource(record, this.#parts.directory, this.#parts.view);
    // Microsoft's pollers of machine actions take 200 as their end, and no 204.
    const emptyStatus = work.kind === 'action' ? 200 : 204;
    return answerResult(workOperation(work), call, this.#parts.pace, result, emptyStatus);
  }

  deletionResult(call: ArmCall): ArmAnswer {
    const deletion = this.#parts.deletions.get(param(call, 'operationId'));
    if (!deletion) throw operationNotFound(param(call, 'operationId'));
    const emptyStatus = deletion.purpose === 'deployment' ? 204 : 200;
    return answerResult(
      { ...deletion, status: deletion.state },
      call,
      this.#parts.pace,
      undefined,
      emptyStatus,
    );
  }

  #work(call: ArmCall): Work {
    const work = this.#parts.manager.work(param(call, 'operationId'));
    if (!work) throw operationNotFound(param(call, 'operationId'));
    return work;
  }

  #write(call: ArmCall, id: ResourceId, body: JsonObject): ArmAnswer {
    const { manager, directory, view, pace } = this.#parts;
    const { record, work, isNew } = manager.put(id, call.apiVersion, body, causeOfCall(call));
    const handler = directory.handler(record.type);
    return {
      status: isNew ? (handler?.createdStatus ?? 201) : (handler?.updatedStatus ?? 200),
      body: describeResource(record, directory, view),
      headers: {
        etag: record.etag,
        ...operationHeaders(call, pace, { status: operationPaths(work, record).status }),
      },
    };
  }

  #checkGroup(call: ArmCall): void {
    const resourceGroup = call.params.resourceGroup;
    if (resourceGroup !== undefined) this.#parts.groups.get(param(call, 'subscriptionId'), resourceGroup);
  }

  #readResource(call: ArmCall, id: ResourceId): JsonValue {
    const { directory, view } = this.#parts;
    const record = view.get(id.text) ?? impliedPart(id, this.#parts);
    if (record) return describeResource(record, directory, view, this.#expand(call, record.type));
    const standing = directory
      .handler(id.type)
      ?.standing?.(id.scope)
      .find(({ name }) => typeof name === 'string' && sameText(name, id.names.at(-1)));
    if (standing) return standing;
    const part = foundPart(id, this.#parts);
    if (part === undefined) throw resourceNotFound(id, directory);
    return part;
  }

  #list(call: ArmCall, address: Extract<Address, { kind: 'member' }>): ArmAnswer {
    const { directory, view } = this.#parts;
    const { scope, namespace, name: segment } = address;
    if (segment === '') throw this.#invalidType(call, namespace, '');
    const parent =
      address.parent &&
      (impliedPart(address.parent, this.#parts) ?? foundResource(address.parent, this.#parts));
    const part = parent && partOf(parent, segment, undefined, this.#parts);
    if (part !== undefined) return ok(Array.isArray(part) ? { value: part } : part);
    const collection = parent && directory.handler(parent.type)?.collections?.[segment.toLowerCase()];
    if (parent && collection) {
      const found = collection(parent, view);
      return this.#page(call, found, found[0]?.type ?? '');
    }
    const type = directory.canonicalType(
      parent === undefined ? `${namespace}/${segment}` : `${parent.type}/${segment}`,
    );
    const records = view.list({
      type,
      ...(parent === undefined ? (scope === '' ? {} : { under: scope }) : { under: parent.id }),
    });
    const handler = directory.handler(type);
    if (handler?.standing ?? handler?.filter) {
      const isWanted = handler?.filter?.(call.url.searchParams.get('$filter') ?? '', scope) ?? (() => true);
      const described = [
        ...(handler?.standing?.(scope) ?? []),
        ...records.map((record) => describeResource(record, directory, view)),
      ].filter(isWanted);
      return ok(
        page(
          described,
          ({ id }) => JSON.stringify(id).toLowerCase(),
          (each) => each,
          { url: call.url },
        ),
      );
    }
    if (records.length === 0 && !directory.isKnownType(type))
      throw this.#invalidType(call, namespace, type.slice(type.indexOf('/') + 1));
    return this.#page(call, records, type);
  }

  #invalidType(call: ArmCall, namespace: string, type: string): ArmError {
    return new ArmError(
      404,
      'InvalidResourceType',
      `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${call.apiVersion}'.`,
    );
  }

  #page(call: ArmCall, records: readonly ResourceRecord[], type: string): ArmAnswer {
    const { directory, view } = this.#parts;
    const expand = this.#expand(call, type);
    return ok(
      page(
        records,
        (record) => record.id.toLowerCase(),
        (record) => describeResource(record, directory, view, expand),
        { url: call.url },
      ),
    );
  }

  /** What `$expand` asks for. A type that can expand nothing does not look at it; one that can refuses the unknown. */
  #expand(call: ArmCall, type: string): string[] {
    const expansions = this.#parts.directory.handler(type)?.expansions;
    const names = (call.url.searchParams.get('$expand') ?? '').split(',').map((name) => name.trim());
    const wanted = names.filter((name) => name !== '').map((name) => name.toLowerCase());
    if (expansions === undefined) return [];
    const unknown = wanted.find((name) => !Object.hasOwn(expansions, name));
    if (unknown === undefined) return wanted;
    throw new ArmError(
      400,
      'InvalidParameter',
      `The value '${unknown.slice(0, 40)}' of $expand is not allowed for '${type}'. Allowed are: ${Object.keys(expansions).join(', ')}.`,
      { target: '$expand' },
    );
  }
}

/** Where a work can be followed, for `operationHeaders`. */
export function operationPaths(
  work: Work,
  record: ResourceRecord | undefined,
): { status: string; result: string } {
  const id = parseResourceId(work.resourceId);
  const base = `${containerId(id?.subscriptionId ?? '', undefined)}/providers/${id?.namespace ?? ''}/locations/${record?.location ?? 'global'}`;
  return { status: `${base}/operations/${work.id}`, result: `${base}/operationResults/${work.id}` };
}

function workOperation(work: Work): LongOperation {
  return {
    id: work.id,
    status: work.state === 'Running' ? 'InProgress' : work.state,
    startedAt: work.startedAt,
    finishedAt: work.state === 'Running' ? undefined : work.dueAt,
    error: work.error,
  };
}
