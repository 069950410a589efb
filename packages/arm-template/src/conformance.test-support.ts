import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { evaluateExpression, type DeploymentScope, type JsonObject, type JsonValue } from './index.ts';
import { isObject } from './json-values.ts';
import { parseTolerantJson } from './tolerant-json.ts';

const folder =
  process.env['SLIPWAY_CONFORMANCE'] ?? resolve(import.meta.dirname, '../../../../shared/conformance');

/** The conformance data; `undefined` where this checkout has none. */
export const conformanceFolder = existsSync(join(folder, 'functions.json')) ? folder : undefined;

if (conformanceFolder === undefined) {
  process.stderr.write(`Conformance tests of the template language are skipped: no data in ${folder}.\n`);
}

/** A suite's title that says plainly when it is skipped. */
export function conformanceTitle(title: string): string {
  return conformanceFolder === undefined ? `${title} (SKIPPED: no conformance data in ${folder})` : title;
}

export function readJson(...path: string[]): JsonValue {
  return parseTolerantJson(readFileSync(join(folder, ...path), 'utf8'));
}

export function hasFile(...path: string[]): boolean {
  return existsSync(join(folder, ...path));
}

export function readText(...path: string[]): string {
  return readFileSync(join(folder, ...path), 'utf8');
}

/** The names of the folders in a folder of the conformance data that hold a template. */
export function templateFolders(group: string): string[] {
  return readdirSync(join(folder, group)).filter((name) =>
    existsSync(join(folder, group, name, 'azuredeploy.json')),
  );
}

export function objectOf(value: JsonValue | undefined): JsonObject {
  if (!isObject(value)) throw new Error('The conformance data has another shape than expected.');
  return value;
}

export function textOf(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new Error('The conformance data has another shape than expected.');
  return value;
}

/** A scope that is a subscription or in one. */
export type SubscriptionScope = DeploymentScope & Required<Pick<DeploymentScope, 'subscription'>>;

/** A deployment into resource group `rg1` in `westus2`, or at subscription level. */
export function deploymentScope(kind: 'resourceGroup' | 'subscription' = 'resourceGroup'): SubscriptionScope {
  const subscriptionId = '11111111-2222-3333-4444-555555555555';
  const tenantId = '99999999-2222-3333-4444-555555555555';
  const base: SubscriptionScope = {
    kind,
    tenantId,
    subscription: { id: `/subscriptions/${subscriptionId}`, subscriptionId, tenantId, displayName: 'Test' },
    deployment: { name: 'd1', ...(kind === 'subscription' ? { location: 'westus2' } : {}) },
    environment: {
      name: 'AzureCloud',
      resourceManager: 'https://management.azure.com/',
      suffixes: {
        storage: 'core.windows.net',
        sqlServerHostname: '.database.windows.net',
        keyvaultDns: '.vault.azure.net',
        azureFrontDoorEndpointSuffix: 'azurefd.net',
      },
      authentication: { loginEndpoint: 'https://login.microsoftonline.com/' },
    },
  };
  if (kind === 'subscription') return base;
  return {
    ...base,
    resourceGroup: {
      id: `/subscriptions/${subscriptionId}/resourceGroups/rg1`,
      name: 'rg1',
      type: 'Microsoft.Resources/resourceGroups',
      location: 'westus2',
      properties: { provisioningState: 'Succeeded' },
    },
  };
}

/** `uniqueString` of one argument, as the language itself answers it (checked against Azure's values elsewhere). */
export function uniqueStringOf(argument: string): string {
  return textOf(evaluateExpression(`[uniqueString('${argument}')]`));
}
