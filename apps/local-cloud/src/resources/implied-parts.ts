import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { parentIdOf } from '../providers/sub-resources.ts';
import type { ResourceId } from '../resource-id.ts';
import type { ProviderDirectory } from './provider-directory.ts';

/** Whether an id is that of a part of which a resource has one, called so by Azure: the `default` of storage's services. */
export const isOnlyPart = (id: ResourceId, directory: ProviderDirectory): boolean =>
  id.names.length > 1 && id.names.at(-1) === 'default' && directory.handler(id.type) === undefined;

/** A part that is there as soon as what it belongs to is, where nobody has made it otherwise; else `undefined`. */
export function impliedPart(
  id: ResourceId,
  { view, directory }: { view: CloudView; directory: ProviderDirectory },
): ResourceRecord | undefined {
  if (view.get(id.text) !== undefined || !isOnlyPart(id, directory)) return undefined;
  const owner = view.get(parentIdOf(id).text);
  return (
    owner && {
      id: id.text,
      type: directory.canonicalType(id.type),
      name: 'default',
      envelope: {},
      properties: {},
      secrets: {},
      provisioningState: 'Succeeded',
      listed: false,
      etag: owner.etag,
      createdAt: owner.createdAt,
      changedAt: owner.changedAt,
    }
  );
}
