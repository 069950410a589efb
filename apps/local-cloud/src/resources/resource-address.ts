import type { ArmCall } from '../front/arm-call.ts';
import { containerId, makeResourceId, type ResourceId } from '../resource-id.ts';
import { addressNeedsResource, param } from './call-reading.ts';

/** Where a path leads: to a resource, or to something of a parent (a collection, a part, an action). */
export type Address =
  | { kind: 'resource'; id: ResourceId }
  | {
      kind: 'member';
      /** Id of what it is in or put on: a group, a subscription, a resource; empty for the tenant. */
      scope: string;
      namespace: string;
      /** Absent where the member's name follows the namespace. */
      parent: ResourceId | undefined;
      name: string;
    };

/**
 * Takes a call's path apart behind its subscription and group. Each `providers` after the first begins an extension resource,
 * which is put on what comes before it.
 */
export function readAddress(call: ArmCall): Address {
  const subscriptionId = param(call, 'subscriptionId');
  const { resourceGroup } = call.params;
  let scope = containerId(subscriptionId, resourceGroup);
  let namespace = param(call, 'namespace');
  let rest = call.rest;
  for (;;) {
    const next = rest.findIndex((segment, index) => index % 2 === 0 && segment.toLowerCase() === 'providers');
    const types = (next < 0 ? rest : rest.slice(0, next)).filter((_, index) => index % 2 === 0);
    const names = (next < 0 ? rest : rest.slice(0, next)).filter((_, index) => index % 2 === 1);
    const isWhole = types.length === names.length;
    const pairs = isWhole ? types : types.slice(0, -1);
    const id =
      pairs.length === 0
        ? undefined
        : makeResourceId({ scope, subscriptionId, resourceGroup, namespace, types: pairs, names });
    if (next < 0) {
      if (id && isWhole) return { kind: 'resource', id };
      return { kind: 'member', scope, namespace, parent: id, name: types.at(-1) ?? '' };
    }
    scope = id?.text ?? scope;
    namespace = rest[next + 1] ?? '';
    rest = rest.slice(next + 2);
  }
}

/** The resource that a call's path leads to. Throws MethodNotAllowed where it leads to a collection. */
export function addressedResource(call: ArmCall): ResourceId {
  const address = readAddress(call);
  if (address.kind === 'resource') return address.id;
  throw addressNeedsResource(call);
}
