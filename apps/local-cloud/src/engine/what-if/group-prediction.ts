import type { JsonObject, PlannedResource } from '@slipway/arm-template';
import { normalizeLocation } from '../../resources/places.ts';
import { readTags } from '../../resources/resource-body.ts';
import type { ResourceGroup } from '../../store/documents.ts';
import { createdSnapshot, existingChange, masked, type PlannedBody } from './resource-predictions.ts';
import type { WhatIfChange } from './what-if-change.ts';

/** What a template does to a resource group, and the group as it will be. Throws ArmError for tags that make no sense. */
export function predictGroup(
  { id, subscriptionId, name, apiVersion }: PlannedResource,
  body: PlannedBody,
  existing: ResourceGroup | undefined,
): { group: ResourceGroup; change: WhatIfChange } {
  const tags = readTags(body.actual.tags);
  const { location } = body.actual;
  const group: ResourceGroup = {
    id: existing?.id ?? id,
    subscriptionId,
    name: existing?.name ?? name,
    location: typeof location === 'string' ? normalizeLocation(location) : '',
    ...(tags === undefined ? {} : { tags }),
    provisioningState: 'Succeeded',
    createdAt: existing?.createdAt ?? '',
    changedAt: existing?.changedAt ?? '',
  };
  if (existing === undefined) {
    const identity = { text: group.id, type: groupType, names: [group.name] };
    const after = createdSnapshot(identity, apiVersion, body);
    return { group, change: { resourceId: group.id, changeType: 'Create', after } };
  }
  const now = snapshotOfGroup(existing, apiVersion);
  const then = snapshotOfGroup(group, apiVersion);
  const twin = body.twin === undefined ? undefined : { ...then, tags: body.twin.tags ?? null };
  const after = body.mayHoldSecrets ? masked(then, twin, now) : then;
  return { group, change: existingChange(group.id, now, after, []) };
}

const groupType = 'Microsoft.Resources/resourceGroups';

function snapshotOfGroup({ id, name, location, tags }: ResourceGroup, apiVersion: string): JsonObject {
  return { apiVersion, id, type: groupType, name, location, ...(tags === undefined ? {} : { tags }) };
}
