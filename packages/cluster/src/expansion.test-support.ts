import {
  expandTemplate,
  type Expansion,
  type JsonObject,
  type JsonValue,
  type TemplateRuntime,
} from '@slipway/arm-template';
import { readSwarmFiles, specOf } from './cluster.test-support.ts';
import { type DeploymentParameters, swarmDeployment } from './swarm.ts';
import type { MasterCount } from './spec-rules.ts';

const subscriptionId = '11111111-2222-3333-4444-555555555555';
const groupId = `/subscriptions/${subscriptionId}/resourceGroups/harbour-group`;

/** What the running control plane would answer, always the same. */
export const runtime: TemplateRuntime = {
  reference: (resourceId) =>
    resourceId.includes('/storageAccounts/')
      ? { primaryEndpoints: { blob: `https://${resourceId.split('/').at(-1)}.blob.core.windows.net/` } }
      : { dnsSettings: { fqdn: `${resourceId.split('/').at(-1)}.example` } },
  list: () => ({ keys: [{ keyName: 'key1', value: 'the-accounts-key' }] }),
};

export interface ExpandedResource extends JsonObject {
  id: string;
  type: string;
  name: string;
  apiVersion: string;
  dependsOn: string[];
}

export function asExpansion(parameters: DeploymentParameters, group: string = groupId): Expansion {
  const { template } = swarmDeployment(specOf(), readSwarmFiles());
  return expandTemplate({
    template: template as JsonObject,
    parameters: parameters as unknown as JsonObject,
    scope: {
      kind: 'resourceGroup',
      tenantId: 'tenant',
      subscription: {
        id: `/subscriptions/${subscriptionId}`,
        subscriptionId,
        tenantId: 'tenant',
        displayName: 'Test',
      },
      resourceGroup: { id: group, name: group.split('/').at(-1)!, location: 'westeurope' },
      deployment: { name: 'harbour' },
      environment: {},
    },
    sources: {
      now: new Date(0),
      newGuid: () => {
        throw new Error('A new GUID would differ at every update.');
      },
    },
  });
}

/** The resources that ARM would PUT, in the template's order. */
export function expandedResources(parameters: DeploymentParameters): ExpandedResource[] {
  return asExpansion(parameters).resources.map((planned) => ({
    ...planned.evaluate(runtime),
    id: planned.id,
    type: planned.type,
    name: planned.name,
    apiVersion: planned.apiVersion,
    dependsOn: planned.dependsOn,
  }));
}

/** Resources and outputs of a new cluster with so many masters. */
export function expandedCluster(masterCount: MasterCount): ExpandedResource[] {
  return expandedResources(swarmDeployment(specOf(masterCount), readSwarmFiles()).parameters);
}

/** The value at a path of an expanded resource; fails when there is none. */
export function at(value: JsonValue | undefined, ...path: (string | number)[]): JsonValue {
  let current = value;
  for (const step of path) {
    const next: unknown =
      current !== null && typeof current === 'object' ? Reflect.get(current, String(step)) : undefined;
    if (next === undefined) throw new Error(`Nothing at ${path.join('.')}, from ${String(step)} on.`);
    current = next as JsonValue;
  }
  return current as JsonValue;
}

/** The list at a path. */
export const listAt = (value: JsonValue | undefined, ...path: (string | number)[]): JsonValue[] => {
  const found = at(value, ...path);
  if (!Array.isArray(found)) throw new Error(`No list at ${path.join('.')}.`);
  return found;
};

/** The text (or number, as text) at a path. */
export const textAt = (value: JsonValue | undefined, ...path: (string | number)[]): string => {
  const found = at(value, ...path);
  if (typeof found !== 'string' && typeof found !== 'number')
    throw new Error(`No text at ${path.join('.')}.`);
  return String(found);
};
