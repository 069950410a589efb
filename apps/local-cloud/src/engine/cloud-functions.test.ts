import { afterAll, beforeAll, expect, test } from 'vitest';
import { polling, rejection, startTestCloud, type TestCloud } from '../local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());

const deploy = (name: string, values: Record<string, string>) =>
  cloud.deployments.deployments.createOrUpdate(
    'rg',
    name,
    {
      properties: {
        mode: 'Incremental',
        template: {
          resources: [],
          outputs: Object.fromEntries(
            Object.entries(values).map(([key, value]) => [key, { type: 'object', value: `[${value}]` }]),
          ),
        },
      },
    } as never,
    polling,
  );

test('templates ask the cloud who deploys, for its tenant, its providers, its zones and its roles', async () => {
  const { properties } = await deploy('asks', {
    deployer: 'deployer()',
    tenant: 'tenant()',
    type: "createObject('name', providers('Microsoft.Storage', 'storageAccounts').resourceType)",
    zones:
      "createObject('zones', pickZones('Microsoft.Compute', 'virtualMachines', resourceGroup().location, 2))",
    role: "roleDefinitions('reader')",
  });
  expect(properties?.outputs).toMatchObject({
    deployer: { value: { objectId: 'slipway-local', tenantId: expect.any(String) } },
    tenant: { value: { displayName: 'Local tenant', countryCode: 'US' } },
    type: { value: { name: 'storageAccounts' } },
    zones: { value: { zones: ['1', '2'] } },
    role: { value: { roleDefinitionId: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' } },
  });
});

test('a provider that there is not is refused', async () => {
  const refusal = await rejection(deploy('nothing', { type: "providers('Microsoft.Nothing')" }));
  expect(refusal).toMatchObject({ code: 'InvalidTemplate', statusCode: 400 });
  expect(refusal.message).toContain("the resource provider 'Microsoft.Nothing', which is not known");
});
