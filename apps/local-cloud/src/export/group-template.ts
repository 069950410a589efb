import type { JsonObject, JsonValue } from '@slipway/arm-template';
import { snapshotOf } from '../engine/what-if/snapshot.ts';
import type { ErrorBody } from '../error-body.ts';
import { isJsonObject } from '../json-text.ts';
import type { CloudView, ResourceRecord } from '../providers/provider.ts';
import { keptSubResources, parentIdOf } from '../providers/sub-resources.ts';
import { parseResourceId, type ResourceId } from '../resource-id.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import type { ExportRequest } from './export-request.ts';
import { TemplateNames } from './template-names.ts';

/** Azure's limit. */
const mostResources = 200;

/** A group as a template, and what could not become a part of it. */
export interface GroupTemplate {
  template: JsonObject;
  error: ErrorBody | undefined;
}

/** What an export that is not made is refused with. */
export const tooManyResources: ErrorBody = {
  code: 'ExportTemplateResourcesLimitExceeded',
  message: `Export template is not supported for resource groups that have more than '${mostResources}' resources.`,
};

interface Exported {
  id: ResourceId;
  record: ResourceRecord;
  apiVersion: string;
}

/**
 * Makes a template of the resources of a group as they are now; `undefined` where they are too many. What another resource
 * makes by itself (the instances of a scale set, a machine's own disk) and what lives inside another one is no resource of
 * its own there, and values that are never returned are no part of it. Types that nobody knows are named as errors.
 */
export function templateOfGroup(
  records: readonly ResourceRecord[],
  { options }: ExportRequest,
  { view, directory }: { view: CloudView; directory: ProviderDirectory },
): GroupTemplate | undefined {
  const exported: Exported[] = [];
  const untold = new Set<string>();
  for (const record of records) {
    const id = parseResourceId(record.id);
    if (!id || !isOfItsOwn(record, id, view)) continue;
    const apiVersion = directory.isKnownType(record.type)
      ? directory.newestApiVersion(record.type)
      : undefined;
    if (apiVersion === undefined) untold.add(record.type);
    else exported.push({ id: { ...id, type: record.type }, record, apiVersion });
  }
  if (exported.length > mostResources) return undefined;

  const ids = new Map(exported.map(({ id }) => [id.text.toLowerCase(), id]));
  const names = new TemplateNames(options, ids);
  const resources = exported.map(({ id, record, apiVersion }): JsonObject => {
    const used = new Set<string>();
    const {
      name: _name,
      id: _id,
      type: _type,
      apiVersion: _version,
      ...rest
    } = snapshotOf(record, view, apiVersion);
    const body = names.rewriteMembers(withoutOwnDisks(rest), used);
    if (id.names.length > 1) used.add(parentIdOf(id).text.toLowerCase());
    used.delete(id.text.toLowerCase());
    const dependsOn = [...used].flatMap((each) => {
      const other = ids.get(each);
      return other ? [names.idOf(other)] : [];
    });
    return {
      ...(options.has('IncludeComments') ? { comments: `Generalized from resource: '${record.id}'.` } : {}),
      type: record.type,
      apiVersion,
      name: names.nameOf(id),
      ...body,
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    };
  });
  return {
    template: {
      $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: names.parameters,
      variables: {},
      resources,
    },
    error: untold.size === 0 ? undefined : untoldTypes([...untold].toSorted()),
  };
}

function isOfItsOwn(record: ResourceRecord, id: ResourceId, view: CloudView): boolean {
  if (!record.listed) return false;
  if (record.envelope['managedBy'] !== undefined) return false;
  if (id.names.length < 2) return true;
  const collection = id.type.slice(id.type.lastIndexOf('/') + 1);
  return keptSubResources(view.get(parentIdOf(id).text), collection).length === 0;
}

/** A disk that is made with its machine is made anew, under the same name. */
function withoutOwnDisks(value: JsonObject): JsonObject {
  const { createOption, managedDisk } = value;
  const isOwn = typeof createOption === 'string' && !/^attach$/i.test(createOption);
  const kept = isOwn && isJsonObject(managedDisk) ? { ...value, managedDisk: withoutId(managedDisk) } : value;
  return Object.fromEntries(
    Object.entries(kept).map(([name, member]) => [name, withoutOwnDisksInside(member)]),
  );
}

function withoutOwnDisksInside(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutOwnDisksInside);
  return isJsonObject(value) ? withoutOwnDisks(value) : value;
}

const withoutId = ({ id: _id, ...others }: JsonObject): JsonObject => others;

const untoldTypes = (types: readonly string[]): ErrorBody => ({
  code: 'ExportTemplateCompletedWithErrors',
  message:
    'Export template operation completed with errors. Some resources were not exported. Please see details for more information.',
  details: types.map((type) => ({
    code: 'ExportTemplateProviderError',
    target: type,
    message: `Could not get resources of the type '${type}'. Resources of this type will not be exported.`,
  })),
});
