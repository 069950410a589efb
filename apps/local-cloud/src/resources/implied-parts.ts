import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { parentIdOf } from '../providers/sub-resources.ts';
import type { ResourceId } from '../resource-id.ts';
import type { ProviderDirectory } from './provider-directory.ts';

/** Names of parts that Azure makes with what they belong to, by lower-case type; everywhere else that is `default`. */
const namesOfImplied: Readonly<Record<string, RegExp>> = {
  'microsoft.apimanagement/service/groups': /^(?:administrators|developers|guests)$/i,
  'microsoft.apimanagement/service/products': /^(?:starter|unlimited)$/i,
  'microsoft.devtestlab/labs/artifactsources': /^(?:public repo|public environment repo)$/i,
  'microsoft.recoveryservices/vaults/backupfabrics': /^azure$/i,
  'microsoft.recoveryservices/vaults/backupfabrics/protectioncontainers': /./,
  'microsoft.sql/servers/databases': /^master$/i,
};

/** Whether an id is that of a part that Azure makes by itself: the `default` of storage's services, a vault's fabric. */
export const isOnlyPart = (id: ResourceId, directory: ProviderDirectory): boolean =>
  id.names.length > 1 &&
  directory.handler(id.type) === undefined &&
  (id.names.at(-1) === 'default' ||
    namesOfImplied[id.type.toLowerCase()]?.test(id.names.at(-1) ?? '') === true);

/** A part that is there as soon as what it belongs to is, where nobody has made it otherwise; else `undefined`. */
export function impliedPart(
  id: ResourceId,
  { view, directory }: { view: CloudView; directory: ProviderDirectory },
): ResourceRecord | undefined {
  if (view.get(id.text) !== undefined || !isOnlyPart(id, directory)) return undefined;
  const ownerId = parentIdOf(id);
  const owner = view.get(ownerId.text) ?? impliedPart(ownerId, { view, directory });
  return (
    owner && {
      id: id.text,
      type: directory.canonicalType(id.type),
      name: id.names.at(-1) ?? '',
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
