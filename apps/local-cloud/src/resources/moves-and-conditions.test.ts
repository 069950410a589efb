import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

const group = (name: string) => `/subscriptions/${subscription}/resourceGroups/${name}`;
const inGroup = (name: string, type: string, resource: string) =>
  `${group(name)}/providers/${type}/${resource}`;
const send = (method: string, id: string, body?: object, headers: Record<string, string> = {}) =>
  cloud.send(method, `${id}?api-version=2023-04-01`, { headers, ...(body === undefined ? {} : { body }) });
async function put(id: string, properties: object = {}) {
  await send('PUT', id, { location: 'eastus', properties });
  await expect.poll(async () => (await send('GET', id)).json.properties.provisioningState).toBe('Succeeded');
}

const move = (resources: string[]) =>
  cloud.resources.resources.moveResources('a', { resources, targetResourceGroup: group('b') }, polling);

describe('moving resources', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b']) {
      await cloud.resources.resourceGroups.createOrUpdate(name, { location: 'eastus' });
    }
  });

  test('takes along what is in and on them, and what they say of each other', async () => {
    const network = inGroup('a', 'Microsoft.Network/virtualNetworks', 'net');
    const table = inGroup('a', 'Microsoft.Network/routeTables', 'rt');
    await put(table);
    await put(network, {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 's', properties: { addressPrefix: '10.0.0.0/24', routeTable: { id: table } } }],
    });
    await put(`${network}/providers/Contoso.Marks/marks/m`);
    expect(await rejection(move([network]))).toMatchObject({ code: 'ResourceMoveProviderValidationFailed' });
    await cloud.resources.resources.validateMoveResources(
      'a',
      { resources: [network, table], targetResourceGroup: group('b') },
      polling,
    );
    expect((await send('GET', network)).status).toBe(200);
    await move([network, table]);
    expect((await send('GET', network)).status).toBe(404);
    const moved = inGroup('b', 'Microsoft.Network/virtualNetworks', 'net');
    const { json } = await send('GET', moved);
    expect(json.properties.subnets[0]).toMatchObject({
      id: `${moved}/subnets/s`,
      properties: { routeTable: { id: inGroup('b', 'Microsoft.Network/routeTables', 'rt') } },
    });
    expect((await send('GET', `${moved}/providers/Contoso.Marks/marks/m`)).status).toBe(200);
  });

  test('renames the identities that move with what has them', async () => {
    const identity = inGroup('a', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'who');
    const site = inGroup('a', 'Microsoft.Web/sites', 'has-one');
    await put(identity);
    await send('PUT', site, {
      location: 'eastus',
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
      properties: {},
    });
    await expect
      .poll(async () => (await send('GET', site)).json.properties.provisioningState)
      .toBe('Succeeded');
    await move([identity, site]);
    const moved = (await send('GET', inGroup('b', 'Microsoft.Web/sites', 'has-one'))).json;
    expect(Object.keys(moved.identity.userAssignedIdentities)).toEqual([
      inGroup('b', 'Microsoft.ManagedIdentity/userAssignedIdentities', 'who'),
    ]);
  });

  test('is refused for what is not there, taken, a part, locked, or where it is already', async () => {
    const one = inGroup('a', 'Microsoft.Portal/dashboards', 'one');
    await put(one);
    await put(inGroup('b', 'Microsoft.Portal/dashboards', 'one'));
    expect(await rejection(move([one]))).toMatchObject({ code: 'ResourceMoveFailed' });
    expect(await rejection(move([`${one}x`]))).toMatchObject({ code: 'ResourceNotFound' });
    const two = inGroup('a', 'Microsoft.Portal/dashboards', 'two');
    await put(two);
    const lock = `${two}/providers/Microsoft.Authorization/locks/l`;
    await send('PUT', lock, { properties: { level: 'CanNotDelete' } });
    expect(await rejection(move([two]))).toMatchObject({ code: 'ScopeLocked' });
    const same = { resources: [one], targetResourceGroup: group('A') };
    expect(await rejection(cloud.resources.resources.moveResources('a', same, polling))).toMatchObject({
      code: 'ResourceMoveSourceAndTargetAreSame',
    });
  });
});

describe('a condition in a header', () => {
  test('keeps a write from overwriting what somebody else changed, and a creation from replacing', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('etags', { location: 'eastus' });
    const id = inGroup('etags', 'Microsoft.Network/routeTables', 'rt');
    const body = { location: 'eastus', properties: {} };
    expect((await send('PUT', id, body, { 'if-match': '*' })).json.error.code).toBe('PreconditionFailed');
    expect((await send('PUT', id, body, { 'if-none-match': '*' })).status).toBe(201);
    await expect
      .poll(async () => (await send('GET', id)).json.properties.provisioningState)
      .toBe('Succeeded');
    const { etag } = (await send('GET', id)).json;
    const refused = await send('PUT', id, body, { 'if-none-match': '*' });
    expect([refused.status, refused.json.error.code]).toEqual([412, 'PreconditionFailed']);
    const known = await send('GET', id, undefined, { 'if-none-match': etag });
    expect([known.status, known.text, known.headers['etag']]).toEqual([304, '', etag]);
    expect((await send('PATCH', id, { tags: { a: 'b' } }, { 'if-match': etag })).status).toBe(200);
    for (const method of ['PATCH', 'DELETE'])
      expect(
        (await send(method, id, method === 'PATCH' ? { tags: {} } : undefined, { 'if-match': etag })).status,
      ).toBe(412);
    const now = (await send('GET', id)).json.etag;
    expect((await send('DELETE', id, undefined, { 'if-match': now })).status).toBe(202);
  });
});

describe('an api-version', () => {
  test.each([
    ['2099-01-01', 'InvalidApiVersionParameter'],
    ['2009-01-01', 'InvalidApiVersionParameter'],
  ])('%s is refused, for there is no such', async (version, code) => {
    const answer = await cloud.send('GET', `${group('etags')}?api-version=${version}`);
    expect([answer.status, answer.json.error.code]).toEqual([400, code]);
  });

  test('older than its type is refused, in a template too', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('old', { location: 'eastus' });
    const id = inGroup('old', 'Microsoft.KeyVault/vaults', 'vault');
    const body = { location: 'eastus', properties: {} };
    const direct = await cloud.send('PUT', `${id}?api-version=2014-06-01`, { body });
    expect([direct.status, direct.json.error.code]).toEqual([400, 'NoRegisteredProviderFound']);
    const resource = { type: 'Microsoft.KeyVault/vaults', apiVersion: '2099-06-01', name: 'vault', ...body };
    const template = { contentVersion: '1.0.0.0', $schema: 's#', resources: [resource] };
    const refused = await cloud.send(
      'POST',
      `${group('old')}/providers/Microsoft.Resources/deployments/d/validate?api-version=2021-04-01`,
      { body: { properties: { mode: 'Incremental', template } } },
    );
    expect(refused.json.error.details[0].code).toBe('NoRegisteredProviderFound');
  });
});
