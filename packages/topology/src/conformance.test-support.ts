import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expandTemplate, parseTolerantJson, type JsonObject, type JsonValue } from '@slipway/arm-template';
import type { TopologyResource } from './index.ts';

const folder =
  process.env['SLIPWAY_CONFORMANCE'] ?? resolve(import.meta.dirname, '../../../../shared/conformance');

/** Whether this checkout has the conformance data. */
export const hasConformance = existsSync(join(folder, 'templates'));

if (!hasConformance) {
  process.stderr.write(`Conformance tests of the topology are skipped: no data in ${folder}.\n`);
}

/** A suite's title that says plainly when it is skipped. */
export const conformanceTitle = (title: string): string =>
  hasConformance ? title : `${title} (SKIPPED: no conformance data in ${folder})`;

/** Every template of the data: quickstarts, the container service's, and single files, by a path to call it by. */
export function conformanceTemplates(): string[] {
  if (!hasConformance) return [];
  const inFolders = ['templates', 'acs'].flatMap((group) =>
    readdirSync(join(folder, group))
      .map((name) => join(group, name, 'azuredeploy.json'))
      .filter((path) => existsSync(join(folder, path))),
  );
  const single = readdirSync(join(folder, 'expansions'), { recursive: true })
    .map((name) => join('expansions', String(name)))
    .filter((path) => path.endsWith('.json') && isTemplate(path));
  return [...inFolders, ...single];
}

const isTemplate = (path: string): boolean =>
  /"\$schema":\s*"[^"]*eploymentTemplate\.json/.test(readFileSync(join(folder, path), 'utf8')) &&
  !path.toLowerCase().includes('parameters');

const subscriptionId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const tenantId = '99999999-2222-3333-4444-555555555555';
const guid = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

/** The resources that a template makes, with those of the templates nested in it; undefined where it cannot be expanded. */
export function expandConformance(path: string): TopologyResource[] | undefined {
  return expand(readObject(path), parametersFor(path));
}

function parametersFor(path: string): JsonObject {
  const beside = path.endsWith('azuredeploy.json')
    ? path.replace(/\.json$/, '.parameters.json')
    : path.replace(/(?:\.Template)?\.json$/, '.Parameters.json');
  if (!existsSync(join(folder, beside))) return {};
  const file = readObject(beside);
  const { parameters } = file;
  return isObject(parameters) ? parameters : file;
}

function expand(template: JsonValue, parameters: JsonObject, depth = 0): TopologyResource[] | undefined {
  const schema = isObject(template) ? template['$schema'] : undefined;
  const isSubscription = typeof schema === 'string' && /subscriptionDeploymentTemplate/i.test(schema);
  try {
    const { resources } = expandTemplate({
      template,
      parameters,
      scope: {
        kind: isSubscription ? 'subscription' : 'resourceGroup',
        tenantId,
        subscription: {
          id: `/subscriptions/${subscriptionId}`,
          subscriptionId,
          tenantId,
          displayName: 'Test',
        },
        ...(isSubscription ? {} : { resourceGroup }),
        deployment: { name: 'd1', ...(isSubscription ? { location: 'eastus' } : {}) },
        environment,
      },
      sources: { now: new Date(Date.UTC(2026, 0, 1)), newGuid: () => guid },
    });
    return resources
      .filter(({ condition }) => condition)
      .flatMap(({ id, name, type, preview }) => {
        const body = preview();
        const { properties, ...rest } = body;
        const shown = isObject(properties) ? { properties } : {};
        const resource: TopologyResource = { ...rest, ...shown, id, name, type, location: 'eastus' };
        return [resource, ...(depth < 3 ? nestedIn(resource, depth) : [])];
      });
  } catch {
    return undefined;
  }
}

function nestedIn({ type, properties }: TopologyResource, depth: number): TopologyResource[] {
  if (type.toLowerCase() !== 'microsoft.resources/deployments') return [];
  const nested = properties as JsonObject | undefined;
  const { template, parameters } = nested ?? {};
  if (!isObject(template)) return [];
  return expand(template, isObject(parameters) ? parameters : {}, depth + 1) ?? [];
}

const resourceGroup = {
  id: `/subscriptions/${subscriptionId}/resourceGroups/rg1`,
  name: 'rg1',
  type: 'Microsoft.Resources/resourceGroups',
  location: 'eastus',
  tags: { environment: 'test', env: 'test' },
  properties: { provisioningState: 'Succeeded' },
};

const environment: JsonObject = {
  name: 'AzureCloud',
  resourceManager: 'https://management.azure.com/',
  suffixes: {
    storage: 'core.windows.net',
    sqlServerHostname: '.database.windows.net',
    keyvaultDns: '.vault.azure.net',
    azureFrontDoorEndpointSuffix: 'azurefd.net',
  },
  authentication: { loginEndpoint: 'https://login.microsoftonline.com/' },
};

function readObject(path: string): JsonObject {
  let count = 0;
  const text = readFileSync(join(folder, path), 'utf8')
    .replaceAll(/GEN-UNIQUE(?:-(\d+))?/g, (_whole, length?: string) => {
      count += 1;
      return `u${count}slipwayquickstarttemplate`.slice(0, Number(length ?? 12));
    })
    .replaceAll('GEN-GUID', guid);
  const value = parseTolerantJson(text);
  return isObject(value) ? value : {};
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
