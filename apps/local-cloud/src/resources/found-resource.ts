import { ArmError } from '../arm-error.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import type { ResourceId } from '../resource-id.ts';
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
