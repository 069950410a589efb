import { armClients, bearerToken, call, subscriptionId } from '../fixtures/arm-clients.ts';
import { expect, test } from '../fixtures/test.ts';

const group = (name: string): string => `/subscriptions/${subscriptionId}/resourcegroups/${name}`;

test('without a token, and with a wrong one, ARM answers 401 as Azure does', async () => {
  const none = await call('GET', '/subscriptions?api-version=2022-12-01');
  expect(none.status).toBe(401);
  expect(none.headers['www-authenticate']).toMatch(/^Bearer authorization_uri=/);
  expect(JSON.parse(none.body)).toMatchObject({ error: { code: 'AuthenticationFailed' } });
  const wrong = await call('GET', '/subscriptions?api-version=2022-12-01', {
    headers: { authorization: 'Bearer nonsense' },
  });
  expect(wrong.status).toBe(401);
  expect(JSON.parse(wrong.body)).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
});

test('an unknown resource group is answered with ARM’s error body', async () => {
  const { token } = await bearerToken();
  const answer = await call('GET', `${group('no-such-group')}?api-version=2021-04-01`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(404);
  expect(JSON.parse(answer.body)).toEqual({
    error: { code: 'ResourceGroupNotFound', message: "Resource group 'no-such-group' could not be found." },
  });
});

test('Microsoft’s SDKs deploy a template, read its operations and delete the group', async ({
  uniqueName,
}) => {
  const { resources, deployments } = armClients();
  await resources.resourceGroups.createOrUpdate(uniqueName, { location: 'northeurope' });
  const deployed = await deployments.deployments.createOrUpdate(uniqueName, 'first', {
    properties: {
      mode: 'Incremental',
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [
          {
            type: 'Microsoft.Network/virtualNetworks',
            apiVersion: '2025-05-01',
            name: 'net',
            location: '[resourceGroup().location]',
            properties: {
              addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
              subnets: [{ name: 'one', properties: { addressPrefix: '10.1.0.0/24' } }],
            },
          },
        ],
        outputs: {
          netId: { type: 'string', value: "[resourceId('Microsoft.Network/virtualNetworks', 'net')]" },
        },
      },
    },
  });
  expect(deployed.properties?.provisioningState).toBe('Succeeded');
  expect(deployed.properties?.outputs).toMatchObject({
    netId: { type: 'String', value: expect.stringMatching(/virtualNetworks\/net$/) },
  });
  const operations: string[] = [];
  for await (const operation of deployments.deploymentOperations.list(uniqueName, 'first')) {
    operations.push(
      `${operation.properties?.provisioningOperation} ${operation.properties?.provisioningState}`,
    );
  }
  expect(operations).toContain('Create Succeeded');
  await resources.resourceGroups.delete(uniqueName);
  await expect(resources.resourceGroups.get(uniqueName)).rejects.toMatchObject({
    code: 'ResourceGroupNotFound',
  });
});

test('an invalid template is refused before anything is stored', async ({ uniqueName }) => {
  const { resources, deployments } = armClients();
  await resources.resourceGroups.createOrUpdate(uniqueName, { location: 'northeurope' });
  const refused = deployments.deployments.createOrUpdate(uniqueName, 'bad', {
    properties: {
      mode: 'Incremental',
      template: {
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [],
        outputs: { x: { type: 'string', value: "[variables('missing')]" } },
      },
    },
  });
  await expect(refused).rejects.toMatchObject({ code: 'InvalidTemplate', statusCode: 400 });
  await expect(deployments.deployments.get(uniqueName, 'bad')).rejects.toMatchObject({
    code: 'DeploymentNotFound',
  });
});
