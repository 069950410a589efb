import { fullResourceName } from '../cluster/resource-name.ts';

/** Where a resource is, as its id says. */
export interface ResourcePlace {
  subscriptionId: string;
  /** Absent where it is in the subscription itself. */
  resourceGroup: string | undefined;
  /** Its name with those of what it belongs to. */
  name: string;
  /** Its own name. */
  ownName: string;
}

/** Takes the id of a resource apart. */
export function placeOf(id: string): ResourcePlace {
  const [, subscriptionId = '', resourceGroup] =
    /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?/i.exec(id) ?? [];
  const ownName = id.split('/').at(-1) ?? id;
  return { subscriptionId, resourceGroup, name: fullResourceName({ id, name: ownName }), ownName };
}

/** What a child belongs to by its id: its nearest owner's id; undefined for a resource that stands for itself. */
export function ownerIdOf(id: string): string | undefined {
  return /^(.+\/providers\/[^/]+(?:\/[^/]+\/[^/]+)+)\/[^/]+\/[^/]+$/i.exec(id)?.[1];
}
