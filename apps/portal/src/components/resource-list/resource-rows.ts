import { CLUSTER_TAG } from '@slipway/cluster';
import type { ArmResource } from '@slipway/contract';
import { displayNameOfType } from '@slipway/topology';
import { fullResourceName } from '../../cluster/resource-name.ts';
import type { ResourceRow } from './resource-columns.tsx';

/** Where resources are that were read from ARM itself. */
export interface ResourcePlace {
  subscriptionId: string;
  /** The subscription's name. */
  subscription: string;
  resourceGroup: string;
  regionName: (subscriptionId: string, name: string) => string;
}

/** Resources as rows of a list: by type, and of each type by name. */
export function resourceRows(
  resources: readonly ArmResource[],
  { subscriptionId, subscription, resourceGroup, regionName }: ResourcePlace,
): readonly ResourceRow[] {
  const rows = resources.map((resource): ResourceRow => {
    const state = resource.properties?.['provisioningState'];
    const { id, type, location, tags = {} } = resource;
    return {
      id,
      subscriptionId,
      subscription,
      resourceGroup,
      name: fullResourceName(resource),
      type,
      region: location === undefined ? '' : regionName(subscriptionId, location),
      state: typeof state === 'string' ? state : '',
      cluster: tags[CLUSTER_TAG] ?? '',
      tags,
    };
  });
  const words = new Map(rows.map(({ type }) => [type, displayNameOfType(type)]));
  return rows.toSorted(
    (one, other) =>
      (words.get(one.type) ?? '').localeCompare(words.get(other.type) ?? '') ||
      one.name.localeCompare(other.name, undefined, { numeric: true }),
  );
}
