import { randomUUID } from 'node:crypto';
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
});
afterAll(() => cloud.close());

const api = '2026-01-01';
const lockApi = '2020-05-01';
const scope = `/subscriptions/${subscription}`;
const resources = () => cloud.resources.resources;

/** A new group with a thing in it, and the ids of both. */
async function newGroup(): Promise<{ name: string; group: string; thing: string }> {
  const name = `rg-${randomUUID()}`;
  await cloud.resources.resourceGroups.createOrUpdate(name, { location: 'eastus' });
  const group = `${scope}/resourceGroups/${name}`;
  const thing = `${group}/providers/Microsoft.Test/things/thing`;
  await put(thing);
  return { name, group, thing };
}

const put = (id: string, body: object = {}) =>
  resources().createOrUpdateById(id, api, { location: 'eastus', ...body }, polling);

const lockId = (at: string, name: string) => `${at}/providers/Microsoft.Authorization/locks/${name}`;
const lock = (at: string, level: 'CanNotDelete' | 'ReadOnly', name = 'keep') =>
  resources().createOrUpdateById(lockId(at, name), lockApi, { properties: { level } }, polling);
const unlock = (at: string, name = 'keep') => resources().deleteById(lockId(at, name), lockApi, polling);
const listed = async (at: string, filter = '') => {
  const path = `${at}/providers/Microsoft.Authorization/locks?api-version=${lockApi}${filter}`;
  return (await cloud.send('GET', path)).json.value as { id: string; properties: { level: string } }[];
};

const locked = (at: string, verb: 'write' | 'delete', by: string) => ({
  code: 'ScopeLocked',
  statusCode: 409,
  message: expect.stringMatching(
    new RegExp(
      `^The scope '${at}' cannot perform ${verb} operation because following scope\\(s\\) are locked: '${by}'. Please remove the lock and try again.$`,
      'i',
    ),
  ),
});

describe('locks', () => {
  test('are made, changed, read and taken away', async () => {
    const { thing } = await newGroup();
    const path = `${lockId(thing, 'mine')}?api-version=${lockApi}`;
    const properties = { level: 'canNotDelete', notes: 'Dear to us', owners: [{ applicationId: 'x' }] };
    const made = await cloud.send('PUT', path, { body: { properties } });
    expect([made.status, made.json]).toEqual([
      201,
      {
        id: lockId(thing, 'mine'),
        name: 'mine',
        type: 'Microsoft.Authorization/locks',
        properties: { ...properties, level: 'CanNotDelete' },
      },
    ]);
    const changed = await cloud.send('PUT', path.toLowerCase(), {
      body: { properties: { level: 'ReadOnly' } },
    });
    expect([changed.status, changed.json.id, changed.json.properties]).toEqual([
      200,
      lockId(thing, 'mine'),
      { level: 'ReadOnly' },
    ]);
    expect(await resources().getById(lockId(thing, 'mine'), lockApi)).toMatchObject({
      properties: { level: 'ReadOnly' },
    });
    expect((await cloud.send('DELETE', path)).status).toBe(200);
    expect((await cloud.send('DELETE', path)).status).toBe(204);
    expect(await rejection(resources().getById(lockId(thing, 'mine'), lockApi))).toMatchObject({
      code: 'LockNotFound',
      statusCode: 404,
    });
  });

  test('are listed at a scope with those above and below it, or with those that hold at it', async () => {
    const own = await startTestCloud({ providers: [testProvider] });
    const path = (at: string, name: string) => `${lockId(at, name)}?api-version=${lockApi}`;
    await own.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
    const group = `${scope}/resourceGroups/rg`;
    const thing = `${group}/providers/Microsoft.Test/things/thing`;
    await own.resources.resources.createOrUpdateById(thing, api, { location: 'eastus' }, polling);
    const body = { properties: { level: 'CanNotDelete' } };
    for (const at of [scope, group, thing]) await own.send('PUT', path(at, 'keep'), { body });
    const ids = async (at: string, filter = '') => {
      const list = `${at}/providers/Microsoft.Authorization/locks?api-version=${lockApi}${filter}`;
      return (await own.send('GET', list)).json.value.map(({ id }: { id: string }) => id);
    };
    const all = [scope, group, thing].map((at) => lockId(at, 'keep'));
    for (const at of [scope, group, thing]) expect((await ids(at)).toSorted()).toEqual(all.toSorted());
    expect(await ids(scope, '&$filter=atScope()')).toEqual([lockId(scope, 'keep')]);
    expect((await ids(thing, '&$filter=atScope()')).toSorted()).toEqual(all.toSorted());
    await own.close();
  });

  test('hold after a restart', async () => {
    const own = await startTestCloud({ providers: [testProvider] });
    await own.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
    await own.send('PUT', `${lockId(`${scope}/resourceGroups/rg`, 'keep')}?api-version=${lockApi}`, {
      body: { properties: { level: 'CanNotDelete' } },
    });
    await own.cloud.close();
    const again = await startTestCloud({ settings: own.settings, providers: [testProvider] });
    expect((await rejection(again.resources.resourceGroups.delete('rg', polling))).code).toBe('ScopeLocked');
    await again.close();
  });

  test('go with what they are put on when it goes before they hold', async () => {
    const { thing } = await newGroup();
    await cloud.send('PUT', '/slipway/moods', {
      body: { work: [{ mood: 'never-ends', type: 'Microsoft.Test/things', action: 'delete' }] },
    });
    const accepted = await cloud.send('DELETE', `${thing}?api-version=${api}`);
    expect(accepted.status).toBe(202);
    await lock(thing, 'CanNotDelete');
    await cloud.send('PUT', '/slipway/moods', { body: {} });
    await expect
      .poll(async () => (await cloud.send('GET', `${thing}?api-version=${api}`)).status, { interval: 1 })
      .toBe(404);
    await put(thing);
    expect(await listed(thing)).toEqual([]);
  });

  test.each([
    ['a level that is none', 'keep', { properties: { level: 'NotSpecified' } }, 'InvalidRequestContent'],
    ['no level', 'keep', { properties: {} }, 'InvalidRequestContent'],
    ['no properties', 'keep', {}, 'InvalidRequestContent'],
    [
      'notes that are too long',
      'keep',
      { properties: { level: 'ReadOnly', notes: 'n'.repeat(513) } },
      'InvalidRequestContent',
    ],
    ['a name with a colon', 'a:b', { properties: { level: 'ReadOnly' } }, 'InvalidLockName'],
    ['a name that is too long', 'n'.repeat(261), { properties: { level: 'ReadOnly' } }, 'InvalidLockName'],
  ])('with %s are refused', async (_name, name, body, code) => {
    const { thing } = await newGroup();
    const answer = await cloud.send('PUT', `${lockId(thing, name)}?api-version=${lockApi}`, { body });
    expect([answer.status, answer.json.error.code]).toEqual([400, code]);
    expect(await listed(thing)).toEqual([]);
  });

  test('are refused where nothing is, and with a filter that is none', async () => {
    const { group, thing } = await newGroup();
    expect(await rejection(lock(`${thing}-none`, 'ReadOnly'))).toMatchObject({ code: 'ResourceNotFound' });
    expect(await rejection(lock(`${group}-none`, 'ReadOnly'))).toMatchObject({
      code: 'ResourceGroupNotFound',
    });
    const answer = await cloud.send(
      'GET',
      `${group}/providers/Microsoft.Authorization/locks?api-version=${lockApi}&$filter=level eq 'ReadOnly'`,
    );
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidFilterInQueryString']);
  });
});

describe('a lock against deletion', () => {
  test('of a resource keeps it and its group, but lets it change', async () => {
    const { name, group, thing } = await newGroup();
    await lock(thing, 'CanNotDelete');
    expect(await rejection(resources().deleteById(thing, api, polling))).toMatchObject(
      locked(thing, 'delete', thing),
    );
    expect(await rejection(cloud.resources.resourceGroups.delete(name, polling))).toMatchObject(
      locked(group, 'delete', thing),
    );
    expect((await cloud.resources.resourceGroups.get(name)).properties?.provisioningState).toBe('Succeeded');
    await put(thing, { properties: { changed: true } });
    await resources().updateById(thing, api, { tags: { changed: 'too' } }, polling);

    await unlock(thing);
    await cloud.resources.resourceGroups.delete(name, polling);
  });

  test('of a group keeps what is in it, deployments and stacks too, and lets more come', async () => {
    const { name, group, thing } = await newGroup();
    const template = thingsTemplate({ more: {} });
    const stacks = cloud.stacks.deploymentStacks;
    const stack = {
      properties: {
        template,
        actionOnUnmanage: { resources: 'delete' as const },
        denySettings: { mode: 'none' as const },
      },
    };
    await lock(group, 'CanNotDelete');
    await stacks.beginCreateOrUpdateAtResourceGroupAndWait(name, 's', stack, polling);
    const by = group;
    expect(await rejection(resources().deleteById(thing, api, polling))).toMatchObject(
      locked(thing, 'delete', by),
    );
    expect(await rejection(stacks.beginDeleteAtResourceGroupAndWait(name, 's', polling))).toMatchObject({
      code: 'ScopeLocked',
    });
    const [deployment] = (
      await cloud.send('GET', `${group}/providers/Microsoft.Resources/deployments?api-version=2025-04-01`)
    ).json.value;
    expect(
      await rejection(cloud.deployments.deployments.delete(name, deployment.name, polling)),
    ).toMatchObject(locked(deployment.id, 'delete', by));
    const tags = cloud.resources.tagsOperations;
    expect(await rejection(tags.deleteAtScope(thing, polling))).toMatchObject({ code: 'ScopeLocked' });
    await tags.updateAtScope(thing, { operation: 'Merge', properties: { tags: { a: 'b' } } }, polling);
    await unlock(group);
    await stacks.beginDeleteAtResourceGroupAndWait(name, 's', {
      unmanageActionResources: 'delete',
      ...polling,
    });
  });

  test('of what a stack manages lets the stack be deleted in vain, with the reason', async () => {
    const { name, group } = await newGroup();
    const stacks = cloud.stacks.deploymentStacks;
    await stacks.beginCreateOrUpdateAtResourceGroupAndWait(
      name,
      's',
      {
        properties: {
          template: thingsTemplate({ kept: {}, gone: {} }),
          actionOnUnmanage: { resources: 'delete' },
          denySettings: { mode: 'none' },
        },
      },
      polling,
    );
    const kept = `${group}/providers/Microsoft.Test/things/kept`;
    await lock(kept, 'CanNotDelete');
    const options = { unmanageActionResources: 'delete' as const, ...polling };
    await rejection(stacks.beginDeleteAtResourceGroupAndWait(name, 's', options));
    const failed = await stacks.getAtResourceGroup(name, 's');
    expect(failed.properties?.provisioningState).toBe('failed');
    expect(failed.properties?.failedResources).toMatchObject([{ id: kept, error: { code: 'ScopeLocked' } }]);
    await unlock(kept);
    await stacks.beginDeleteAtResourceGroupAndWait(name, 's', options);
    expect((await rejection(resources().getById(kept, api))).code).toBe('ResourceNotFound');
  });

  test('of a stack go with the stack, or with an update that has them no more, and keep it where they stay', async () => {
    const { name, group } = await newGroup();
    const stacks = cloud.stacks.deploymentStacks;
    const aLock = {
      type: 'Microsoft.Authorization/locks',
      apiVersion: lockApi,
      properties: { level: 'CanNotDelete' },
    };
    const onGroup = { ...aLock, name: 'all' };
    const onThing = {
      ...aLock,
      name: 'one',
      scope: "[resourceId('Microsoft.Test/things', 'kept')]",
      dependsOn: ["[resourceId('Microsoft.Test/things', 'kept')]"],
    };
    const putStack = (locks: object[], things: Parameters<typeof thingsTemplate>[0] = { kept: {} }) => {
      const template = thingsTemplate(things);
      const resourcesAndLocks = [...(template['resources'] as object[]), ...locks];
      return stacks.beginCreateOrUpdateAtResourceGroupAndWait(
        name,
        's',
        {
          properties: {
            template: { ...template, resources: resourcesAndLocks },
            actionOnUnmanage: { resources: 'delete' },
            denySettings: { mode: 'none' },
          },
        },
        polling,
      );
    };
    const kept = `${group}/providers/Microsoft.Test/things/kept`;
    const made = await putStack([onGroup, onThing]);
    expect(made.properties?.resources?.map(({ id }) => id)).toEqual([
      kept,
      lockId(group, 'all'),
      lockId(kept, 'one'),
    ]);
    const updated = await putStack([onGroup]);
    expect(updated.properties?.deletedResources).toEqual([{ id: lockId(kept, 'one') }]);
    await putStack([onGroup, onThing]);

    const detached = stacks.beginDeleteAtResourceGroupAndWait(name, 's', polling);
    expect(await rejection(detached)).toMatchObject({ code: 'ScopeLocked', statusCode: 409 });
    await lock(group, 'CanNotDelete', 'foreign');
    const whole = { unmanageActionResources: 'delete' as const, ...polling };
    expect(await rejection(stacks.beginDeleteAtResourceGroupAndWait(name, 's', whole))).toMatchObject({
      code: 'ScopeLocked',
    });
    await unlock(group, 'foreign');
    expect((await listed(group)).map(({ id }) => id)).toEqual([lockId(group, 'all'), lockId(kept, 'one')]);
    await stacks.beginDeleteAtResourceGroupAndWait(name, 's', whole);
    expect(await listed(group)).toEqual([]);
    expect((await rejection(resources().getById(kept, api))).code).toBe('ResourceNotFound');
    await expect(stacks.getAtResourceGroup(name, 's')).rejects.toMatchObject({
      code: 'DeploymentStackNotFound',
    });
  });

  test('of a child keeps its parent', async () => {
    const { thing } = await newGroup();
    const child = `${thing}/children/c`;
    await put(child);
    await lock(child, 'CanNotDelete');
    expect(await rejection(resources().deleteById(thing, api, polling))).toMatchObject(
      locked(thing, 'delete', child),
    );
  });

  test('of a subscription keeps everything, and names every lock in the way', async () => {
    const own = await startTestCloud({ providers: [testProvider] });
    await own.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
    const group = `${scope}/resourceGroups/rg`;
    const body = { properties: { level: 'CanNotDelete' } };
    for (const at of [scope, group])
      await own.send('PUT', `${lockId(at, 'keep')}?api-version=${lockApi}`, { body });
    expect(await rejection(own.resources.resourceGroups.delete('rg', polling))).toMatchObject(
      locked(group, 'delete', `${scope},${group}`),
    );
    await own.close();
  });
});

describe('a lock against changes', () => {
  test('of a resource forbids writes, actions, tags and deletes of it alone', async () => {
    const { group, thing } = await newGroup();
    await lock(thing, 'ReadOnly');
    const forbidden = locked(thing, 'write', thing);
    expect(await rejection(put(thing))).toMatchObject(forbidden);
    expect(await rejection(put(`${thing}/children/c`))).toMatchObject(
      locked(`${thing}/children/c`, 'write', thing),
    );
    expect(await rejection(resources().updateById(thing, api, { tags: { a: 'b' } }, polling))).toMatchObject(
      forbidden,
    );
    const keys = await cloud.send('POST', `${thing}/listKeys?api-version=${api}`);
    expect([keys.status, keys.json.error]).toMatchObject([409, { code: 'ScopeLocked' }]);
    const tags = { operation: 'Merge' as const, properties: { tags: { a: 'b' } } };
    expect(await rejection(cloud.resources.tagsOperations.updateAtScope(thing, tags, polling))).toMatchObject(
      {
        code: 'ScopeLocked',
      },
    );
    expect(await rejection(resources().deleteById(thing, api, polling))).toMatchObject({
      code: 'ScopeLocked',
    });
    expect((await resources().getById(thing, api)).tags).toBeUndefined();
    await put(`${group}/providers/Microsoft.Test/things/other`);
  });

  test('of a group forbids changes of the group, deployments and stacks', async () => {
    const { name, group } = await newGroup();
    await lock(group, 'ReadOnly');
    const { resourceGroups } = cloud.resources;
    for (const change of [
      resourceGroups.createOrUpdate(name, { location: 'eastus', tags: { a: 'b' } }),
      resourceGroups.update(name, { tags: { a: 'b' } }),
    ])
      expect(await rejection(change)).toMatchObject(locked(group, 'write', group));
    const template = thingsTemplate({ more: {} });
    const deployments = cloud.deployments.deployments;
    const properties = { mode: 'Incremental' as const, template };
    expect(await rejection(deployments.createOrUpdate(name, 'd', { properties }, polling))).toMatchObject(
      locked(`${group}/providers/Microsoft.Resources/deployments/d`, 'write', group),
    );
    const stack = {
      properties: {
        template,
        actionOnUnmanage: { resources: 'delete' as const },
        denySettings: { mode: 'none' as const },
      },
    };
    const stacks = cloud.stacks.deploymentStacks;
    expect(
      await rejection(stacks.beginCreateOrUpdateAtResourceGroupAndWait(name, 's', stack, polling)),
    ).toMatchObject({ code: 'ScopeLocked', statusCode: 409 });
  });

  test('of a resource fails the deployment that would write it, and leaves the rest to it', async () => {
    const { name, group, thing } = await newGroup();
    await lock(thing, 'ReadOnly');
    const properties = {
      mode: 'Incremental' as const,
      template: thingsTemplate({ thing: { properties: { changed: true } }, other: {} }),
    };
    const deployments = cloud.deployments.deployments;
    await rejection(deployments.createOrUpdate(name, 'd', { properties }, polling));
    const failed = await deployments.get(name, 'd');
    expect(failed.properties?.error?.details).toMatchObject([{ code: 'ScopeLocked', target: thing }]);
    expect((await resources().getById(thing, api)).properties).not.toHaveProperty('changed');
    await resources().getById(`${group}/providers/Microsoft.Test/things/other`, api);
  });

  test('forbids a template to ask for keys', async () => {
    const { name, thing } = await newGroup();
    await lock(thing, 'ReadOnly');
    const template = thingsTemplate(
      {},
      { outputs: { key: { type: 'string', value: `[listKeys('${thing}', '${api}').key]` } } },
    );
    const deploy = cloud.deployments.deployments.createOrUpdate(
      name,
      'd',
      { properties: { mode: 'Incremental', template } },
      polling,
    );
    await rejection(deploy);
    const failed = await cloud.deployments.deployments.get(name, 'd');
    expect(JSON.stringify(failed.properties?.error)).toContain('following scope(s) are locked');
  });
});
