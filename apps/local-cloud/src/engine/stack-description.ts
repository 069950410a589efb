import type { JsonObject } from '@slipway/arm-template';
import { isoDuration } from '../clock.ts';
import { errorJson } from '../resources/long-operations.ts';
import type { Stack } from '../store/documents.ts';

const references = (ids: readonly string[]): { id: string }[] => ids.map((id) => ({ id }));

/** A deployment stack as ARM returns it. */
export function describeStack(stack: Stack): JsonObject {
  const { id, name, location, tags, description, deploymentId, outputs, error, finishedAt } = stack;
  return {
    id,
    name,
    type: 'Microsoft.Resources/deploymentStacks',
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    systemData: {
      createdBy: 'slipway-local',
      createdByType: 'Application',
      createdAt: stack.createdAt,
      lastModifiedBy: 'slipway-local',
      lastModifiedByType: 'Application',
      lastModifiedAt: stack.changedAt,
    },
    properties: {
      provisioningState: stack.state,
      correlationId: stack.correlationId,
      ...(description === undefined ? {} : { description }),
      ...(stack.deploymentScope === undefined ? {} : { deploymentScope: stack.deploymentScope }),
      actionOnUnmanage: { ...stack.actionOnUnmanage },
      denySettings: stack.denySettings,
      ...(deploymentId === undefined ? {} : { deploymentId }),
      parameters: stack.parameters,
      ...(outputs === undefined ? {} : { outputs }),
      resources: stack.resources.map((resourceId) => ({
        id: resourceId,
        status: 'managed',
        denyStatus: stack.denySettings['mode'] ?? 'none',
      })),
      detachedResources: references(stack.detachedResources),
      deletedResources: references(stack.deletedResources),
      failedResources: stack.failedResources.map((failed) => ({
        id: failed.id,
        error: errorJson(failed.error),
      })),
      ...(error === undefined ? {} : { error: errorJson(error) }),
      ...(finishedAt === undefined
        ? {}
        : { duration: isoDuration(Date.parse(finishedAt) - Date.parse(stack.startedAt)) }),
    },
  };
}
