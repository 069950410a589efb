import type { WhatIfChange, WhatIfOperationResult } from '@azure/arm-resourcesdeployments';
import type { JsonObject } from '@slipway/arm-template';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { polling, startTestCloud, subscription, type TestCloud } from '../../local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const type = 'Microsoft.Network/rehearsals';
const rehearsal = (name: string, properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type,
  apiVersion: '2025-01-01',
  name,
  location: 'eastus',
  properties,
  ...more,
});
const template = (resources: JsonObject[], more: JsonObject = {}): JsonObject => ({
  $schema: schema,
  contentVersion: '1.0.0.0',
  resources,
  ...more,
});
const body = (content: JsonObject, parameters: JsonObject) => ({
  properties: { mode: 'Incremental' as const, template: content, parameters: parameters as never },
});
const idOf = (name: string, group = 'rg') =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;

const deploy = (content: JsonObject, parameters: JsonObject = {}) =>
  cloud.deployments.deployments.createOrUpdate('rg', 'made', body(content, parameters), polling);
const ask = (content: JsonObject, parameters: JsonObject = {}) =>
  cloud.deployments.deployments.whatIf('rg', 'asked', body(content, parameters), polling);
const changeOf = ({ changes }: WhatIfOperationResult, id: string): WhatIfChange | undefined =>
  changes?.find(({ resourceId }) => resourceId?.toLowerCase() === id.toLowerCase());

const network = (subnets: JsonObject[]): JsonObject => ({
  type: 'Microsoft.Network/virtualNetworks',
  apiVersion: '2025-05-01',
  name: 'net',
  location: 'eastus',
  properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets },
});

const subnet = (prefix: string): JsonObject => ({
  type: 'Microsoft.Network/virtualNetworks/subnets',
  apiVersion: '2025-05-01',
  name: 'net/inside',
  dependsOn: ["[resourceId('Microsoft.Network/virtualNetworks', 'net')]"],
  properties: { addressPrefix: prefix },
});

const wrapper = (group: string, tags: JsonObject): JsonObject => ({
  $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [
    {
      type: 'Microsoft.Resources/resourceGroups',
      apiVersion: '2025-04-01',
      name: group,
      location: 'East US',
      tags,
    },
    {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2025-04-01',
      name: 'inside',
      resourceGroup: group,
      dependsOn: [`[subscriptionResourceId('Microsoft.Resources/resourceGroups', '${group}')]`],
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope: 'inner' },
        template: template([rehearsal('thing', { where: '[resourceGroup().id]' })]),
      },
    },
  ],
});

const askThere = (content: JsonObject) =>
  cloud.deployments.deployments.whatIfAtSubscriptionScope(
    'asked',
    { location: 'eastus', ...body(content, {}) },
    polling,
  );

const given = (secret: string): JsonObject => ({ secret: { value: secret }, open: { value: 'known' } });

const declared = { secret: { type: 'securestring' }, open: { type: 'string' } };

const expectNone = (result: unknown, secret: string): void => {
  const text = JSON.stringify(result);
  const coded = Buffer.from(secret).toString('base64');
  for (const trace of [secret, coded, secret.toUpperCase(), secret.slice(0, 9)])
    expect(text).not.toContain(trace);
};

/** Properties that a secret gets into in many ways. */
const secretive = (open: string): JsonObject => ({
  open: `[concat(parameters('open'), '${open}')]`,
  plain: "[parameters('secret')]",
  coded: "[base64(parameters('secret'))]",
  cut: "[substring(parameters('secret'), 0, 9)]",
  list: ["[toUpper(parameters('secret'))]", 'fixed'],
  told: '[string(deployment().properties.parameters)]',
  adminPassword: "[parameters('secret')]",
  "[parameters('secret')]": 'by name',
});

const hiding = (open = ''): JsonObject =>
  template([rehearsal('hidden', secretive(open), { tags: { key: "[parameters('secret')]" } })], {
    parameters: declared,
  });

describe('a template', () => {
  test('with a false condition leaves a resource alone; names have no case', async () => {
    await deploy(template([rehearsal('One', { a: 1 }, { tags: { owner: 'me' } }), rehearsal('two', {})]));
    const result = await ask(
      template([
        rehearsal('ONE', { A: 2 }, { tags: {} }),
        rehearsal('two', { x: 1 }, { condition: '[equals(1, 2)]' }),
      ]),
    );
    expect(changeOf(result, idOf('one'))).toMatchObject({
      resourceId: idOf('One'),
      changeType: 'Modify',
      delta: [
        { path: 'tags.owner', propertyChangeType: 'Delete', before: 'me' },
        { path: 'properties.A', propertyChangeType: 'Modify', before: 1, after: 2 },
      ],
    });
    expect(changeOf(result, idOf('two'))?.changeType).toBe('Ignore');
    // PUT replaces: what the template does not say is gone.
    expect(changeOf(await ask(template([rehearsal('one', {})])), idOf('one'))?.delta).toMatchObject([
      { path: 'properties.a', propertyChangeType: 'Delete' },
      { path: 'tags.owner', propertyChangeType: 'Delete' },
    ]);
  });

  test('is expanded with its copies, and with what is nested in it', async () => {
    const inner = template(
      [rehearsal("[concat(parameters('prefix'), copyIndex())]", {}, { copy: { name: 'loop', count: 2 } })],
      {
        parameters: { prefix: { type: 'string' } },
      },
    );
    const result = await ask(
      template([
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2025-04-01',
          name: 'inner',
          properties: {
            mode: 'Incremental',
            expressionEvaluationOptions: { scope: 'inner' },
            template: inner,
            parameters: { prefix: { value: 'nested' } },
          },
        },
      ]),
    );
    const created = (result.changes ?? []).filter(({ changeType }) => changeType === 'Create');
    expect(created.map(({ resourceId, deploymentId }) => [resourceId, deploymentId])).toEqual(
      [0, 1].map((index) => [
        idOf(`nested${index}`),
        `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/deployments/inner`,
      ]),
    );
  });

  test('answers references to what is there, and leaves the others as the template writes them', async () => {
    const source = rehearsal('source', { value: 'seen' });
    const use = (of: string): JsonObject =>
      rehearsal(
        'user',
        { value: `[reference(resourceId('${type}', '${of}'), '2025-01-01').value]` },
        {
          dependsOn: [`[resourceId('${type}', '${of}')]`],
        },
      );
    await deploy(template([source, use('source')]));
    const again = await ask(template([source, use('source')]));
    expect(changeOf(again, idOf('user'))?.changeType).toBe('NoChange');
    const changing = await ask(template([rehearsal('source', { value: 'other' }), use('source')]));
    expect(changeOf(changing, idOf('user'))?.delta).toEqual([
      { path: 'properties.value', propertyChangeType: 'Modify', before: 'seen', after: 'other' },
    ]);
    const fresh = await ask(template([rehearsal('fresh', { value: 'x' }), use('fresh')]));
    expect(changeOf(fresh, idOf('user'))?.delta).toEqual([
      {
        path: 'properties.value',
        propertyChangeType: 'Modify',
        before: 'seen',
        after: `[reference('${idOf('fresh')}', '2025-01-01').value]`,
      },
    ]);
  });

  test('whose nested deployment only the running one can expand says so', async () => {
    const result = await ask(
      template([
        rehearsal('later', { value: 'x' }),
        {
          type: 'Microsoft.Resources/deployments',
          apiVersion: '2025-04-01',
          name: 'unknown',
          dependsOn: [`[resourceId('${type}', 'later')]`],
          properties: {
            mode: 'Incremental',
            expressionEvaluationOptions: { scope: 'inner' },
            template: template([], { parameters: { name: { type: 'string' } } }),
            parameters: {
              name: { value: `[reference(resourceId('${type}', 'later'), '2025-01-01').value]` },
            },
          },
        },
      ]),
    );
    const nested = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/deployments/unknown`;
    expect(changeOf(result, nested)).toMatchObject({
      changeType: 'Unsupported',
      unsupportedReason: expect.stringContaining('only the running deployment'),
    });
    expect(result.diagnostics).toMatchObject([
      { level: 'Warning', code: 'NestedDeploymentShortCircuited', target: nested },
    ]);
  });

  test('that deploys a child of its parent tells each of what it is', async () => {
    await deploy(template([network([]), subnet('10.0.1.0/24')]));
    const again = await ask(template([network([]), subnet('10.0.1.0/24')]));
    expect(again.changes?.filter(({ changeType }) => !/NoChange|Ignore/.test(changeType))).toEqual([]);
    const other = await ask(template([subnet('10.0.2.0/24')].map(({ dependsOn: _none, ...rest }) => rest)));
    expect(other.changes?.find(({ changeType }) => changeType === 'Modify')).toMatchObject({
      resourceId: expect.stringMatching(/\/subnets\/inside$/),
      delta: [{ path: 'properties.addressPrefix', before: '10.0.1.0/24', after: '10.0.2.0/24' }],
    });
  });

  test('with more in it than is foreseen is told as far as it goes, and that this is not all', async () => {
    const many: JsonObject = {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2025-04-01',
      name: "[concat('many', copyIndex())]",
      copy: { name: 'loop', count: 502 },
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope: 'inner' },
        template: template([rehearsal('[deployment().name]', {})]),
      },
    };
    const result = await ask(template([many]));
    expect(result.status).toBe('Succeeded');
    expect(
      (result.changes ?? []).filter(({ changeType }) => changeType === 'Create').length,
    ).toBeLessThanOrEqual(500);
    expect(result.diagnostics).toMatchObject([{ level: 'Warning', code: 'WhatIfLimitExceeded' }]);
  });

  test('that is empty does nothing', async () => {
    const result = await ask(template([]));
    expect(result.changes?.every(({ changeType }) => changeType === 'Ignore')).toBe(true);
  });
});

describe('at subscription level', () => {
  test('a group that does not exist is created, with what is in it', async () => {
    const result = await askThere(wrapper('fresh', { a: '1' }));
    expect(result.changes).toMatchObject([
      {
        resourceId: `/subscriptions/${subscription}/resourceGroups/fresh`,
        changeType: 'Create',
        after: { type: 'Microsoft.Resources/resourceGroups', name: 'fresh', tags: { a: '1' } },
      },
      {
        resourceId: idOf('thing', 'fresh'),
        changeType: 'Create',
        after: { properties: { where: `/subscriptions/${subscription}/resourceGroups/fresh` } },
      },
    ]);
    expect(await cloud.resources.resourceGroups.checkExistence('fresh')).toMatchObject({ body: false });
  });

  test('a group that exists changes its tags, or nothing', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('there', {
      location: 'eastus',
      tags: { a: '1', b: '2' },
    });
    expect(
      changeOf(
        await askThere(wrapper('there', { a: '1', b: '2' })),
        `/subscriptions/${subscription}/resourceGroups/there`,
      ),
    ).toMatchObject({
      changeType: 'NoChange',
    });
    expect(
      changeOf(
        await askThere(wrapper('There', { a: '0' })),
        `/subscriptions/${subscription}/resourceGroups/there`,
      ),
    ).toMatchObject({
      changeType: 'Modify',
      delta: [
        { path: 'tags.a', propertyChangeType: 'Modify', before: '1', after: '0' },
        { path: 'tags.b', propertyChangeType: 'Delete', before: '2' },
      ],
    });
  });
});

describe('secrets', () => {
  test('are never in the answer, whatever the template makes of them', async () => {
    const secret = 'hush-hush-0815';
    const created = await ask(hiding(), given(secret));
    expectNone(created, secret);
    expect(changeOf(created, idOf('hidden'))?.after).toMatchObject({
      properties: { open: 'known', plain: '*******', list: ['*******', 'fixed'], adminPassword: '*******' },
      tags: { key: '*******' },
    });
    await deploy(hiding(), given(secret));
    // What everybody can read by GET is no secret any more; what would become of it is.
    const again = await ask(hiding(), given(secret));
    expect(changeOf(again, idOf('hidden'))?.changeType).toBe('NoChange');
    const changed = await ask(hiding('!'), given('other-secret-4711'));
    expect(JSON.stringify(changed)).not.toContain('4711');
    expect(changeOf(changed, idOf('hidden'))?.delta).toContainEqual({
      path: 'properties.open',
      propertyChangeType: 'Modify',
      before: 'known',
      after: 'known!',
    });
    expect(changeOf(changed, idOf('hidden'))?.delta).toContainEqual({
      path: 'properties.plain',
      propertyChangeType: 'Modify',
      before: secret,
      after: '*******',
    });
  });

  test('go through nested deployments unseen, in both scopes', async () => {
    const inner = (scope: 'inner' | 'outer'): JsonObject => ({
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2025-04-01',
      name: `in-${scope}`,
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope },
        template: template(
          [rehearsal(`in-${scope}`, { value: "[parameters('secret')]", open: "[parameters('open')]" })],
          scope === 'inner' ? { parameters: { secret: { type: 'string' }, open: { type: 'string' } } } : {},
        ),
        ...(scope === 'inner'
          ? {
              parameters: {
                secret: { value: "[parameters('secret')]" },
                open: { value: "[parameters('open')]" },
              },
            }
          : {}),
      },
    });
    const secret = 'nested-nested-0816';
    const result = await ask(
      template([inner('inner'), inner('outer')], { parameters: declared }),
      given(secret),
    );
    expectNone(result, secret);
    for (const name of ['in-inner', 'in-outer'])
      expect(changeOf(result, idOf(name))?.after?.properties).toEqual({ value: '*******', open: 'known' });
  });

  test('that do not fit a stand-in hide all that may depend on them', async () => {
    const content = template(
      [rehearsal('json', { user: "[json(parameters('secret')).user]", open: "[parameters('open')]" })],
      { parameters: declared },
    );
    const result = await ask(content, given('{"user":"somebody-0817"}'));
    expectNone(result, 'somebody-0817');
    expect(changeOf(result, idOf('json'))?.after?.properties).toBe('*******');
  });

  test('of accounts, as listKeys tells them, stay expressions', async () => {
    const account: JsonObject = {
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2025-06-01',
      name: 'slipwaywhatif',
      location: 'eastus',
      sku: { name: 'Standard_LRS' },
      kind: 'StorageV2',
      properties: {},
    };
    const key =
      "listKeys(resourceId('Microsoft.Storage/storageAccounts', 'slipwaywhatif'), '2025-06-01').keys[0].value";
    const user = (more: string): JsonObject =>
      rehearsal(
        'keyed',
        { key: `[${key}]`, mixed: `[base64(concat('${more}', ${key}))]` },
        {
          dependsOn: ["[resourceId('Microsoft.Storage/storageAccounts', 'slipwaywhatif')]"],
        },
      );
    await deploy(template([account]));
    const path = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/slipwaywhatif/listKeys`;
    const { json } = await cloud.send('POST', `${path}?api-version=2025-06-01`);
    const value = String(json.keys[0].value);
    const created = await ask(template([account, user('a')]));
    expect(JSON.stringify(created)).not.toContain(value);
    expect(JSON.stringify(created)).not.toContain(Buffer.from(`a${value}`).toString('base64'));
    expect(changeOf(created, idOf('keyed'))?.after?.properties.key).toMatch(/^\[listKeys\('/);
    await deploy(template([account, user('a')]));
    expect(changeOf(await ask(template([account, user('a')])), idOf('keyed'))?.changeType).toBe('NoChange');
    const changed = await ask(template([account, user('b')]));
    expect(changeOf(changed, idOf('keyed'))?.delta).toMatchObject([
      { path: 'properties.mixed', propertyChangeType: 'Modify', after: '*******' },
    ]);
    expect(JSON.stringify(changed)).not.toContain(Buffer.from(`b${value}`).toString('base64'));
  });
});

const onlyOnce = (size: number, outputs: JsonObject = {}): JsonObject => ({
  ...template([], { languageVersion: '2.0', outputs }),
  resources: { kept: rehearsal('kept-once', { size }, { '@options': { onlyIfNotExists: [] } }) },
});

test('what is only deployed where it is not there yet is left as it is, and no change is foreseen', async () => {
  const first = await ask(onlyOnce(1));
  expect(changeOf(first, idOf('kept-once'))?.changeType).toBe('Create');
  await deploy(onlyOnce(1));
  const again = await ask(onlyOnce(2));
  expect(changeOf(again, idOf('kept-once'))?.changeType).toBe('NoChange');
  await deploy(onlyOnce(2, { size: { type: 'int', value: "[reference('kept').size]" } }));
  const { properties } = await cloud.deployments.deployments.get('rg', 'made');
  expect(properties?.outputs).toMatchObject({ size: { value: 1 } });
});

/** A resource with a lock on it, in a group that gets tags. */
const governed = (level: string, tags: JsonObject): JsonObject =>
  template([
    rehearsal('governed', {}),
    {
      type: 'Microsoft.Authorization/locks',
      apiVersion: '2016-09-01',
      name: 'governing',
      scope: "[resourceId('Microsoft.Network/rehearsals', 'governed')]",
      dependsOn: ['governed'],
      properties: { level, notes: 'why' },
    },
    {
      type: 'Microsoft.Resources/tags',
      apiVersion: '2021-04-01',
      name: 'default',
      dependsOn: ['governed'],
      properties: { tags },
    },
  ]);

describe('what governs resources', () => {
  const lockId = `${idOf('governed')}/providers/Microsoft.Authorization/locks/governing`;
  const tagsId = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/tags/default`;

  test('is foreseen as what becomes of it', async () => {
    const first = await ask(governed('CanNotDelete', { a: '1' }));
    expect(changeOf(first, lockId)).toMatchObject({
      changeType: 'Create',
      after: { properties: { level: 'CanNotDelete' } },
    });
    expect(changeOf(first, tagsId)).toMatchObject({
      changeType: 'Modify',
      delta: [{ path: 'properties.tags.a', propertyChangeType: 'Create', after: '1' }],
    });
    await deploy(governed('CanNotDelete', { a: '1' }));
    const again = await ask(governed('CanNotDelete', { a: '1' }));
    for (const id of [lockId, tagsId]) expect(changeOf(again, id)?.changeType, id).toBe('NoChange');
    const other = await ask(governed('ReadOnly', {}));
    expect(changeOf(other, lockId)?.delta).toMatchObject([
      { path: 'properties.level', before: 'CanNotDelete', after: 'ReadOnly' },
    ]);
    expect(changeOf(other, tagsId)?.delta).toMatchObject([
      { path: 'properties.tags.a', propertyChangeType: 'Delete' },
    ]);
    await cloud.send('DELETE', `${lockId}?api-version=2016-09-01`);
  });
});
