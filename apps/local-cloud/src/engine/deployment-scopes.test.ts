import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { tenantId } from '../resources/places.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());

const template = (resources: object[], more: object = {}) => ({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources,
  ...more,
});
const deployment = (resources: object[], more: object = {}) =>
  ({ location: 'eastus', properties: { mode: 'Incremental', template: template(resources, more) } }) as never;
const group = (name: string, more: object = {}) => ({
  type: 'Microsoft.Management/managementGroups',
  apiVersion: '2021-04-01',
  name,
  properties: {},
  ...more,
});
const mark = (name: string, more: object = {}) => ({
  type: 'Contoso.Marks/marks',
  apiVersion: '2023-01-01',
  name,
  properties: {},
  ...more,
});
const managementGroup = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;
const read = (id: string) => cloud.send('GET', `${id}?api-version=2023-01-01`);

const nested = (name: string, scope: object, resources: object[]) => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2021-04-01',
  name,
  ...scope,
  properties: { mode: 'Incremental', template: template(resources) },
});
const table = (name: string) => ({
  type: 'Microsoft.Network/routeTables',
  apiVersion: '2023-04-01',
  name,
  location: 'eastus',
  properties: {},
});
const putVault = (id: string, body: object) => cloud.send('PUT', `${id}?api-version=2023-07-01`, { body });

describe('a deployment', () => {
  test('to the tenant makes management groups, one under the other, and is told, found and deleted', async () => {
    const client = cloud.deployments.deployments;
    const parent = { details: { parent: { id: managementGroup('above') } } };
    const made = await client.createOrUpdateAtTenantScope(
      't',
      deployment(
        [
          group('above'),
          group('below', {
            properties: parent,
            dependsOn: ["[tenantResourceId('Microsoft.Management/managementGroups', 'above')]"],
          }),
        ],
        { outputs: { tenant: { type: 'string', value: '[tenant().tenantId]' } } },
      ),
      polling,
    );
    expect(made).toMatchObject({
      id: '/providers/Microsoft.Resources/deployments/t',
      location: 'eastus',
      properties: {
        provisioningState: 'Succeeded',
        outputs: { tenant: { type: 'String', value: tenantId } },
        outputResources: [{ id: managementGroup('above') }, { id: managementGroup('below') }],
      },
    });
    expect((await read(managementGroup('below'))).json.properties.details.parent.name).toBe('above');
    const exported = await client.exportTemplateAtTenantScope('t');
    expect(exported.template).toMatchObject({ contentVersion: '1.0.0.0' });
    await client.deleteAtTenantScope('t', polling);
    expect(await rejection(client.getAtTenantScope('t'))).toMatchObject({ code: 'DeploymentNotFound' });
  });

  test('to a management group puts resources on it, and deploys to a subscription, a group and the tenant from there', async () => {
    const client = cloud.deployments.deployments;
    await client.createOrUpdateAtTenantScope('make', deployment([group('mg')]), polling);
    const made = await client.createOrUpdateAtManagementGroupScope(
      'mg',
      'm',
      deployment(
        [
          mark('here'),
          nested('sub', { subscriptionId: subscription, location: 'eastus' }, [mark('insub')]),
          nested('grp', { subscriptionId: subscription, resourceGroup: 'rg' }, [mark('ingroup')]),
          nested('ten', { scope: '/', location: 'eastus' }, [mark('intenant')]),
        ],
        { outputs: { name: { type: 'string', value: '[managementGroup().name]' } } },
      ),
      polling,
    );
    expect(made.properties?.outputs).toEqual({ name: { type: 'String', value: 'mg' } });
    expect(made.properties?.outputResources?.map(({ id }) => id)).toEqual([
      `${managementGroup('mg')}/providers/Contoso.Marks/marks/here`,
      `/subscriptions/${subscription}/providers/Contoso.Marks/marks/insub`,
      `/subscriptions/${subscription}/resourceGroups/rg/providers/Contoso.Marks/marks/ingroup`,
      '/providers/Contoso.Marks/marks/intenant',
    ]);
    const names: (string | undefined)[] = [];
    for await (const { name } of client.listAtManagementGroupScope('mg')) names.push(name);
    expect(names).toEqual(['m']);
    expect(await client.checkExistenceAtManagementGroupScope('mg', 'm')).toMatchObject({ body: true });
    const foreseen = await client.whatIfAtManagementGroupScope(
      'mg',
      'm',
      deployment([mark('here')]),
      polling,
    );
    expect(foreseen.changes?.map(({ changeType }) => changeType)).toEqual(['NoChange']);
  });

  test('to a management group that is not there is refused, and functions of a subscription are above one', async () => {
    const client = cloud.deployments.deployments;
    const absent = client.createOrUpdateAtManagementGroupScope('none', 'd', deployment([mark('x')]), polling);
    expect(await rejection(absent)).toMatchObject({ code: 'ManagementGroupNotFound', statusCode: 404 });
    const wrong = deployment([mark('x', { properties: { of: '[subscription().displayName]' } })]);
    const refused = await cloud.send(
      'POST',
      '/providers/Microsoft.Resources/deployments/d/validate?api-version=2021-04-01',
      { body: wrong },
    );
    expect([refused.status, refused.json.error.code]).toEqual([400, 'InvalidTemplate']);
  });

  test('in the mode Complete deletes what its group has beside it, but what is locked', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('full', { location: 'eastus' });
    const put = (resources: object[], mode: string) =>
      cloud.deployments.deployments.createOrUpdate(
        'full',
        'd',
        { properties: { mode, template: template(resources) } } as never,
        polling,
      );
    await put(['a', 'b', 'c'].map(table), 'Incremental');
    const locked = `/subscriptions/${subscription}/resourceGroups/full/providers/Microsoft.Network/routeTables/c`;
    await cloud.send('PUT', `${locked}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`, {
      body: { properties: { level: 'CanNotDelete' } },
    });
    const question = { properties: { mode: 'Complete', template: template([table('a')]) } } as never;
    const foreseen = await cloud.deployments.deployments.whatIf('full', 'd', question, polling);
    expect(foreseen.changes?.map(({ resourceId, changeType }) => [resourceId?.at(-1), changeType])).toEqual([
      ['a', 'NoChange'],
      ['b', 'Delete'],
      ['c', 'Ignore'],
    ]);
    await put([table('a')], 'Complete');
    const left: (string | undefined)[] = [];
    for await (const { name } of cloud.resources.resources.listByResourceGroup('full')) left.push(name);
    expect(left).toEqual(['a', 'c']);
    const kinds = new Set<string | undefined>();
    for await (const { properties } of cloud.deployments.deploymentOperations.list('full', 'd'))
      kinds.add(properties?.provisioningOperation);
    expect(kinds).toEqual(new Set(['Create', 'Delete', 'EvaluateDeploymentOutput']));
  });

  test('that fails falls back on one that succeeded', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('back', { location: 'eastus' });
    const put = (name: string, resource: object, more: object = {}) =>
      cloud.deployments.deployments.createOrUpdate(
        'back',
        name,
        { properties: { mode: 'Incremental', template: template([resource]), ...more } } as never,
        polling,
      );
    const lastSuccessful = { onErrorDeployment: { type: 'LastSuccessful' } };
    expect(await rejection(put('early', mark('m'), lastSuccessful))).toMatchObject({ statusCode: 400 });
    const chance = { parameters: { chance: { type: 'string', defaultValue: '[newGuid()]' } } };
    const good = mark('m', { properties: { version: 1, chance: "[parameters('chance')]" } });
    await put('good', good, { template: template([good], chance) });
    const marks = `/subscriptions/${subscription}/resourceGroups/back/providers/Contoso.Marks/marks/m`;
    const drawn: unknown = (await read(marks)).json.properties.chance;
    await cloud.send('DELETE', `${marks}?api-version=2023-01-01`);
    await expect.poll(async () => (await read(marks)).status).toBe(404);
    const broken = mark('n', {
      properties: { of: "[reference(resourceId('Contoso.Marks/marks', 'none')).x]" },
    });
    await rejection(put('bad', broken, lastSuccessful));
    await expect.poll(async () => (await read(marks)).json.properties?.version).toBe(1);
    expect((await read(marks)).json.properties.chance).toBe(drawn);
    const fallBack = async (name: string) => {
      const { properties } = await cloud.deployments.deployments.get('back', name);
      expect(properties?.provisioningState).toBe('Failed');
      return properties?.onErrorDeployment;
    };
    await expect
      .poll(() => fallBack('bad'))
      .toEqual({ type: 'LastSuccessful', deploymentName: 'good', provisioningState: 'Succeeded' });

    // What it falls back on can fail as well: here it reads something that is gone.
    const reading = mark('n', {
      properties: { of: "[reference(resourceId('Contoso.Marks/marks', 'm'), '2023-01-01').version]" },
    });
    await put('reads', reading);
    await cloud.send('DELETE', `${marks}?api-version=2023-01-01`);
    await expect.poll(async () => (await read(marks)).status).toBe(404);
    await rejection(
      put('worse', broken, {
        onErrorDeployment: { type: 'SpecificDeployment', deploymentName: 'reads' },
      }),
    );
    await expect
      .poll(() => fallBack('worse'))
      .toEqual({ type: 'SpecificDeployment', deploymentName: 'reads', provisioningState: 'Failed' });
  });

  test('reads secrets of a key vault by reference, and never tells them', async () => {
    const vault = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/keepers`;
    const secret = 'what nobody is told';
    const properties = {
      sku: { name: 'standard', family: 'A' },
      tenantId,
      enabledForTemplateDeployment: true,
    };
    expect((await putVault(vault, { location: 'eastus', properties })).status).toBe(201);
    await expect.poll(async () => (await read(vault)).json.properties.provisioningState).toBe('Succeeded');
    await putVault(`${vault}/secrets/s`, { properties: { value: secret } });
    expect((await read(`${vault}/secrets/s`)).text).not.toContain(secret);
    const deploy = (secretName: string) =>
      cloud.deployments.deployments.createOrUpdate(
        'rg',
        'vaulted',
        {
          properties: {
            mode: 'Incremental',
            parameters: { given: { reference: { keyVault: { id: vault }, secretName } } },
            template: template([], {
              parameters: { given: { type: 'securestring' } },
              outputs: { length: { type: 'int', value: "[length(parameters('given'))]" } },
            }),
          },
        } as never,
        polling,
      );
    const made = await deploy('s');
    expect(made.properties?.outputs).toEqual({ length: { type: 'Int', value: secret.length } });
    expect(JSON.stringify(made)).not.toContain(secret);
    expect(await rejection(deploy('other'))).toMatchObject({
      code: 'KeyVaultParameterReferenceSecretRetrieveFailed',
    });
  });

  test('is validated as far as it is asked', async () => {
    const unfit = { ...mark('x'), type: 'Microsoft.Storage/storageAccounts', name: 'NO', location: 'eastus' };
    const validate = (validationLevel: string) =>
      cloud.send(
        'POST',
        `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/deployments/v/validate?api-version=2025-04-01`,
        { body: { properties: { mode: 'Incremental', validationLevel, template: template([unfit]) } } },
      );
    expect(await validate('Template')).toMatchObject({
      status: 200,
      json: { properties: { validationLevel: 'Template' } },
    });
    expect(await validate('Provider')).toMatchObject({
      status: 400,
      json: { error: { code: 'InvalidTemplateDeployment' } },
    });
  });

  test('puts locks and tags on what they are for, and they count', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('governed', { location: 'eastus' });
    const put = (resources: object[]) =>
      cloud.deployments.deployments.createOrUpdate(
        'governed',
        'd',
        { properties: { mode: 'Incremental', template: template(resources) } } as never,
        polling,
      );
    const tags = {
      type: 'Microsoft.Resources/tags',
      apiVersion: '2021-04-01',
      name: 'default',
      properties: { tags: { team: 'red' } },
    };
    const lock = {
      type: 'Microsoft.Authorization/locks',
      apiVersion: '2016-09-01',
      name: 'keep',
      scope: "[resourceId('Microsoft.Network/routeTables', 'a')]",
      dependsOn: ["[resourceId('Microsoft.Network/routeTables', 'a')]"],
      properties: { level: 'CanNotDelete' },
    };
    const made = await put([table('a'), tags, lock]);
    expect((await cloud.resources.resourceGroups.get('governed')).tags).toEqual({ team: 'red' });
    const locked = `/subscriptions/${subscription}/resourceGroups/governed/providers/Microsoft.Network/routeTables/a`;
    expect(made.properties?.outputResources?.map(({ id }) => id)).toContain(
      `${locked}/providers/Microsoft.Authorization/locks/keep`,
    );
    const refused = await cloud.send('DELETE', `${locked}?api-version=2023-04-01`);
    expect([refused.status, refused.json.error.code]).toEqual([409, 'ScopeLocked']);
    expect(
      await rejection(
        put([{ ...lock, scope: "[resourceId('Microsoft.Network/routeTables', 'b')]", dependsOn: [] }]),
      ),
    ).toBeDefined();
    const failed = await cloud.deployments.deployments.get('governed', 'd');
    expect(failed.properties?.error?.details?.[0]).toMatchObject({ code: 'ResourceNotFound' });
  });

  test('has a hash of its template that can be worked out beforehand', async () => {
    const it = template([mark('hashed')]);
    const { templateHash } = await cloud.deployments.deployments.calculateTemplateHash(it);
    expect(templateHash).toMatch(/^\d+$/);
    const made = await cloud.deployments.deployments.createOrUpdate(
      'rg',
      'hashed',
      { properties: { mode: 'Incremental', template: it } } as never,
      polling,
    );
    expect(made.properties?.templateHash).toBe(templateHash);
  });
});
