import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { testProvider } from '../test-provider.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());

const api = '2026-01-01';
const idOf = (name: string, group = 'rg') =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Test/things/${name}`;
const put = (name: string, body: object = {}, group = 'rg') =>
  cloud.resources.resources.createOrUpdateById(
    idOf(name, group),
    api,
    { location: 'eastus', ...body },
    polling,
  );

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('subscriptions and places', () => {
  test('there is one subscription in one tenant, with regions', async () => {
    const [one, ...others] = await all(cloud.subscriptions.subscriptions.list());
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      subscriptionId: subscription,
      displayName: 'Local subscription',
      state: 'Enabled',
    });
    const locations = await all(cloud.subscriptions.subscriptions.listLocations(subscription));
    expect(locations.length).toBeGreaterThanOrEqual(12);
    expect(locations.find(({ name }) => name === 'westeurope')).toMatchObject({
      displayName: 'West Europe',
      metadata: { regionCategory: 'Recommended', regionType: 'Physical' },
    });
    expect(await all(cloud.subscriptions.tenants.list())).toHaveLength(1);
  });

  test('another subscription is not found', async () => {
    const answer = await cloud.send(
      'GET',
      '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups?api-version=2022-12-01',
    );
    expect([answer.status, answer.json.error.code]).toEqual([404, 'SubscriptionNotFound']);
  });

  test('providers tell their types, versions and locations', async () => {
    const provider = await cloud.resources.providers.get('microsoft.test');
    expect(provider.registrationState).toBe('Registered');
    expect(provider.resourceTypes?.[0]).toMatchObject({
      resourceType: 'things',
      apiVersions: ['2026-01-01', '2025-01-01'],
    });
    expect(provider.resourceTypes?.[0]?.locations).toContain('West Europe');
    const names = (await all(cloud.resources.providers.list())).map(({ namespace }) => namespace);
    expect(names).toEqual(
      expect.arrayContaining(['Microsoft.Resources', 'Microsoft.Test', 'Microsoft.KeyVault']),
    );
    expect((await rejection(cloud.resources.providers.get('Microsoft.Nothing'))).code).toBe(
      'InvalidResourceNamespace',
    );
  });

  test("a provider's routes under the subscription answer", async () => {
    const path = `/subscriptions/${subscription}/providers/Microsoft.Test/locations/EastUS/echo?say=hi&api-version=${api}`;
    expect((await cloud.send('GET', path)).json).toEqual({ location: 'EastUS', said: 'hi' });
  });
});

const groups = () => cloud.resources.resourceGroups;

describe('resource groups', () => {
  test('are made, tagged, found by tag and checked for existence', async () => {
    await groups().createOrUpdate('tagged', { location: 'West Europe', tags: { team: 'red' } });
    expect(await groups().update('tagged', { tags: { team: 'blue' } })).toMatchObject({
      location: 'westeurope',
      tags: { team: 'blue' },
    });
    const found = await all(groups().list({ filter: "tagName eq 'team' and tagValue eq 'blue'" }));
    expect(found.map(({ name }) => name)).toEqual(['tagged']);
    expect(await all(groups().list({ filter: "tagName eq 'team' and tagValue eq 'red'" }))).toEqual([]);
    expect(await groups().checkExistence('TAGGED')).toMatchObject({ body: true });
    expect(await groups().checkExistence('absent')).toMatchObject({ body: false });
  });

  test.each([
    ['without a location', 'a', {}, 400, 'LocationRequired'],
    ['in a region that is none', 'a', { location: 'atlantis' }, 400, 'LocationNotAvailableForResourceGroup'],
    ['with a name that ends in a dot', 'a.', { location: 'eastus' }, 400, 'InvalidResourceGroup'],
    ['with a tag that is no text', 'a', { location: 'eastus', tags: { n: 1 } }, 400, 'InvalidTagValueType'],
    ['in another region than it is', 'rg', { location: 'westus2' }, 409, 'InvalidResourceGroupLocation'],
  ])('%s are refused', async (_name, name, body, status, code) => {
    const path = `/subscriptions/${subscription}/resourceGroups/${name}?api-version=2022-12-01`;
    const answer = await cloud.send('PUT', path, { body });
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
  });

  test('that are missing get ResourceGroupNotFound', async () => {
    expect(await rejection(groups().get('absent'))).toMatchObject({
      code: 'ResourceGroupNotFound',
      statusCode: 404,
      message: "Resource group 'absent' could not be found.",
    });
    expect((await rejection(groups().delete('absent', polling))).code).toBe('ResourceGroupNotFound');
    expect((await rejection(put('x', {}, 'absent'))).code).toBe('ResourceGroupNotFound');
  });

  test('go with everything in them, whatever order that takes', async () => {
    await groups().createOrUpdate('doomed', { location: 'eastus' });
    await put('base', {}, 'doomed');
    await put('middle', { properties: { uses: idOf('base', 'doomed') } }, 'doomed');
    await put('top', { properties: { uses: idOf('middle', 'doomed') } }, 'doomed');
    await groups().delete('doomed', polling);
    expect(await groups().checkExistence('doomed')).toMatchObject({ body: false });
    expect(await all(cloud.resources.resources.list({ filter: "resourceGroup eq 'doomed'" }))).toEqual([]);
  });

  test('stay when something elsewhere needs what is in them', async () => {
    await groups().createOrUpdate('needed', { location: 'eastus' });
    await put('base', {}, 'needed');
    await put('needs', { properties: { uses: idOf('base', 'needed') } });
    const error = await rejection(groups().delete('needed', polling));
    expect(error.code).toBe('ResourceGroupDeletionBlocked');
    expect((await groups().get('needed')).properties?.provisioningState).toBe('Succeeded');
    await cloud.resources.resources.deleteById(idOf('needs'), api, polling);
    await groups().delete('needed', polling);
  });
});

const at = (rest: string) => `${idOf('acting')}/${rest}?api-version=${api}`;

describe('resources', () => {
  test('are made as long operations and read back', async () => {
    const path = `${idOf('first')}?api-version=${api}`;
    const created = await cloud.send('PUT', path, {
      body: { location: 'East US', tags: { a: 'b' }, sku: { name: 'S' } },
    });
    expect(created.status).toBe(201);
    expect(created.json.properties.provisioningState).toBe('Creating');
    expect(created.headers['azure-asyncoperation']).toMatch(
      /^https:\/\/localhost:\d+\/.*\/operations\/.*api-version=/,
    );
    expect(created.headers['retry-after']).toBe('0');
    const resource = await put('first', { tags: { a: 'c' }, sku: { name: 'S' }, properties: { size: 2 } });
    expect(resource).toMatchObject({
      id: idOf('first'),
      name: 'first',
      type: 'Microsoft.Test/things',
      location: 'eastus',
      tags: { a: 'c' },
      sku: { name: 'S' },
      properties: { provisioningState: 'Succeeded', size: 2, usedBy: [] },
    });
    const lowerCase = await cloud.send('GET', path.toLowerCase());
    expect(lowerCase.json.id).toBe(idOf('first'));
    expect(await cloud.resources.resources.checkExistenceById(idOf('first'), api)).toMatchObject({
      body: true,
    });
    expect(await cloud.resources.resources.checkExistenceById(idOf('none'), api)).toMatchObject({
      body: false,
    });
  });

  test('that fail later fail their long operation, with the reason', async () => {
    const error = await rejection(put('breaks', { properties: { failLater: 'It broke.' } }));
    expect(error.message).toContain('ThingBroke. It broke.');
    const resource = await cloud.resources.resources.getById(idOf('breaks'), api);
    expect(resource.properties?.provisioningState).toBe('Failed');
  });

  test.each([
    [
      'refused by their provider',
      idOf('no'),
      { location: 'eastus', properties: { refuse: 'No.' } },
      409,
      'ThingRefused',
    ],
    ['without a location', idOf('no'), {}, 400, 'LocationRequired'],
    [
      'in a region that is none',
      idOf('no'),
      { location: 'moon' },
      400,
      'LocationNotAvailableForResourceType',
    ],
    ['without their parent', `${idOf('none')}/children/c`, {}, 404, 'ParentResourceNotFound'],
    [
      'of what cannot be a namespace',
      idOf('no').replace('Microsoft.Test', 'Contoso'),
      {},
      404,
      'InvalidResourceNamespace',
    ],
    ['with a name that cannot be', `${idOf('a')}%3Cb`, { location: 'eastus' }, 400, 'InvalidResourceName'],
    ['at a collection', idOf('a').replace('/a', ''), { location: 'eastus' }, 405, 'MethodNotAllowed'],
  ])('%s are not made', async (_name, id, body, status, code) => {
    const answer = await cloud.send('PUT', `${id}?api-version=${api}`, { body });
    expect([answer.status, answer.json.error.code]).toEqual([status, code]);
    expect(await cloud.resources.resources.checkExistenceById(idOf('no'), api)).toMatchObject({
      body: false,
    });
  });

  test('that exist cannot move to another region', async () => {
    await put('fixed');
    expect((await rejection(put('fixed', { location: 'westus2' }))).code).toBe('InvalidResourceLocation');
  });

  test('are patched: tags at once, the rest like a PUT', async () => {
    await put('patched', {
      tags: { old: '1' },
      sku: { name: 'S', capacity: 1 },
      properties: { a: 1, b: { c: 2 } },
    });
    const tagged = await cloud.resources.resources.updateById(
      idOf('patched'),
      api,
      { tags: { new: '2' } },
      polling,
    );
    expect(tagged.tags).toEqual({ new: '2' });
    const grown = await cloud.resources.resources.updateById(
      idOf('patched'),
      api,
      { sku: { capacity: 3 }, properties: { b: { d: 4 } } },
      polling,
    );
    expect(grown).toMatchObject({
      tags: { new: '2' },
      sku: { name: 'S', capacity: 3 },
      properties: { a: 1, b: { c: 2, d: 4 } },
    });
  });

  test('in use are not deleted, and deleting what is gone is fine', async () => {
    await put('used');
    await put('user', { properties: { uses: idOf('used') } });
    expect(await rejection(cloud.resources.resources.deleteById(idOf('used'), api, polling))).toMatchObject({
      code: 'ThingInUse',
      statusCode: 409,
    });
    await cloud.resources.resources.deleteById(idOf('user'), api, polling);
    await cloud.resources.resources.deleteById(idOf('used'), api, polling);
    expect((await rejection(cloud.resources.resources.getById(idOf('used'), api))).code).toBe(
      'ResourceNotFound',
    );
    const again = await cloud.send('DELETE', `${idOf('used')}?api-version=${api}`);
    expect(again.status).toBe(204);
  });

  test('take their children along', async () => {
    await put('parent');
    const child = `${idOf('parent')}/children/c`;
    await cloud.resources.resources.createOrUpdateById(child, api, { properties: { x: 1 } }, polling);
    const children = await cloud.send('GET', `${idOf('parent')}/children?api-version=${api}`);
    expect(children.json.value.map(({ id }: { id: string }) => id)).toEqual([child]);
    await cloud.resources.resources.deleteById(idOf('parent'), api, polling);
    expect((await rejection(cloud.resources.resources.getById(child, api))).code).toBe('ResourceNotFound');
  });

  test('have parts and actions', async () => {
    await put('acting', { properties: { password: 'sesame' } });
    expect((await cloud.send('GET', at('inside'))).json).toEqual({ value: [{ name: 'acting-part' }] });
    expect((await cloud.send('GET', at('INSIDE/one'))).json).toEqual({ name: 'one' });
    expect((await cloud.send('POST', at('listKeys'))).json).toEqual({ key: 'sesame' });
    expect((await cloud.send('POST', at('explode'))).status).toBe(404);
  });

  test('keep their secrets to themselves, also on disk', async () => {
    const password = 'open-sesame-4711';
    const made = await put('secretive', { properties: { password, visible: 'plain-to-see' } });
    const listed = await cloud.send('GET', `/subscriptions/${subscription}/resources?api-version=2021-04-01`);
    expect(JSON.stringify(made) + listed.text).not.toContain(password);
    const folder = join(cloud.settings.dataDir, 'local-cloud');
    const onDisk = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
    expect(onDisk).toContain('secretive');
    expect(onDisk).not.toContain(password);
    // What else it was made of may have been a secure parameter.
    expect(onDisk).not.toContain('plain-to-see');
  });

  test('of a type nobody knows are kept as they were sent', async () => {
    const id = idOf('odd').replace('things', 'oddities');
    const made = await cloud.resources.resources.createOrUpdateById(
      id,
      api,
      { location: 'eastus', kind: 'blue', properties: { n: [1] } },
      polling,
    );
    expect(made).toMatchObject({ kind: 'blue', properties: { n: [1], provisioningState: 'Succeeded' } });
  });
});

describe('lists of resources', () => {
  test('are filtered, expanded and paged', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('listed', { location: 'eastus' });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await put(name, { tags: { part: name } }, 'listed');
    const names = async (filter: string) =>
      (await all(cloud.resources.resources.list({ filter }))).map(({ name }) => name);
    expect(await names("resourceGroup eq 'listed' and resourceType eq 'microsoft.test/THINGS'")).toHaveLength(
      5,
    );
    expect(await names("tagName eq 'part' and tagValue eq 'b'")).toEqual(['b']);
    expect(await names("resourceGroup eq 'listed' and (name eq 'a')").catch((error) => error.code)).toBe(
      'InvalidFilterInQueryString',
    );
    const planned = idOf('planned', 'listed').replace('Microsoft.Test', 'Their.Test');
    const made = await cloud.resources.resources.createOrUpdateById(
      planned,
      api,
      {
        location: 'eastus',
        plan: { publisher: 'their', product: 'offer', name: 'plan' },
        identity: { type: 'SystemAssigned' },
        tags: { partner: 'x' },
      },
      polling,
    );
    expect(await names("plan/publisher eq 'Their' and plan/name eq 'plan'")).toEqual(['planned']);
    expect(await names(`identity/principalId eq '${made.identity?.principalId ?? ''}'`)).toEqual(['planned']);
    expect(await names("startswith(tagName, 'PARTN')")).toEqual(['planned']);
    await cloud.resources.resources.deleteById(planned, api, polling);
    const pages: number[] = [];
    for await (const page of cloud.resources.resources.listByResourceGroup('listed', { top: 2 }).byPage())
      pages.push(page.length);
    expect(pages).toEqual([2, 2, 1]);
    const [first] = await all(
      cloud.resources.resources.listByResourceGroup('listed', { expand: 'createdTime,provisioningState' }),
    );
    expect(first).toMatchObject({ provisioningState: 'Succeeded', createdTime: expect.any(Date) });
    expect(first?.properties).toBeUndefined();
  });

  test('refuse a page size that is none', async () => {
    const answer = await cloud.send(
      'GET',
      `/subscriptions/${subscription}/resources?$top=0&api-version=2021-04-01`,
    );
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidTopInQueryString']);
  });
});
