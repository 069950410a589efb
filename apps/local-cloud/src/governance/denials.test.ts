import type { DeploymentStack } from '@azure/arm-resourcesdeploymentstacks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { testProvider, thingsTemplate } from '../test-provider.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
});
afterAll(() => cloud.close());

const api = '2026-01-01';
const groupOf = (group: string) => `/subscriptions/${subscription}/resourceGroups/${group}`;
const thing = (group: string, name: string) => `${groupOf(group)}/providers/Microsoft.Test/things/${name}`;

type DenySettings = NonNullable<NonNullable<DeploymentStack['properties']>['denySettings']>;

/** Makes a group with a stack in it, which manages the things that are named. */
async function stack(group: string, denySettings: DenySettings, names: readonly string[] = ['a']) {
  await cloud.resources.resourceGroups.createOrUpdate(group, { location: 'eastus' });
  return cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    group,
    'stack',
    {
      properties: {
        template: thingsTemplate(Object.fromEntries(names.map((name) => [name, {}]))),
        actionOnUnmanage: { resources: 'delete' },
        denySettings,
      },
    },
    polling,
  );
}

const put = (id: string, tags: Record<string, string> = { by: 'hand' }) =>
  cloud.send('PUT', `${id}?api-version=${api}`, { body: { location: 'eastus', tags, properties: {} } });
const remove = (id: string) => cloud.send('DELETE', `${id}?api-version=${api}`);
const verdict = async (answer: Promise<{ status: number; json: { error?: { code: string } } }>) => {
  const { status, json } = await answer;
  return status < 300 ? 'done' : json.error?.code;
};
const denied = 'DenyAssignmentAuthorizationFailed';

test('denyDelete keeps what the stack manages from being deleted, in words that name stack and action', async () => {
  const made = await stack('one', { mode: 'denyDelete' });
  expect(made.properties?.resources).toEqual([
    expect.objectContaining({ id: thing('one', 'a'), status: 'managed', denyStatus: 'denyDelete' }),
  ]);
  expect(await verdict(put(thing('one', 'a')))).toBe('done');
  await expect
    .poll(
      async () =>
        (await cloud.send('GET', `${thing('one', 'a')}?api-version=${api}`)).json.properties
          .provisioningState,
    )
    .toBe('Succeeded');
  const refused = await remove(thing('one', 'a'));
  expect([refused.status, refused.json.error.code]).toEqual([403, denied]);
  expect(refused.json.error.message).toMatch(
    /^The client 'slipway-local' with object id 'slipway-local' has permission to perform action 'Microsoft\.Test\/things\/delete' on scope '.*\/things\/a'; however, the access is denied because of the deny assignment with name 'Deny assignment '[0-9a-f-]{36}' created by Deployment Stack '.*\/deploymentStacks\/stack'\.'/,
  );
  const failed = await rejection(cloud.resources.resourceGroups.delete('one', polling));
  expect(failed.code).toBe('ResourceGroupDeletionBlocked');
  expect((await cloud.send('GET', `${thing('one', 'a')}?api-version=${api}`)).status).toBe(200);
});

test('denyWriteAndDelete forbids writes and actions too, by hand and by deployments, but not to the stack itself', async () => {
  const settings = { mode: 'denyWriteAndDelete' } as const;
  await stack('two', settings);
  expect(await verdict(put(thing('two', 'a')))).toBe(denied);
  expect(await verdict(put(thing('two', 'other')))).toBe('done');
  await rejection(
    cloud.deployments.deployments.createOrUpdate(
      'two',
      'd',
      { properties: { mode: 'Incremental', template: thingsTemplate({ a: {} }) } } as never,
      polling,
    ),
  );
  const deployment = `${groupOf('two')}/providers/Microsoft.Resources/deployments/d?api-version=2025-04-01`;
  expect((await cloud.send('GET', deployment)).json.properties.error.details[0].code).toBe(denied);
  // The stack may write it again, and take away what its template no longer has.
  await stack('two', settings, ['a', 'b']);
  await stack('two', settings, ['b']);
  expect((await cloud.send('GET', `${thing('two', 'a')}?api-version=${api}`)).status).toBe(404);
  expect(await verdict(put(thing('two', 'a')))).toBe('done');
  expect(await verdict(put(thing('two', 'b')))).toBe(denied);
});

test('some actions and principals are left out, children only where they are meant, and nothing is left after the stack', async () => {
  await stack('three', { mode: 'denyWriteAndDelete', excludedActions: ['Microsoft.Test/*/write'] });
  expect([await verdict(put(thing('three', 'a'))), await verdict(remove(thing('three', 'a')))]).toEqual([
    'done',
    denied,
  ]);
  await stack('four', { mode: 'denyWriteAndDelete', excludedPrincipals: ['slipway-local'] });
  expect(await verdict(put(thing('four', 'a')))).toBe('done');

  const lockOn = (group: string) =>
    cloud.send(
      'PUT',
      `${thing(group, 'a')}/providers/Microsoft.Authorization/locks/l?api-version=2016-09-01`,
      {
        body: { properties: { level: 'CanNotDelete' } },
      },
    );
  await stack('five', { mode: 'denyWriteAndDelete', applyToChildScopes: true });
  expect(await verdict(lockOn('five'))).toBe(denied);
  await stack('six', { mode: 'denyWriteAndDelete' });
  expect(await verdict(lockOn('six'))).toBe('done');

  const listed = async () =>
    (
      await cloud.send(
        'GET',
        `${groupOf('five')}/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01`,
      )
    ).json.value;
  const [assignment] = await listed();
  expect(assignment.properties).toMatchObject({
    scope: thing('five', 'a'),
    doNotApplyToChildScopes: false,
    permissions: [{ actions: ['*'], notActions: ['Microsoft.Authorization/locks/delete', '*/read'] }],
  });
  const read = await cloud.send('GET', `${assignment.id}?api-version=2022-04-01`);
  expect(read.json).toEqual(assignment);
  await cloud.stacks.deploymentStacks.beginDeleteAtResourceGroupAndWait('five', 'stack', polling);
  expect(await listed()).toEqual([]);
  expect(await verdict(put(thing('five', 'a')))).toBe('done');
});

test('what a stack forbids in another group ends with the group that the stack is in', async () => {
  await cloud.resources.resourceGroups.createOrUpdate('elsewhere', { location: 'eastus' });
  await cloud.resources.resourceGroups.createOrUpdate('owning', { location: 'eastus' });
  const nested = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: 'nested',
    resourceGroup: 'elsewhere',
    properties: { mode: 'Incremental', template: thingsTemplate({ far: {} }) },
  };
  const template = { ...thingsTemplate({}), resources: [nested] };
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'owning',
    'stack',
    {
      properties: {
        template,
        actionOnUnmanage: { resources: 'detach' },
        denySettings: { mode: 'denyWriteAndDelete' },
      },
    },
    polling,
  );
  expect(await verdict(put(thing('elsewhere', 'far')))).toBe(denied);
  await cloud.resources.resourceGroups.delete('owning', polling);
  expect(await verdict(put(thing('elsewhere', 'far')))).toBe('done');
});

test('of what is deployed to a management group nothing can be denied', async () => {
  const management = '/providers/Microsoft.Management/managementGroups/above';
  await cloud.send('PUT', `${management}?api-version=2021-04-01`, { body: {} });
  const stackId = `${management}/providers/Microsoft.Resources/deploymentStacks/stack`;
  const answerTo = (mode: string) =>
    cloud.send('POST', `${stackId}/validate?api-version=2024-03-01`, {
      body: {
        location: 'eastus',
        properties: {
          template: {
            $schema:
              'https://schema.management.azure.com/schemas/2019-08-01/managementGroupDeploymentTemplate.json#',
            contentVersion: '1.0.0.0',
            resources: [],
          },
          actionOnUnmanage: { resources: 'detach' },
          denySettings: { mode },
        },
      },
    });
  const refused = await answerTo('denyDelete');
  expect([refused.status, refused.json.error.code]).toEqual([
    400,
    'DeploymentStackInvalidDeploymentStackDefinition',
  ]);
  expect((await answerTo('none')).status).toBe(200);
});
