import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type DeploymentScope,
  type JsonObject,
  type JsonValue,
  expandTemplate,
  parseTolerantJson,
} from '@slipway/arm-template';

const conformance =
  process.env['SLIPWAY_CONFORMANCE'] ?? resolve(import.meta.dirname, '../../../../shared/conformance');
const subscriptionId = '11111111-2222-4333-8444-555555555555';
const group = `/subscriptions/${subscriptionId}/resourceGroups/bench`;

const scope: DeploymentScope = {
  kind: 'resourceGroup',
  tenantId: subscriptionId,
  subscription: {
    id: `/subscriptions/${subscriptionId}`,
    subscriptionId,
    tenantId: subscriptionId,
    displayName: 'Bench',
  },
  resourceGroup: { id: group, name: 'bench', location: 'westeurope', tags: {}, properties: {} },
  deployment: { name: 'bench' },
  environment: {
    name: 'AzureCloud',
    resourceManager: 'https://management.azure.com/',
    suffixes: { storage: 'core.windows.net' },
  },
};

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Writes the resources of the conformance templates, as they stand before they are deployed, as `NAME.json` into a
 * folder. Returns the names, those with the most resources first; none where this checkout has no templates, and
 * without those that do not expand by themselves.
 */
export function expandGroups(folder: string): { name: string; resources: number }[] {
  const written: { name: string; resources: number }[] = [];
  mkdirSync(folder, { recursive: true });
  for (const kind of ['acs', 'templates']) {
    const templates = join(conformance, kind);
    if (!existsSync(templates)) continue;
    for (const name of readdirSync(templates)) {
      const resources = resourcesOf(join(templates, name));
      if (!resources) continue;
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(resources));
      written.push({ name, resources: resources.length });
    }
  }
  return written.toSorted((a, b) => b.resources - a.resources);
}

function resourcesOf(folder: string): JsonObject[] | undefined {
  const template = join(folder, 'azuredeploy.json');
  const parameters = join(folder, 'azuredeploy.parameters.json');
  if (!existsSync(template)) return undefined;
  try {
    const file = existsSync(parameters) ? parsed(parameters) : {};
    const values = isObject(file) ? (file['parameters'] ?? file) : {};
    const expansion = expandTemplate({
      template: parsed(template),
      parameters: isObject(values) ? values : {},
      scope,
      sources: { now: new Date(0), newGuid: () => subscriptionId },
    });
    return expansion.resources
      .filter(({ condition }) => condition)
      .map(({ id, name, type, preview }) => ({
        ...preview(),
        id,
        name: name.split('/').at(-1) ?? name,
        type,
      }));
  } catch {
    // Some need what only a deployment has, such as another template.
    return undefined;
  }
}

const parsed = (path: string): JsonValue =>
  parseTolerantJson(
    readFileSync(path, 'utf8')
      .replaceAll(/GEN-UNIQUE(?:-\d+)?/g, 'benchunique')
      .replaceAll('GEN-GUID', subscriptionId),
  );
