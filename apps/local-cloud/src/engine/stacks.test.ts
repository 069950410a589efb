import type { DeploymentStack } from '@azure/arm-resourcesdeploymentstacks';
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
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());

const api = '2026-01-01';
const idOf = (name: string) =>
  `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Test/things/${name}`;
const stackPath = (name: string) =>
  `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/deploymentStacks/${name}`;

const stackOf = (template: object, resources = 'delete', more: object = {}): DeploymentStack => ({
  tags: { cluster: 'test' },
  properties: {
    template: template as Record<string, unknown>,
    actionOnUnmanage: { resources },
    denySettings: { mode: 'none' },
    ...more,
  },
});
const put = (name: string, stack: DeploymentStack) =>
  cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait('rg', name, stack, polling);
const get = (name: string) => cloud.stacks.deploymentStacks.getAtResourceGroup('rg', name);
const exists = async (name: string) =>
  (await cloud.resources.resources.checkExistenceById(idOf(name), api)).body;

describe('a deployment stack', () => {
  test('owns what its deployment made', async () => {
    const template = thingsTemplate(
      { a: {}, b: { dependsOn: ['a'] } },
      {
        parameters: { word: { type: 'securestring' } },
        outputs: { where: { type: 'string', value: '[resourceGroup().location]' } },
      },
    );
    const made = await put(
      'owner',
      stackOf(template, 'delete', { parameters: { word: { value: 'psst-4711' } } }),
    );
    expect(made).toMatchObject({
      name: 'owner',
      type: 'Microsoft.Resources/deploymentStacks',
      tags: { cluster: 'test' },
      properties: {
        provisioningState: 'succeeded',
        resources: [
          { id: idOf('a'), status: 'managed', denyStatus: 'none' },
          { id: idOf('b'), status: 'managed', denyStatus: 'none' },
        ],
        outputs: { where: { type: 'String', value: 'eastus' } },
        deletedResources: [],
        detachedResources: [],
        failedResources: [],
      },
    });
    expect(made.properties?.duration).toMatch(/^PT/);
    const raw = await cloud.send('GET', `${stackPath('OWNER')}?api-version=2024-03-01`);
    expect(raw.json.properties.parameters).toEqual({ word: { type: 'SecureString' } });
    expect(raw.json.properties.template).toBeUndefined();
    expect(raw.text).not.toContain('psst-4711');
    const deploymentName = made.properties?.deploymentId?.split('/').at(-1) ?? '';
    const deployment = await cloud.deployments.deployments.get('rg', deploymentName);
    expect(deployment.properties?.correlationId).toBe(made.properties?.correlationId);
    const names: (string | undefined)[] = [];
    for await (const stack of cloud.stacks.deploymentStacks.listAtResourceGroup('rg')) names.push(stack.name);
    expect(names).toEqual(['owner']);
    const exported = await cloud.stacks.deploymentStacks.exportTemplateAtResourceGroup('rg', 'owner');
    expect(exported.template).toEqual(template);
  });

  test('deletes what its new template no longer has', async () => {
    const updated = await put('owner', stackOf(thingsTemplate({ b: {}, c: {} })));
    expect(updated.properties?.resources?.map(({ id }) => id)).toEqual([idOf('b'), idOf('c')]);
    expect(updated.properties?.deletedResources).toEqual([{ id: idOf('a') }]);
    expect([await exists('a'), await exists('b'), await exists('c')]).toEqual([false, true, true]);
  });

  test('or lets it go, when told to detach', async () => {
    const updated = await put('owner', stackOf(thingsTemplate({ c: {} }), 'detach'));
    expect(updated.properties?.detachedResources).toEqual([{ id: idOf('b') }]);
    expect(updated.properties?.resources?.map(({ id }) => id)).toEqual([idOf('c')]);
    expect(await exists('b')).toBe(true);
  });

  test('goes without its resources by default, and with them when told so', async () => {
    await cloud.stacks.deploymentStacks.beginDeleteAtResourceGroupAndWait('rg', 'owner', polling);
    expect((await rejection(get('owner'))).code).toBe('DeploymentStackNotFound');
    expect(await exists('c')).toBe(true);
    const template = thingsTemplate({ base: {}, top: { properties: { uses: idOf('base') } } });
    await put('whole', stackOf(template));
    await cloud.stacks.deploymentStacks.beginDeleteAtResourceGroupAndWait('rg', 'whole', {
      ...polling,
      unmanageActionResources: 'delete',
    });
    expect([await exists('base'), await exists('top')]).toEqual([false, false]);
    expect((await rejection(get('whole'))).statusCode).toBe(404);
  });

  test('that cannot delete its resources stays, and says why', async () => {
    await put('stuck', stackOf(thingsTemplate({ held: {} })));
    await cloud.resources.resources.createOrUpdateById(
      idOf('holder'),
      api,
      { location: 'eastus', properties: { uses: idOf('held') } },
      polling,
    );
    const refused = await rejection(
      cloud.stacks.deploymentStacks.beginDeleteAtResourceGroupAndWait('rg', 'stuck', {
        ...polling,
        unmanageActionResources: 'delete',
      }),
    );
    expect(refused.code).toBe('DeploymentStackDeleteResourcesFailed');
    const { properties } = await get('stuck');
    expect(properties).toMatchObject({
      provisioningState: 'failed',
      resources: [{ id: idOf('held') }],
      failedResources: [{ id: idOf('held'), error: { code: 'ThingInUse' } }],
      error: { code: 'DeploymentStackDeleteResourcesFailed' },
    });
  });

  test('whose deployment fails has failed, with the reason at each resource', async () => {
    const template = thingsTemplate({ fine: {}, sick: { properties: { failLater: 'No luck.' } } });
    const error = await rejection(put('unlucky', stackOf(template)));
    expect(error.message).toContain('DeploymentStackDeploymentFailed');
    const { properties } = await get('unlucky');
    expect(properties?.provisioningState).toBe('failed');
    expect(properties?.error).toMatchObject({ details: [{ code: 'DeploymentFailed' }] });
    expect(properties?.failedResources).toMatchObject([
      { id: idOf('sick'), error: { code: 'ResourceDeploymentFailure' } },
    ]);
    const healed = await put('unlucky', stackOf(thingsTemplate({ fine: {}, sick: {} })));
    expect(healed.properties?.provisioningState).toBe('succeeded');
    expect(healed.properties?.error).toBeUndefined();
  });

  test('is validated without being made', async () => {
    const result = await cloud.stacks.deploymentStacks.beginValidateStackAtResourceGroupAndWait(
      'rg',
      'maybe',
      stackOf(thingsTemplate({ m: {} })),
      polling,
    );
    expect(result.properties?.validatedResources).toEqual([{ id: idOf('m') }]);
    expect((await rejection(get('maybe'))).statusCode).toBe(404);
  });

  test.each([
    [
      'a template that is refused',
      stackOf(thingsTemplate({ m: { properties: { refuseInPreflight: 'No.' } } })),
      'InvalidTemplateDeployment',
    ],
    [
      'no action for what is unmanaged',
      { properties: { template: {}, denySettings: { mode: 'none' } } },
      'InvalidRequestContent',
    ],
    [
      'deny settings with too many principals',
      stackOf(thingsTemplate({}), 'delete', {
        denySettings: { mode: 'denyDelete', excludedPrincipals: Array.from({ length: 6 }, String) },
      }),
      'InvalidRequestContent',
    ],
    [
      'groups that would go without what is in them',
      stackOf(thingsTemplate({}), 'detach', {
        actionOnUnmanage: { resources: 'detach', resourceGroups: 'delete' },
      }),
      'DeploymentStackInvalidDeploymentStackDefinition',
    ],
    ['a wrong type', { properties: 'x' }, 'InvalidRequestContent'],
  ])('with %s is refused and not made', async (_name, body, code) => {
    const answer = await cloud.send('PUT', `${stackPath('refused')}?api-version=2024-03-01`, { body });
    expect([answer.status, answer.json.error.code]).toEqual([400, code]);
    expect((await rejection(get('refused'))).statusCode).toBe(404);
  });
});

test('a stack under way is busy; cancelling its deployment ends it', async () => {
  const clock = new HandClock();
  const slow = await startTestCloud({ providers: [testProvider], clock, settings: { pace: 'realistic' } });
  await slow.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  const path = `${stackPath('busy')}?api-version=2024-03-01`;
  const state = async () => (await slow.send('GET', path)).json.properties.provisioningState;
  const created = await slow.send('PUT', path, {
    body: stackOf(thingsTemplate({ a: {}, b: { dependsOn: ['a'] } })),
  });
  expect([created.status, created.json.properties.provisioningState]).toEqual([201, 'creating']);
  expect(created.json.properties.deploymentId).toBeUndefined();
  await expect.poll(state).toBe('deploying');
  const again = await slow.send('PUT', path, { body: stackOf(thingsTemplate({})) });
  expect([again.status, again.json.error.code]).toEqual([409, 'DeploymentStackInNonTerminalState']);
  expect((await slow.send('DELETE', path)).status).toBe(409);
  const { deploymentId } = (await slow.send('GET', path)).json.properties;
  await slow.deployments.deployments.cancel('rg', deploymentId.split('/').at(-1));
  expect(await state()).toBe('canceled');
  clock.advance(1_000);
  const deleting = await slow.send('DELETE', `${path}&unmanageAction.Resources=delete`);
  expect(deleting.status).toBe(202);
  expect(await state()).toBe('deleting');
  await expect
    .poll(async () => {
      clock.advance(1_000);
      return (await slow.send('GET', path)).status;
    })
    .toBe(404);
  expect((await slow.resources.resources.checkExistenceById(idOf('a'), api)).body).toBe(false);
  await slow.close();
});
