import { TemplateError, type JsonObject, type JsonValue, type TemplateRuntime } from '@slipway/arm-template';
import { asFailure } from '../error-body.ts';
import { isJsonObject } from '../json-text.ts';
import type { Locks } from '../governance/locks.ts';
import type { KeyActions } from '../providers/generic/key-actions.ts';
import type { CloudView } from '../providers/provider.ts';
import { parseResourceId } from '../resource-id.ts';
import type { ProviderDirectory } from '../resources/provider-directory.ts';
import { foundPart } from '../resources/found-resource.ts';
import { impliedPart } from '../resources/implied-parts.ts';
import { describeResource } from '../resources/resource-description.ts';
import { describeGroup } from '../resources/resource-groups.ts';
import type { Store } from '../store/store.ts';
import { describeDeployment } from './deployment-description.ts';
import { readKeptOutputs } from './kept-request.ts';
import { copyOf } from './template-values.ts';

/** Hears what an evaluation read, for the deployment's list of operations. */
export type RuntimeObserver = (
  kind: 'Read' | 'Action',
  resourceId: string,
  apiVersion: string | undefined,
) => void;

/** Answers `reference` and `list*` from what is deployed. */
export function makeRuntime(
  parts: { store: Store; directory: ProviderDirectory; view: CloudView; locks: Locks; keys: KeyActions },
  observe: RuntimeObserver,
): TemplateRuntime {
  const { store, directory, view, locks, keys } = parts;

  const find = (resourceId: string): JsonObject => {
    const key = resourceId.toLowerCase();
    const id = parseResourceId(resourceId);
    const record = view.get(resourceId) ?? (id && impliedPart(id, parts));
    if (record) return describeResource(record, directory, view);
    const part = id && foundPart(id, parts);
    if (isJsonObject(part)) return part;
    const deployment = store.deployments.get(key);
    if (deployment) return describeDeployment(deployment);
    const group = store.groups.get(key);
    if (group) return describeGroup(group);
    throw notFound(resourceId);
  };

  return {
    reference: (sentId, apiVersion, full) => {
      const resourceId = withoutSlash(sentId);
      const resource = copyOf(find(resourceId));
      observe('Read', resourceId, apiVersion);
      if (!full) return resource.properties ?? {};
      const id = parseResourceId(resourceId);
      return {
        ...resource,
        apiVersion:
          apiVersion ?? directory.newestApiVersion(typeof resource.type === 'string' ? resource.type : ''),
        subscriptionId: id?.subscriptionId ?? '',
        ...(id?.resourceGroup === undefined ? {} : { resourceGroupName: id.resourceGroup }),
        resourceId: id === undefined ? resourceId : `${id.type}/${id.names.join('/')}`,
        referenceApiVersion: apiVersion ?? '',
        condition: true,
        isConditionTrue: true,
        isTemplateResource: false,
        isAction: false,
        provisioningOperation: 'Read',
      };
    },
    list: (action, sentId, apiVersion, body) => {
      const resourceId = withoutSlash(sentId);
      if (action.toLowerCase() === 'listoutputswithsecurevalues') {
        const outputs = outputsOf(store, resourceId);
        observe('Action', resourceId, apiVersion);
        return outputs;
      }
      const record = view.get(resourceId);
      if (!record && !keys.isImplied(resourceId, view)) throw notFound(resourceId);
      const handler = record && directory.handler(record.type);
      const answer = handler?.actions?.[action.toLowerCase()];
      if (record && handler && !answer)
        throw new TemplateError(
          'InvalidTemplate',
          `The resource type '${record.type}' has no action '${action}'.`,
        );
      observe('Action', resourceId, apiVersion);
      return copyOf(
        runAction(() => {
          // An action is a POST, and those a lock forbids even where they only read.
          locks.refuseWrite(resourceId);
          return record && answer ? answer(record, view, body) : keys.answer(resourceId, action, view, body);
        }),
      );
    },
  };
}

/** Templates write ids with a slash at their end, as in `…/host/default/`. */
const withoutSlash = (resourceId: string): string => resourceId.replace(/\/$/, '');

/** The values of a deployment's outputs, secure ones too: so Bicep reads the secure outputs of a module. */
function outputsOf(store: Store, deploymentId: string): JsonObject {
  const key = deploymentId.toLowerCase();
  const deployment = store.deployments.get(key);
  if (!deployment) throw notFound(deploymentId);
  const open = Object.entries(deployment.outputs ?? {}).map(
    ([name, { value }]) => [name, value ?? null] as const,
  );
  return readKeptOutputs(store.deployments.getSecret(key)) ?? Object.fromEntries(open);
}

function runAction(work: () => JsonValue): JsonValue {
  try {
    return work();
  } catch (error) {
    const { code, message } = asFailure(error);
    throw new TemplateError(code, message);
  }
}

function notFound(resourceId: string): TemplateError {
  const id = parseResourceId(resourceId);
  const name = id === undefined ? resourceId : `${id.type}/${id.names.join('/')}`;
  return new TemplateError(
    'ResourceNotFound',
    `The Resource '${name}' under resource group '${id?.resourceGroup ?? '<null>'}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}
