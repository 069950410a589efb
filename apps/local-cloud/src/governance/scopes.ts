import type { ArmCall } from '../front/arm-call.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { param } from '../resources/call-reading.ts';
import { foundPart, resourceNotFound } from '../resources/found-resource.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import { addressedResource } from '../resources/resource-address.ts';
import type { ResourceGroups } from '../resources/resource-groups.ts';
import type { Deployment, ResourceGroup, Stack } from '../store/documents.ts';
import type { Store } from '../store/store.ts';

/** What extension resources such as tags and locks are put on. `id` has canonical casing as far as it is known. */
export type Scope =
  | { kind: 'subscription'; id: string; subscriptionId: string }
  | { kind: 'resourceGroup'; id: string; group: ResourceGroup }
  | { kind: 'resource'; id: string; record: ResourceRecord }
  | { kind: 'deployment'; id: string; deployment: Deployment }
  | { kind: 'stack'; id: string; stack: Stack }
  /** Something inside a resource that is none by itself, such as an inline subnet. */
  | { kind: 'part'; id: string };

export interface ScopeParts {
  store: Store;
  view: CloudView;
  directory: ProviderDirectory;
  groups: ResourceGroups;
}

const subscription = '/subscriptions/{subscriptionId}';
const group = `${subscription}/resourcegroups/{resourceGroup}`;

/** Where in a path scopes can be; what is put on them follows. */
export const scopePaths = [
  subscription,
  group,
  `${subscription}/providers/{namespace}/*`,
  `${group}/providers/{namespace}/*`,
] as const;

/** The scope that a call's path begins with. Throws as ARM does when it leads to nothing. */
export function scopeOfCall(call: ArmCall, parts: ScopeParts): Scope {
  const { store, view, directory, groups } = parts;
  const subscriptionId = param(call, 'subscriptionId');
  const sentGroup = call.params['resourceGroup'];
  const found = sentGroup === undefined ? undefined : groups.get(subscriptionId, sentGroup);
  const namespace = call.params['namespace'];
  if (namespace === undefined)
    return found === undefined
      ? { kind: 'subscription', id: `/subscriptions/${subscriptionId}`, subscriptionId }
      : { kind: 'resourceGroup', id: found.id, group: found };
  const id = addressedResource(call);
  const record = view.get(id.text);
  if (record) return { kind: 'resource', id: record.id, record };
  const key = id.text.toLowerCase();
  const deployment = store.deployments.get(key);
  if (deployment) return { kind: 'deployment', id: deployment.id, deployment };
  const stack = store.stacks.get(key);
  if (stack) return { kind: 'stack', id: stack.id, stack };
  if (foundPart(id, { view, directory }) !== undefined) return { kind: 'part', id: id.text };
  throw resourceNotFound(id, directory);
}
