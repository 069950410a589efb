import type { JsonValue } from '@slipway/arm-template';
import { ArmError } from '../arm-error.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { makeResourceId, type ResourceId } from '../resource-id.ts';
import type { ProviderDirectory } from './provider-directory.ts';
import type { ResourceGroups } from './resource-groups.ts';

/** The resource with this id. Throws as ARM does when its group or itself does not exist. */
export function foundResource(
  id: ResourceId,
  parts: { groups: ResourceGroups; view: CloudView; directory: ProviderDirectory },
): ResourceRecord {
  if (id.resourceGroup !== undefined) parts.groups.get(id.subscriptionId, id.resourceGroup);
  const record = parts.view.get(id.text);
  if (!record) throw resourceNotFound(id, parts.directory);
  return record;
}

/** ARM's answer for an id that leads to nothing. */
export function resourceNotFound(id: ResourceId, directory: ProviderDirectory): ArmError {
  const type = directory.canonicalType(id.type);
  return new ArmError(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${id.names.join('/')}' under resource group '${id.resourceGroup ?? '<null>'}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** What can be read of a resource under this segment of its address; with a name one of several. */
export function partOf(
  owner: ResourceRecord,
  segment: string,
  name: string | undefined,
  parts: { view: CloudView; directory: ProviderDirectory },
): JsonValue | undefined {
  return parts.directory.handler(owner.type)?.parts?.[segment.toLowerCase()]?.(owner, parts.view, name);
}

/** What is read at an address that is no resource of its own, but a part of one: an inline subnet, an instance view. */
export function foundPart(
  id: ResourceId,
  parts: { view: CloudView; directory: ProviderDirectory },
): JsonValue | undefined {
  const types = id.type.split('/').slice(1);
  const segment = types.pop();
  if (segment === undefined || types.length === 0) return undefined;
  const ownerId = makeResourceId({
    ...id,
    resourceGroup: id.resourceGroup,
    types,
    names: id.names.slice(0, -1),
  });
  const owner = parts.view.get(ownerId.text);
  return owner && partOf(owner, segment, id.names.at(-1), parts);
}
