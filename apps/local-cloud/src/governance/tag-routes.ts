import type { JsonObject } from '@slipway/arm-template';
import { z } from 'zod';
import { ArmError } from '../arm-error.ts';
import { ok, type ArmAnswer, type ArmCall, type ArmRoute } from '../front/arm-call.ts';
import { isJsonObject } from '../json-text.ts';
import { bodyObject, inSubscription } from '../resources/call-reading.ts';
import { readTags } from '../resources/resource-body.ts';
import type { ResourceManager } from '../resources/resource-manager.ts';
import { scopeOfCall, scopePaths, type Scope, type ScopeParts } from './scopes.ts';
import { mergeTags, withoutTags, type Tags } from './tag-changes.ts';

interface TagParts extends ScopeParts {
  manager: ResourceManager;
}

const operationSchema = z.enum(['merge', 'replace', 'delete']);

/**
 * The tags of subscriptions, resource groups and resources as a resource of their own, `Microsoft.Resources/tags/default`.
 * Source: the Resources API, `Tags_*AtScope`.
 */
export function tagRoutes(parts: TagParts): ArmRoute[] {
  const change = (call: ArmCall, become: (current: Tags) => Tags): ArmAnswer => {
    const scope = scopeOfCall(call, parts);
    const tags = become(tagsOf(scope, parts));
    setTags(scope, tags, parts);
    return ok(describeTags(scope, tags));
  };

  const put = (call: ArmCall): ArmAnswer => {
    const tags = sentTags(bodyObject(call));
    return change(call, () => tags);
  };

  const patch = (call: ArmCall): ArmAnswer => {
    const body = bodyObject(call);
    const sent = typeof body.operation === 'string' ? body.operation.toLowerCase() : body.operation;
    const operation = operationSchema.safeParse(sent);
    if (!operation.success)
      throw new ArmError(
        400,
        'InvalidRequestContent',
        "The request content was invalid and could not be deserialized: 'operation' must be 'Merge', 'Replace' or 'Delete'.",
      );
    const tags = sentTags(body);
    return change(call, (current) => {
      switch (operation.data) {
        case 'merge':
          return mergeTags(current, tags);
        case 'replace':
          return tags;
        case 'delete':
          return withoutTags(current, tags);
      }
    });
  };

  const read = (call: ArmCall): ArmAnswer => {
    const scope = scopeOfCall(call, parts);
    return ok(describeTags(scope, tagsOf(scope, parts)));
  };

  return inSubscription(
    scopePaths.map((scope) => ({
      path: `${scope}/providers/Microsoft.Resources/tags/default`,
      methods: {
        GET: read,
        PUT: put,
        PATCH: patch,
        DELETE: (call) => {
          change(call, () => ({}));
          return { status: 200 };
        },
      },
    })),
  );
}

function sentTags(body: JsonObject): Tags {
  const { properties } = body;
  const tags = isJsonObject(properties) ? readTags(properties.tags) : undefined;
  if (tags !== undefined) return tags;
  throw new ArmError(
    400,
    'InvalidRequestContent',
    "The request content was invalid and could not be deserialized: 'properties.tags' is required.",
  );
}

function tagsOf(scope: Scope, { store }: TagParts): Tags {
  switch (scope.kind) {
    case 'subscription':
      return store.subscriptions.get(scope.subscriptionId)?.tags ?? {};
    case 'resourceGroup':
      return scope.group.tags ?? {};
    case 'resource':
      return scope.record.tags ?? {};
    case 'deployment':
      return scope.deployment.tags ?? {};
    case 'stack':
      return scope.stack.tags ?? {};
    case 'part':
      throw noTags(scope.id);
  }
}

function setTags(scope: Scope, tags: Tags, { store, groups, manager }: TagParts): void {
  switch (scope.kind) {
    case 'subscription':
      store.transaction(() => store.subscriptions.put({ ...store.subscription(scope.subscriptionId), tags }));
      return;
    case 'resourceGroup':
      groups.patch(scope.group.subscriptionId, scope.group.name, tags);
      return;
    case 'resource':
      manager.replaceTags(scope.record.id, tags);
      return;
    case 'deployment':
      store.transaction(() => store.deployments.put({ ...scope.deployment, tags }));
      return;
    case 'stack':
      store.transaction(() => store.stacks.put({ ...scope.stack, tags }));
      return;
    case 'part':
      throw noTags(scope.id);
  }
}

function noTags(id: string): ArmError {
  return new ArmError(400, 'ResourceDoesNotSupportTags', `What is at '${id}' cannot have tags.`);
}

function describeTags(scope: Scope, tags: Tags): JsonObject {
  return {
    id: `${scope.id}/providers/Microsoft.Resources/tags/default`,
    name: 'default',
    type: 'Microsoft.Resources/tags',
    properties: { tags },
  };
}
