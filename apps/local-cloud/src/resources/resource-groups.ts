import { ArmError } from '../arm-error.ts';
import type { JsonObject } from '@slipway/arm-template';
import type { Clock } from '../clock.ts';
import type { ResourceGroup } from '../store/documents.ts';
import { scopeKey, type Store } from '../store/store.ts';
import { isRegion, normalizeLocation, regionNames } from './places.ts';

const longestGroupName = 90;

/** Resource groups: what holds resources and deployments. */
export class ResourceGroups {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  find(subscriptionId: string, name: string): ResourceGroup | undefined {
    return this.#store.groups.get(scopeKey(subscriptionId, name));
  }

  /** Throws ResourceGroupNotFound. */
  get(subscriptionId: string, name: string): ResourceGroup {
    const group = this.find(subscriptionId, name);
    if (!group)
      throw new ArmError(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
    return group;
  }

  /** The group, if something may be made in it; throws when there is none or it is being deleted. */
  getForWrite(subscriptionId: string, name: string): ResourceGroup {
    const group = this.get(subscriptionId, name);
    if (group.provisioningState === 'Deleting')
      throw new ArmError(
        409,
        'ResourceGroupBeingDeleted',
        `The resource group '${group.name}' is in deprovisioning state and cannot perform this operation.`,
      );
    return group;
  }

  list(subscriptionId: string): ResourceGroup[] {
    return this.#store.groups.inScope(scopeKey(subscriptionId, undefined));
  }

  /** Refuses what `put` would refuse; `name` is checked too. */
  check(subscriptionId: string, name: string, request: { location?: string | undefined }): void {
    if (name.length > longestGroupName || !/^[-\p{L}\p{N}._()]+$/u.test(name) || name.endsWith('.'))
      throw new ArmError(
        400,
        'InvalidResourceGroup',
        `The provided resource group name '${name}' is not valid: it must have 1 to ${longestGroupName} letters, digits, '-', '_', '.', '(' or ')' and must not end with '.'.`,
      );
    if (request.location === undefined || request.location.trim() === '')
      throw new ArmError(400, 'LocationRequired', 'The location property is required for this definition.');
    if (!isRegion(request.location))
      throw new ArmError(
        400,
        'LocationNotAvailableForResourceGroup',
        `The provided location '${request.location.slice(0, 80)}' is not available for resource group. List of available regions is '${regionNames().join(',')}'.`,
      );
    const existing = this.find(subscriptionId, name);
    if (existing) this.getForWrite(subscriptionId, name);
    if (existing && existing.location !== normalizeLocation(request.location))
      throw new ArmError(
        409,
        'InvalidResourceGroupLocation',
        `Invalid resource group location '${request.location}'. The Resource group already exists in location '${existing.location}'.`,
      );
  }

  /** Makes the group or replaces its tags. */
  put(
    subscriptionId: string,
    name: string,
    request: {
      location?: string | undefined;
      tags?: Record<string, string> | undefined;
      managedBy?: string | undefined;
    },
  ): { group: ResourceGroup; isNew: boolean } {
    this.check(subscriptionId, name, request);
    const existing = this.find(subscriptionId, name);
    const now = this.#clock.now().toISOString();
    const managedBy = request.managedBy ?? existing?.managedBy;
    const group: ResourceGroup = {
      id: existing?.id ?? `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
      subscriptionId,
      name: existing?.name ?? name,
      location: normalizeLocation(request.location ?? ''),
      ...(request.tags === undefined ? {} : { tags: request.tags }),
      ...(managedBy === undefined ? {} : { managedBy }),
      provisioningState: 'Succeeded',
      createdAt: existing?.createdAt ?? now,
      changedAt: now,
    };
    this.#store.transaction(() => this.#store.groups.put(group));
    return { group, isNew: existing === undefined };
  }

  /** Replaces the tags when there are any in the request. */
  patch(subscriptionId: string, name: string, tags: Record<string, string> | undefined): ResourceGroup {
    const existing = this.getForWrite(subscriptionId, name);
    const group = {
      ...existing,
      ...(tags === undefined ? {} : { tags }),
      changedAt: this.#clock.now().toISOString(),
    };
    this.#store.transaction(() => this.#store.groups.put(group));
    return group;
  }
}

/** The group as ARM returns it, and as the template function `resourceGroup()` does. */
export function describeGroup(
  group: ResourceGroup,
): JsonObject & { id: string; name: string; location: string } {
  return {
    id: group.id,
    name: group.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: group.location,
    ...(group.managedBy === undefined ? {} : { managedBy: group.managedBy }),
    ...(group.tags === undefined ? {} : { tags: group.tags }),
    properties: { provisioningState: group.provisioningState },
  };
}
