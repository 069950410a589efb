import type { DeploymentStack } from '@azure/arm-resourcesdeploymentstacks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const scope = `/subscriptions/${subscription}`;
const apiVersion = '2023-01-01';
const isThere = async (id: string) =>
  (await cloud.send('GET', `${id}?api-version=${apiVersion}`)).status === 200;
const markIn = (at: string, name: string) => `${at}/providers/Contoso.Marks/marks/${name}`;

const template = (resources: object[], more: object = {}): Record<string, unknown> => ({
  $schema: 'https://schema.management.azure.com/schemas/2018-05-01/subscriptionDeploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources,
  ...more,
});
const mark = (name: string) => ({ type: 'Contoso.Marks/marks', apiVersion, name, properties: {} });
const group = (name: string) => ({
  type: 'Microsoft.Resources/resourceGroups',
  apiVersion: '2024-03-01',
  name,
  location: 'eastus',
});
/** The marks of a group that the same template makes. */
const marksIn = (resourceGroup: string, ...names: string[]) => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2022-09-01',
  name: `in-${resourceGroup}`,
  resourceGroup,
  dependsOn: [`[resourceId('Microsoft.Resources/resourceGroups', '${resourceGroup}')]`],
  properties: { mode: 'Incremental', template: template(names.map(mark)) },
});

const stackOf = (
  resources: object[],
  action: 'delete' | 'detach' = 'delete',
  more: object = {},
): DeploymentStack => ({
  location: 'eastus',
  properties: {
    template: template(resources),
    actionOnUnmanage: { resources: action, resourceGroups: action, managementGroups: action },
    denySettings: { mode: 'none' },
    ...more,
  },
});
const client = () => cloud.stacks.deploymentStacks;
const put = (name: string, stack: DeploymentStack) =>
  client().beginCreateOrUpdateAtSubscriptionAndWait(name, stack, polling);
const remove = (name: string, more: object) =>
  client().beginDeleteAtSubscriptionAndWait(name, { ...polling, ...more });
const everything = { unmanageActionResources: 'delete', unmanageActionResourceGroups: 'delete' };
const managed = ({ properties }: DeploymentStack) => properties?.resources?.map(({ id }) => id);

describe('a stack of a subscription', () => {
  test('owns groups and what is in them, is told, listed and exported, and takes all of it with it', async () => {
    const own = `${scope}/resourceGroups/own`;
    const resources = [group('own'), marksIn('own', 'a', 'b'), mark('above')];
    const validated = await client().beginValidateStackAtSubscriptionAndWait(
      'whole',
      stackOf(resources),
      polling,
    );
    expect(validated.properties?.validatedResources).toContainEqual({ id: own });
    expect((await rejection(client().getAtSubscription('whole'))).code).toBe('DeploymentStackNotFound');

    const made = await put('whole', stackOf(resources));
    expect(made).toMatchObject({
      id: `${scope}/providers/Microsoft.Resources/deploymentStacks/whole`,
      location: 'eastus',
      properties: { provisioningState: 'succeeded' },
    });
    expect(managed(made)).toEqual([own, markIn(own, 'a'), markIn(own, 'b'), markIn(scope, 'above')]);
    const deployment = made.properties?.deploymentId?.split('/').at(-1) ?? '';
    await cloud.deployments.deployments.getAtSubscriptionScope(deployment);
    expect((await client().exportTemplateAtSubscription('whole')).template).toEqual(template(resources));
    const names: (string | undefined)[] = [];
    for await (const { name } of client().listAtSubscription()) names.push(name);
    expect(names).toEqual(['whole']);
    const inGroup: unknown[] = [];
    for await (const stack of client().listAtResourceGroup('own')) inGroup.push(stack);
    expect(inGroup).toEqual([]);

    const updated = await put('whole', stackOf([group('own'), marksIn('own', 'a')]));
    expect(updated.properties?.deletedResources?.map(({ id }) => id)).toEqual([
      markIn(own, 'b'),
      markIn(scope, 'above'),
    ]);
    expect([await isThere(markIn(own, 'b')), await isThere(markIn(own, 'a'))]).toEqual([false, true]);
    await remove('whole', everything);
    expect([await isThere(markIn(own, 'a')), await isThere(own)]).toEqual([false, false]);
    expect((await rejection(client().getAtSubscription('whole'))).code).toBe('DeploymentStackNotFound');
  });

  test('leaves each kind that it is not told to delete', async () => {
    const own = `${scope}/resourceGroups/left`;
    const stack = stackOf([group('left'), marksIn('left', 'a')]);
    await put('leaves', stack);
    await remove('leaves', {});
    expect([await isThere(markIn(own, 'a')), await isThere(own)]).toEqual([true, true]);
    await put('leaves', stack);
    await remove('leaves', { unmanageActionResources: 'delete' });
    expect([await isThere(markIn(own, 'a')), await isThere(own)]).toEqual([false, true]);
    await put('leaves', stack);
    const updated = await put(
      'leaves',
      stackOf([], 'delete', { actionOnUnmanage: { resources: 'delete', resourceGroups: 'detach' } }),
    );
    expect(updated.properties).toMatchObject({
      resources: [],
      deletedResources: [{ id: markIn(own, 'a') }],
      detachedResources: [{ id: own }],
    });
    const wrong = await cloud.send(
      'DELETE',
      `${updated.id}?api-version=2024-03-01&unmanageAction.ResourceGroups=burn`,
    );
    expect([wrong.status, wrong.json.error.code]).toEqual([400, 'InvalidUnmanageAction']);
  });

  test('whose group has something that is not its own keeps the group, and says why', async () => {
    const own = `${scope}/resourceGroups/shared`;
    await put('shares', stackOf([group('shared'), marksIn('shared', 'a')]));
    const foreign = markIn(own, 'foreign');
    await cloud.send('PUT', `${foreign}?api-version=${apiVersion}`, { body: { properties: {} } });
    await rejection(remove('shares', everything));
    const { properties } = await client().getAtSubscription('shares');
    expect(properties).toMatchObject({
      provisioningState: 'failed',
      resources: [{ id: own }],
      failedResources: [
        {
          id: own,
          error: {
            code: 'ResourceGroupDeletionBlocked',
            message: expect.stringContaining(foreign) as string,
          },
        },
      ],
    });
    await cloud.send('DELETE', `${foreign}?api-version=${apiVersion}`);
    await remove('shares', everything);
    expect(await isThere(own)).toBe(false);
  });

  test('deploys to a group where it is told to, and to nothing outside of its subscription', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('target', { location: 'eastus' });
    const target = `${scope}/resourceGroups/target`;
    const made = await put('aims', stackOf([mark('m')], 'delete', { deploymentScope: target }));
    expect(managed(made)).toEqual([markIn(target, 'm')]);
    expect(made.properties?.deploymentScope).toBe(target);
    expect(made.properties?.deploymentId).toMatch(`${target}/providers/Microsoft.Resources/deployments/`);
    for (const deploymentScope of [
      '/subscriptions/other',
      '/providers/Microsoft.Management/managementGroups/x',
    ])
      expect(
        await rejection(put('misses', stackOf([mark('m')], 'delete', { deploymentScope }))),
      ).toMatchObject({ statusCode: 400, code: 'InvalidDeploymentScope' });
    await remove('aims', everything);
  });

  test('needs a location, and stays there', async () => {
    const { properties } = stackOf([]);
    const nowhere = await rejection(put('placed', { properties: properties! }));
    expect(nowhere).toMatchObject({ statusCode: 400, code: 'LocationRequired' });
    await put('placed', stackOf([]));
    const moved = await rejection(put('placed', { ...stackOf([]), location: 'westeurope' }));
    expect(moved).toMatchObject({ statusCode: 409, code: 'InvalidDeploymentStackLocation' });
  });
});

test('a stack of a management group puts resources on it, deploys to a subscription, and takes both with it', async () => {
  const at = '/providers/Microsoft.Management/managementGroups/above';
  await cloud.send('PUT', `${at}?api-version=${apiVersion}`, { body: { properties: {} } });
  const made = await client().beginCreateOrUpdateAtManagementGroupAndWait(
    'above',
    'm',
    stackOf([mark('here')]),
    polling,
  );
  expect(made.id).toBe(`${at}/providers/Microsoft.Resources/deploymentStacks/m`);
  expect(managed(made)).toEqual([markIn(at, 'here')]);
  const below = await client().beginCreateOrUpdateAtManagementGroupAndWait(
    'above',
    'below',
    stackOf([mark('there')], 'delete', { deploymentScope: scope }),
    polling,
  );
  expect(managed(below)).toEqual([markIn(scope, 'there')]);
  const names: (string | undefined)[] = [];
  for await (const { name } of client().listAtManagementGroup('above')) names.push(name);
  expect(names).toEqual(['below', 'm']);
  for (const name of names)
    await client().beginDeleteAtManagementGroupAndWait('above', name ?? '', {
      ...polling,
      unmanageActionResources: 'delete',
    });
  expect([await isThere(markIn(at, 'here')), await isThere(markIn(scope, 'there'))]).toEqual([false, false]);
  expect((await rejection(client().getAtManagementGroup('none', 'm'))).code).toBe('ManagementGroupNotFound');
});
