import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus', tags: { old: '1' } });
});
afterAll(() => cloud.close());

const api = '2026-01-01';
const scope = `/subscriptions/${subscription}`;
const group = `${scope}/resourceGroups/rg`;
const idOf = (name: string) => `${group}/providers/Microsoft.Test/things/${name}`;
const tags = () => cloud.resources.tagsOperations;
const put = (name: string, body: object = {}) =>
  cloud.resources.resources.createOrUpdateById(idOf(name), api, { location: 'eastus', ...body }, polling);
const patch = (id: string, operation: string, sent: Record<string, string>) =>
  tags().updateAtScope(id, { operation, properties: { tags: sent } }, polling);

describe('tags at a scope', () => {
  test('of a resource are those that the resource itself has, wherever they were set', async () => {
    await put('tagged', { tags: { Team: 'web' } });
    const id = idOf('tagged');
    expect(await tags().getAtScope(id)).toEqual({
      id: `${id}/providers/Microsoft.Resources/tags/default`,
      name: 'default',
      type: 'Microsoft.Resources/tags',
      properties: { tags: { Team: 'web' } },
    });

    await tags().createOrUpdateAtScope(id, { properties: { tags: { Cost: '0815' } } }, polling);
    expect((await cloud.resources.resources.getById(id, api)).tags).toEqual({ Cost: '0815' });
    await cloud.resources.resources.updateById(id, api, { tags: { Cost: '4711' } }, polling);
    expect((await tags().getAtScope(id)).properties?.tags).toEqual({ Cost: '4711' });

    await tags().deleteAtScope(id, polling);
    expect((await tags().getAtScope(id)).properties?.tags).toEqual({});
  });

  test('are merged, replaced and taken away, whatever the case of their names', async () => {
    await put('changing', { tags: { team: 'web', Cost: '1', stays: 'here' } });
    const id = idOf('changing');
    const merged = await patch(id, 'Merge', { TEAM: 'db', more: 'yes' });
    expect(merged.properties?.tags).toEqual({ Cost: '1', stays: 'here', TEAM: 'db', more: 'yes' });
    const fewer = await patch(id, 'delete', { cost: '', More: 'no', team: 'db' });
    expect(fewer.properties?.tags).toEqual({ stays: 'here', more: 'yes' });
    const replaced = await patch(id, 'Replace', { only: 'this' });
    expect(replaced.properties?.tags).toEqual({ only: 'this' });
  });

  test('of a group are those that the group itself has', async () => {
    await patch(group, 'Merge', { new: '2' });
    expect((await cloud.resources.resourceGroups.get('rg')).tags).toEqual({ old: '1', new: '2' });
    await cloud.resources.resourceGroups.update('rg', { tags: { other: '3' } });
    expect((await tags().getAtScope(group)).properties?.tags).toEqual({ other: '3' });
  });

  test('of a subscription are shown with it, also after a restart', async () => {
    const own = await startTestCloud({ providers: [testProvider] });
    const before = await own.subscriptions.subscriptions.get(subscription);
    expect(before.tags).toBeUndefined();
    await own.resources.tagsOperations.updateAtScope(
      scope,
      { operation: 'Merge', properties: { tags: { stage: 'test' } } },
      polling,
    );
    expect((await own.subscriptions.subscriptions.get(subscription)).tags).toEqual({ stage: 'test' });
    await own.cloud.close();
    const again = await startTestCloud({ settings: own.settings, providers: [testProvider] });
    expect((await again.resources.tagsOperations.getAtScope(scope)).properties?.tags).toEqual({
      stage: 'test',
    });
    await again.close();
  });

  test('are also those of deployments and of stacks', async () => {
    const template = thingsTemplate({ deployed: {} });
    await cloud.deployments.deployments.createOrUpdate(
      'rg',
      'd',
      { properties: { mode: 'Incremental', template }, tags: { by: 'd' } },
      polling,
    );
    await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
      'rg',
      's',
      {
        tags: { by: 's' },
        properties: { template, actionOnUnmanage: { resources: 'delete' }, denySettings: { mode: 'none' } },
      },
      polling,
    );
    const deployment = `${group}/providers/Microsoft.Resources/deployments/d`;
    const stack = `${group}/providers/Microsoft.Resources/deploymentStacks/s`;
    await patch(deployment, 'Merge', { more: '1' });
    await patch(stack, 'Merge', { more: '2' });
    expect((await cloud.deployments.deployments.get('rg', 'd')).tags).toEqual({ by: 'd', more: '1' });
    const read = await cloud.stacks.deploymentStacks.getAtResourceGroup('rg', 's');
    expect(read.tags).toEqual({ by: 's', more: '2' });
  });

  test('are what lists are filtered by', async () => {
    await put('found', { tags: { shelf: 'top' } });
    await put('not-found', { tags: { shelf: 'bottom' } });
    await patch(idOf('found'), 'Merge', { floor: '2' });
    const names: string[] = [];
    const filter = "tagName eq 'SHELF' and tagValue eq 'top'";
    for await (const { name } of cloud.resources.resources.list({ filter })) names.push(name ?? '');
    expect(names).toEqual(['found']);
  });
});

const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`tag${index}`, '']));

describe('tags that are refused', () => {
  test.each([
    ['more than fifty', { ...many, another: '' }, 'InvalidTagCount'],
    ['a name of more than 512 characters', { ['n'.repeat(513)]: '' }, 'InvalidTagNameCharacters'],
    ['a name with a forbidden character', { 'a/b': '' }, 'InvalidTagNameCharacters'],
    ['an empty name', { '': '' }, 'InvalidTagNameCharacters'],
    ['a reserved name', { 'Azure-thing': '' }, 'ReservedTagName'],
    ['a name in two cases', { a: '1', A: '2' }, 'DuplicateTagName'],
    ['a value of more than 256 characters', { a: 'v'.repeat(257) }, 'InvalidTagValueLength'],
    ['a value that is no text', { a: 1 }, 'InvalidTagValueType'],
  ])('%s', async (_name, sent, code) => {
    await put('kept', { tags: { as: 'it was' } });
    const path = `${idOf('kept')}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`;
    for (const request of [
      { method: 'PUT', body: { properties: { tags: sent } } },
      { method: 'PATCH', body: { operation: 'Merge', properties: { tags: sent } } },
    ]) {
      const answer = await cloud.send(request.method, path, { body: request.body });
      expect([answer.status, answer.json.error?.code]).toEqual([400, code]);
    }
    expect((await tags().getAtScope(idOf('kept'))).properties?.tags).toEqual({ as: 'it was' });
  });

  test('at the limits are taken, and one more with those that are there is not', async () => {
    const longest = { ['n'.repeat(512)]: 'v'.repeat(256) };
    await put('full', { tags: longest });
    const others = Object.fromEntries(Object.entries(many).slice(0, 49));
    const full = await patch(idOf('full'), 'Merge', others);
    expect(Object.keys(full.properties?.tags ?? {})).toHaveLength(50);
    expect(await rejection(patch(idOf('full'), 'Merge', { one: 'more' }))).toMatchObject({
      code: 'InvalidTagCount',
      statusCode: 400,
    });
  });

  test.each([
    ['without tags', 'PUT', 'things/kept', {}, 400, 'InvalidRequestContent'],
    [
      'with an operation that is none',
      'PATCH',
      'things/kept',
      { operation: 'Add', properties: { tags: {} } },
      400,
      'InvalidRequestContent',
    ],
    ['of a resource that is not there', 'GET', 'things/none', undefined, 404, 'ResourceNotFound'],
    ['of a collection', 'GET', 'things', undefined, 405, 'MethodNotAllowed'],
    ['of a part', 'GET', 'things/kept/inside/part', undefined, 400, 'ResourceDoesNotSupportTags'],
  ])('a request %s', async (_name, method, at, body, status, code) => {
    await put('kept');
    const path = `${group}/providers/Microsoft.Test/${at}/providers/Microsoft.Resources/tags/default`;
    const answer = await cloud.send(method, `${path}?api-version=2025-04-01`, body ? { body } : {});
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  test('of a group that is not there', async () => {
    expect(await rejection(tags().getAtScope(`${scope}/resourceGroups/none`))).toMatchObject({
      code: 'ResourceGroupNotFound',
      statusCode: 404,
    });
  });
});
