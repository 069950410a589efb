import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentOperation } from '@azure/arm-resourcesdeployments';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { HandClock, testProvider, thingsTemplate } from '../test-provider.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
  for (const name of ['rg', 'other'])
    await cloud.resources.resourceGroups.createOrUpdate(name, { location: 'eastus' });
});
afterAll(() => cloud.close());

const api = '2026-01-01';
const groupId = (group: string) => `/subscriptions/${subscription}/resourceGroups/${group}`;
const idOf = (name: string, group = 'rg') => `${groupId(group)}/providers/Microsoft.Test/things/${name}`;

const deploy = (name: string, template: object, parameters: Record<string, { value: unknown }> = {}) =>
  cloud.deployments.deployments.createOrUpdate(
    'rg',
    name,
    { properties: { mode: 'Incremental', template, parameters } } as never,
    polling,
  );

async function operationsOf(name: string, from: TestCloud = cloud): Promise<DeploymentOperation[]> {
  const found: DeploymentOperation[] = [];
  for await (const operation of from.deployments.deploymentOperations.list('rg', name)) found.push(operation);
  return found;
}

const createsOf = async (name: string, from?: TestCloud) =>
  (await operationsOf(name, from))
    .filter(({ properties }) => properties?.provisioningOperation === 'Create')
    .toSorted((a, b) => Number(a.properties?.timestamp) - Number(b.properties?.timestamp));

const errorOf = async (name: string) =>
  (await cloud.deployments.deployments.get('rg', name)).properties?.error;

describe('a deployment', () => {
  test('makes its resources and answers like Azure', async () => {
    const template = thingsTemplate(
      { one: { properties: { size: "[parameters('size')]" } }, two: { dependsOn: ['one'] } },
      {
        parameters: {
          size: { type: 'int' },
          secret: { type: 'securestring', defaultValue: 'hush-hush-0815' },
        },
        outputs: {
          size: { type: 'int', value: "[reference('one').size]" },
          secret: { type: 'securestring', value: "[parameters('secret')]" },
        },
      },
    );
    const { id, properties } = await deploy('full', template, { size: { value: 3 } });
    expect(id).toBe(`${groupId('rg')}/providers/Microsoft.Resources/deployments/full`);
    expect(properties).toMatchObject({
      provisioningState: 'Succeeded',
      mode: 'Incremental',
      parameters: { size: { type: 'Int', value: 3 }, secret: { type: 'SecureString' } },
      outputs: { size: { type: 'Int', value: 3 }, secret: { type: 'SecureString' } },
      outputResources: [{ id: idOf('one') }, { id: idOf('two') }],
      validatedResources: [{ id: idOf('one') }, { id: idOf('two') }],
      providers: [{ namespace: 'Microsoft.Test' }],
      dependencies: [{ id: idOf('two'), dependsOn: [{ id: idOf('one') }] }],
    });
    expect(properties?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(properties?.templateHash).toMatch(/^\d+$/);
    expect(properties?.duration).toMatch(/^PT/);
    expect(properties?.error).toBeUndefined();
    const raw = await cloud.send('GET', `${id}?api-version=2025-04-01`);
    expect(raw.json.properties.template).toBeUndefined();
    expect(raw.text).not.toContain('hush-hush-0815');
    const exported = await cloud.deployments.deployments.exportTemplate('rg', 'full');
    expect(exported.template).toEqual(template);
  });

  test('keeps secure parameters encrypted on disk', () => {
    const folder = join(cloud.settings.dataDir, 'local-cloud');
    const onDisk = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
    expect(onDisk).not.toContain('hush-hush-0815');
  });

  test('has one operation per write, reads, and the evaluation of its outputs', async () => {
    const operations = await operationsOf('full');
    const kinds = operations.map(({ properties }) => String(properties?.provisioningOperation)).toSorted();
    expect(kinds).toEqual(['Create', 'Create', 'EvaluateDeploymentOutput', 'Read']);
    const [create] = await createsOf('full');
    expect(create?.operationId).toMatch(/^[0-9A-F]{16}$/);
    expect(create?.properties).toMatchObject({
      provisioningState: 'Succeeded',
      statusCode: 'Created',
      targetResource: { id: idOf('one'), resourceType: 'Microsoft.Test/things', resourceName: 'one' },
    });
    const times = operations.map(({ properties }) => Number(properties?.timestamp));
    expect(new Set(times).size).toBe(times.length);
    const one = await cloud.deployments.deploymentOperations.get('rg', 'full', create?.operationId ?? '');
    expect(one.properties?.targetResource?.id).toBe(idOf('one'));
    const providersForm = await cloud.send(
      'GET',
      `${groupId('rg')}/providers/Microsoft.Resources/deployments/full/operations?api-version=2021-04-01`,
    );
    expect(providersForm.json.value).toHaveLength(4);
  });

  test('follows Azure on the wire: 201 with Accepted, then 200; a list with a trailing slash; HEAD', async () => {
    const path = `/subscriptions/${subscription}/resourcegroups/rg/providers/Microsoft.Resources/deployments`;
    const body = `{"properties": {"parameters": {}, "mode": "Incremental", template:${JSON.stringify(thingsTemplate({}))}}}`;
    const created = await cloud.send('PUT', `${path}/wire?api-version=2021-04-01`, { body });
    expect(created.status).toBe(201);
    expect(created.json.properties.provisioningState).toBe('Accepted');
    const statusUrl = new URL(String(created.headers['azure-asyncoperation']));
    expect(statusUrl.pathname).toContain('/deployments/wire/operationStatuses/');
    await expect.poll(async () => (await cloud.send('GET', statusUrl.href)).json.status).toBe('Succeeded');
    expect((await cloud.send('PUT', `${path}/wire?api-version=2021-04-01`, { body })).status).toBe(200);
    const list = await cloud.send('GET', `${path}/?api-version=2021-04-01`);
    expect(list.json.value.map(({ name }: { name: string }) => name)).toContain('wire');
    expect(await cloud.deployments.deployments.checkExistence('rg', 'wire')).toMatchObject({ body: true });
    expect(await cloud.deployments.deployments.checkExistence('rg', 'none')).toMatchObject({ body: false });
  });

  test('is removed from the history, and its resources stay', async () => {
    await cloud.deployments.deployments.delete('rg', 'full', polling);
    expect(await rejection(cloud.deployments.deployments.get('rg', 'full'))).toMatchObject({
      code: 'DeploymentNotFound',
      statusCode: 404,
    });
    expect((await cloud.resources.resources.getById(idOf('one'), api)).name).toBe('one');
  });

  test('makes nothing whose condition is false', async () => {
    const template = thingsTemplate({ yes: {}, no: {} });
    const [, no] = template.resources as Record<string, unknown>[];
    no!.condition = false;
    const { properties } = await deploy('conditional', template);
    expect(properties?.outputResources).toEqual([{ id: idOf('yes') }]);
  });

  test('uses what list functions answer', async () => {
    const { properties } = await deploy(
      'keys',
      thingsTemplate(
        { keeper: { properties: { password: 'k1' } } },
        {
          outputs: {
            key: {
              type: 'string',
              value: "[listKeys(resourceId('Microsoft.Test/things', 'keeper'), '2026-01-01').key]",
            },
          },
        },
      ),
    );
    expect(properties?.outputs).toEqual({ key: { type: 'String', value: 'k1' } });
    const kinds = (await operationsOf('keys')).map(
      (operation) => operation.properties?.provisioningOperation,
    );
    expect(kinds).toContain('Action');
  });
});

describe('what is wrong with a template', () => {
  test.each([
    [
      'InvalidTemplate',
      { ...thingsTemplate({}), outputs: { o: { type: 'string', value: "[parameters('none')]" } } },
    ],
    ['InvalidTemplate', thingsTemplate({ a: { dependsOn: ['none'] } })],
    ['InvalidTemplateDeployment', thingsTemplate({ a: { properties: { refuseInPreflight: 'Not this.' } } })],
  ])('is answered with 400 %s and leaves nothing behind', async (code, template) => {
    const refused = await rejection(deploy('wrong', template));
    expect(refused).toMatchObject({ code, statusCode: 400 });
    expect(await cloud.deployments.deployments.checkExistence('rg', 'wrong')).toMatchObject({ body: false });
  });

  test('is told by validate too, with every detail', async () => {
    const template = thingsTemplate({
      a: { properties: { refuseInPreflight: 'First.' } },
      b: { properties: { refuseInPreflight: 'Second.' } },
      c: {},
    });
    const path = `${groupId('rg')}/providers/Microsoft.Resources/deployments/v/validate?api-version=2025-04-01`;
    const answer = await cloud.send('POST', path, {
      body: { properties: { mode: 'Incremental', template } },
    });
    expect(answer.status).toBe(400);
    expect(answer.json.error.code).toBe('InvalidTemplateDeployment');
    expect(answer.json.error.message).toMatch(
      /^The template deployment 'v' is not valid according to the validation procedure\./,
    );
    expect(answer.json.error.details).toEqual([
      { code: 'ThingRefused', message: 'First.', target: idOf('a') },
      { code: 'ThingRefused', message: 'Second.', target: idOf('b') },
    ]);
  });

  test('is not found where nothing is wrong: validate answers what would be made', async () => {
    const result = await cloud.deployments.deployments.validate(
      'rg',
      'v',
      { properties: { mode: 'Incremental', template: thingsTemplate({ fine: {} }) } } as never,
      polling,
    );
    expect(result.properties?.validatedResources).toEqual([{ id: idOf('fine') }]);
    expect(await cloud.resources.resources.checkExistenceById(idOf('fine'), api)).toMatchObject({
      body: false,
    });
  });

  test.each([
    ['no template', { mode: 'Incremental' }, 'InvalidDeploymentRequest'],
    ['a mode that is none', { mode: 'Sometimes', template: {} }, 'InvalidRequestContent'],
    [
      'a validation level that is none',
      { mode: 'Incremental', template: {}, validationLevel: 'All' },
      'InvalidRequestContent',
    ],
    [
      'a link',
      { mode: 'Incremental', templateLink: { uri: 'https://example.com/t.json' } },
      'InvalidContentLink',
    ],
    ['a template that is a list', { mode: 'Incremental', template: [] }, 'InvalidRequestContent'],
  ])('%s is refused with its code', async (_name, properties, code) => {
    const path = `${groupId('rg')}/providers/Microsoft.Resources/deployments/bad?api-version=2025-04-01`;
    const answer = await cloud.send('PUT', path, { body: { properties } });
    expect([answer.status, answer.json.error.code]).toEqual([400, code]);
  });

  test('includes its name', async () => {
    expect((await rejection(deploy('x'.repeat(65), thingsTemplate({})))).code).toBe(
      'DeploymentNameLengthLimitExceeded',
    );
    expect((await rejection(deploy('a b', thingsTemplate({})))).code).toBe('DeploymentNameInvalidCharacters');
  });
});

describe('a failure', () => {
  test('stops what depends on it, lets the rest finish, and is told with its reason', async () => {
    const template = thingsTemplate({
      bad: { properties: { failLater: 'Out of order.' } },
      after: { dependsOn: ['bad'] },
      last: { dependsOn: ['after'] },
      apart: {},
    });
    await rejection(deploy('failing', template));
    const error = await errorOf('failing');
    expect(error).toMatchObject({
      code: 'DeploymentFailed',
      message: expect.stringMatching(
        /^At least one resource deployment operation failed\. Please list deployment operations/,
      ),
      details: [
        {
          code: 'ResourceDeploymentFailure',
          target: idOf('bad'),
          details: [{ code: 'ThingBroke', message: 'Out of order.' }],
        },
      ],
    });
    const states = (await createsOf('failing')).map(({ properties }) =>
      [properties?.targetResource?.resourceName, properties?.provisioningState, properties?.statusCode].join(
        ' ',
      ),
    );
    expect(states.toSorted()).toEqual(['apart Succeeded Created', 'bad Failed Conflict']);
  });

  test("of the provider's PUT is told as the provider told it", async () => {
    await rejection(deploy('refused', thingsTemplate({ no: { properties: { refuse: 'Never.' } } })));
    expect((await errorOf('refused'))?.details).toMatchObject([
      { code: 'ThingRefused', message: 'Never.', target: idOf('no') },
    ]);
    const [operation] = await createsOf('refused');
    expect(operation?.properties?.statusMessage).toMatchObject({
      error: { code: 'ThingRefused', message: 'Never.' },
    });
  });

  test('of an expression at run time names the resource', async () => {
    const template = thingsTemplate({
      reader: {
        properties: { x: "[reference(resourceId('Microsoft.Test/things', 'gone'), '2026-01-01').x]" },
      },
    });
    await rejection(deploy('unreadable', template));
    const [detail] = (await errorOf('unreadable'))?.details ?? [];
    expect(detail?.code).toBe('InvalidTemplate');
    expect(detail?.message).toContain(
      `Unable to process template language expressions for resource '${idOf('reader')}'`,
    );
    expect(detail?.message).toContain("'Microsoft.Test/things/gone' under resource group 'rg' was not found");
  });

  test.each(['refuse', 'failLater'])(
    'of a resource does not repeat a parameter that is secure: %s',
    async (how) => {
      const template = {
        ...thingsTemplate({ sick: { properties: { [how]: "[concat('It was ', parameters('word'))]" } } }),
        languageVersion: '1.10-experimental',
        definitions: { login: { type: 'object', properties: { password: { type: 'secureString' } } } },
        parameters: { word: { $ref: '#/definitions/login/properties/password' } },
      };
      await rejection(deploy(`hushed-${how}`, template, { word: { value: 'hush-hush-0816' } }));
      const error = JSON.stringify(await errorOf(`hushed-${how}`));
      expect(error).toContain('It was ***');
      expect(error).not.toContain('hush-hush-0816');
    },
  );

  test('of an output is told as such', async () => {
    const template = thingsTemplate(
      { done: {} },
      { outputs: { o: { type: 'string', value: "[reference('done').nothing]" } } },
    );
    await rejection(deploy('no-output', template));
    expect(await errorOf('no-output')).toMatchObject({
      code: 'DeploymentOutputEvaluationFailed',
      message:
        "Unable to evaluate template outputs: 'o'. Please see error details and deployment operations. Please see https://aka.ms/arm-common-errors for usage details.",
      details: [
        {
          code: 'DeploymentOutputEvaluationFailed',
          target: 'o',
          message: expect.stringContaining(
            "The template output 'o' is not valid: The language expression property",
          ),
        },
      ],
    });
  });
});

const nested = (name: string, template: object, more: object = {}) => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2025-04-01',
  name,
  ...more,
  properties: { mode: 'Incremental', expressionEvaluationOptions: { scope: 'inner' }, template },
});

const secureOf = (name: string) =>
  `[listOutputsWithSecureValues(resourceId('Microsoft.Resources/deployments', 'vault'), '2025-04-01').${name}]`;

describe('nested deployments', () => {
  test('run in their own groups, and their outputs are there for others', async () => {
    const inner = thingsTemplate(
      { inside: { properties: { n: 5 } } },
      { outputs: { n: { type: 'int', value: "[reference('inside').n]" } } },
    );
    const outer = {
      ...thingsTemplate({}),
      resources: [nested('inner', inner, { resourceGroup: 'other' })],
      outputs: {
        n: {
          type: 'int',
          value:
            "[reference(resourceId('other', 'Microsoft.Resources/deployments', 'inner')).outputs.n.value]",
        },
      },
    };
    const { properties } = await deploy('outer', outer);
    expect(properties).toMatchObject({
      outputs: { n: { type: 'Int', value: 5 } },
      outputResources: [{ id: idOf('inside', 'other') }],
    });
    const child = await cloud.deployments.deployments.get('other', 'inner');
    expect(child.properties?.correlationId).toBe(properties?.correlationId);
  });

  test('give their secure outputs to others, and nobody else sees them', async () => {
    const hidden = 'said-in-secret-4711';
    const outputs = {
      secret: { type: 'securestring', value: hidden },
      box: { type: 'secureobject', value: { inside: hidden } },
      open: { type: 'int', value: 5 },
    };
    const outer = {
      ...thingsTemplate({}),
      resources: [
        nested('vault', thingsTemplate({}, { outputs })),
        {
          type: 'Microsoft.Test/things',
          apiVersion: api,
          name: 'told',
          location: 'eastus',
          dependsOn: ["[resourceId('Microsoft.Resources/deployments', 'vault')]"],
          properties: { secret: secureOf('secret'), box: secureOf('box'), open: secureOf('open') },
        },
      ],
      outputs: { again: { type: 'securestring', value: secureOf('secret') } },
    };
    const { properties } = await deploy('with-secrets', outer);
    expect(properties?.outputs).toStrictEqual({ again: { type: 'SecureString' } });
    const told = await cloud.send('GET', `${idOf('told')}?api-version=${api}`);
    expect(told.json.properties).toMatchObject({ secret: hidden, box: { inside: hidden }, open: 5 });
    const raw = await cloud.send(
      'GET',
      `${groupId('rg')}/providers/Microsoft.Resources/deployments/vault?api-version=2025-04-01`,
    );
    expect(raw.json.properties.outputs).toStrictEqual({
      secret: { type: 'SecureString' },
      box: { type: 'SecureObject' },
      open: { type: 'Int', value: 5 },
    });
  });

  test('fail their parent with an error inside its error', async () => {
    const inner = thingsTemplate({ sick: { properties: { failLater: 'Deep down.' } } });
    await rejection(deploy('sad', { ...thingsTemplate({}), resources: [nested('sad-inner', inner)] }));
    expect(await errorOf('sad')).toMatchObject({
      code: 'DeploymentFailed',
      details: [
        {
          code: 'DeploymentFailed',
          details: [{ code: 'ResourceDeploymentFailure', details: [{ code: 'ThingBroke' }] }],
        },
      ],
    });
  });

  test('at subscription level make a group and fill it, and are validated before the group exists', async () => {
    const inner = thingsTemplate({ born: {} });
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [
        {
          type: 'Microsoft.Resources/resourceGroups',
          apiVersion: '2022-09-01',
          name: 'fresh',
          location: 'westeurope',
          tags: { a: 'b' },
          properties: {},
        },
        nested('fill', inner, {
          resourceGroup: 'fresh',
          dependsOn: ["[resourceId('Microsoft.Resources/resourceGroups', 'fresh')]"],
        }),
      ],
    };
    const request = { location: 'eastus', properties: { mode: 'Incremental', template } } as never;
    const { deployments } = cloud.deployments;
    const checked = await deployments.validateAtSubscriptionScope('wrapper', request, polling);
    expect(checked.properties?.validatedResources).toEqual([
      { id: groupId('fresh') },
      { id: idOf('born', 'fresh') },
    ]);
    expect(await cloud.resources.resourceGroups.checkExistence('fresh')).toMatchObject({ body: false });
    const done = await deployments.createOrUpdateAtSubscriptionScope('wrapper', request, polling);
    expect(done).toMatchObject({ location: 'eastus', properties: { provisioningState: 'Succeeded' } });
    expect((await cloud.resources.resourceGroups.get('fresh')).tags).toEqual({ a: 'b' });
    expect((await cloud.resources.resources.getById(idOf('born', 'fresh'), api)).location).toBe('westeurope');
    const moved = rejection(
      deployments.createOrUpdateAtSubscriptionScope(
        'wrapper',
        { location: 'westus2', properties: { mode: 'Incremental', template } } as never,
        polling,
      ),
    );
    expect((await moved).code).toBe('InvalidDeploymentLocation');
    const placeless = await cloud.send(
      'PUT',
      `/subscriptions/${subscription}/providers/Microsoft.Resources/deployments/nowhere?api-version=2025-04-01`,
      { body: { properties: { mode: 'Incremental', template } } },
    );
    expect(placeless.json.error.code).toBe('LocationRequired');
  });

  test('are preflighted with their parent', async () => {
    const inner = thingsTemplate({ a: { properties: { refuseInPreflight: 'Inner no.' } } });
    const refused = await rejection(
      deploy('deep', { ...thingsTemplate({}), resources: [nested('deep-inner', inner)] }),
    );
    expect(refused.code).toBe('InvalidTemplateDeployment');
    expect(await cloud.deployments.deployments.checkExistence('rg', 'deep-inner')).toMatchObject({
      body: false,
    });
  });
});

describe('with time standing still', () => {
  let slow: TestCloud;
  const clock = new HandClock();
  beforeAll(async () => {
    slow = await startTestCloud({ providers: [testProvider], clock, settings: { pace: 'realistic' } });
    await slow.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  });
  afterAll(() => slow.close());

  const begin = (name: string, template: object) =>
    slow.send(
      'PUT',
      `${groupId('rg')}/providers/Microsoft.Resources/deployments/${name}?api-version=2025-04-01`,
      {
        body: { properties: { mode: 'Incremental', template } },
      },
    );
  const stateOf = async (name: string) =>
    (await slow.deployments.deployments.get('rg', name)).properties?.provisioningState;
  const states = async (name: string) =>
    (await createsOf(name, slow)).map(
      ({ properties }) => `${properties?.targetResource?.resourceName} ${properties?.provisioningState}`,
    );

  test('the history is still told newest first, and the last that succeeded is the last', async () => {
    await slow.resources.resourceGroups.createOrUpdate('moment', { location: 'eastus' });
    const { deployments } = slow.deployments;
    const properties = { mode: 'Incremental' as const, template: thingsTemplate({}) };
    for (const name of ['a', 'c', 'b'])
      await deployments.createOrUpdate('moment', name, { properties }, polling);
    const names: (string | undefined)[] = [];
    for await (const { name } of deployments.listByResourceGroup('moment')) names.push(name);
    expect(names).toEqual(['b', 'c', 'a']);
    const onErrorDeployment = { type: 'LastSuccessful' as const };
    const validated = await deployments.validate(
      'moment',
      'd',
      { properties: { ...properties, onErrorDeployment } },
      polling,
    );
    expect(validated).toMatchObject({ properties: { onErrorDeployment: { deploymentName: 'b' } } });
  });

  test('what does not depend on each other runs side by side', async () => {
    await begin('parallel', thingsTemplate({ a: {}, b: {}, c: { dependsOn: ['a', 'b'] } }));
    await expect.poll(() => states('parallel')).toEqual(['a Running', 'b Running']);
    expect(await stateOf('parallel')).toBe('Running');
    const before = (await createsOf('parallel', slow)).map(({ properties }) => Number(properties?.timestamp));
    clock.advance(1_000);
    await expect.poll(() => states('parallel')).toEqual(['a Succeeded', 'b Succeeded', 'c Running']);
    const after = (await createsOf('parallel', slow)).map(({ properties }) => Number(properties?.timestamp));
    expect(Math.min(...after)).toBeGreaterThan(Math.max(...before));
    const [a] = await createsOf('parallel', slow);
    expect(a?.properties?.duration).toBe('PT1S');
    clock.advance(1_000);
    await expect.poll(() => stateOf('parallel')).toBe('Succeeded');
  });

  test('the same again is quick, and a change takes its time', async () => {
    await begin('parallel', thingsTemplate({ a: {}, b: {} }));
    await expect.poll(() => states('parallel')).toHaveLength(2);
    clock.advance(100);
    await expect.poll(() => stateOf('parallel')).toBe('Succeeded');
    await begin('parallel', thingsTemplate({ a: { properties: { other: 1 } } }));
    await expect.poll(() => states('parallel')).toEqual(['a Running']);
    clock.advance(100);
    expect(await stateOf('parallel')).toBe('Running');
    clock.advance(900);
    await expect.poll(() => stateOf('parallel')).toBe('Succeeded');
  });

  test('a running deployment cannot be replaced or deleted, but cancelled', async () => {
    await begin('long', thingsTemplate({ first: {}, second: { dependsOn: ['first'] } }));
    await expect.poll(() => states('long')).toEqual(['first Running']);
    const again = await begin('long', thingsTemplate({}));
    expect([again.status, again.json.error.code]).toEqual([409, 'DeploymentActiveAndUneditable']);
    expect((await rejection(slow.deployments.deployments.delete('rg', 'long', polling))).statusCode).toBe(
      409,
    );
    await slow.deployments.deployments.cancel('rg', 'long');
    expect(await stateOf('long')).toBe('Canceled');
    expect(await states('long')).toEqual(['first Canceled']);
    expect((await rejection(slow.deployments.deployments.cancel('rg', 'long'))).statusCode).toBe(409);
    clock.advance(1_000);
    expect((await slow.resources.resources.getById(idOf('first'), api)).properties?.provisioningState).toBe(
      'Succeeded',
    );
    expect(await slow.resources.resources.checkExistenceById(idOf('second'), api)).toMatchObject({
      body: false,
    });
  });

  test('a resource that someone else is working on is waited for', async () => {
    await slow.send('PUT', `${idOf('shared')}?api-version=${api}`, { body: { location: 'eastus' } });
    const direct = await slow.send('PUT', `${idOf('shared')}?api-version=${api}`, {
      body: { location: 'eastus' },
    });
    expect([direct.status, direct.json.error.code]).toEqual([409, 'AnotherOperationInProgress']);
    await begin('patient', thingsTemplate({ shared: { properties: { mine: true } } }));
    await expect.poll(() => stateOf('patient')).toBe('Running');
    clock.advance(1_000);
    await expect.poll(() => states('patient')).toEqual(['shared Running']);
    clock.advance(1_000);
    await expect.poll(() => stateOf('patient')).toBe('Succeeded');
  });

  test('deleting the group ends what runs in it', async () => {
    await slow.resources.resourceGroups.createOrUpdate('brief', { location: 'eastus' });
    const path = `${groupId('brief')}/providers/Microsoft.Resources/deployments/d?api-version=2025-04-01`;
    await slow.send('PUT', path, {
      body: {
        properties: { mode: 'Incremental', template: thingsTemplate({ x: {}, y: { dependsOn: ['x'] } }) },
      },
    });
    await expect
      .poll(async () => (await slow.send('GET', path)).json.properties.provisioningState)
      .toBe('Running');
    await slow.send('DELETE', `${groupId('brief')}?api-version=2022-12-01`);
    const late = await slow.send('PUT', `${idOf('z', 'brief')}?api-version=${api}`, {
      body: { location: 'eastus' },
    });
    expect([late.status, late.json.error.code]).toEqual([409, 'ResourceGroupBeingDeleted']);
    expect((await slow.send('GET', path)).json.properties).toMatchObject({
      provisioningState: 'Failed',
      error: { code: 'ResourceGroupBeingDeleted' },
    });
    await expect
      .poll(async () => {
        clock.advance(1_000);
        return (await slow.resources.resourceGroups.checkExistence('brief')).body;
      })
      .toBe(false);
  });
});

test('a fault of a provider fails its resource, and the server goes on', async () => {
  const [things] = testProvider.types;
  const faulty = {
    ...testProvider,
    types: [{ ...things!, put: faultyPut }],
  };
  const warned = new Promise<Error>((resolve) => void process.once('warning', resolve));
  const fragile = await startTestCloud({ providers: [faulty] });
  await fragile.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  await rejection(
    fragile.deployments.deployments.createOrUpdate(
      'rg',
      'faulty',
      { properties: { mode: 'Incremental', template: thingsTemplate({ a: {} }) } } as never,
      polling,
    ),
  );
  const { properties } = await fragile.deployments.deployments.get('rg', 'faulty');
  expect(properties?.error?.details).toMatchObject([{ code: 'InternalServerError' }]);
  expect(JSON.stringify(properties?.error)).not.toContain('a fault of the provider');
  expect((await warned).message).toContain('a fault of the provider');
  await fragile.close();
});

function faultyPut(): never {
  throw new TypeError('a fault of the provider');
}
