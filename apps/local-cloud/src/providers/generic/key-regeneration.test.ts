import { StorageManagementClient } from '@azure/arm-storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../../local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'westeurope' });
});
afterAll(() => cloud.close());

const apiVersion = '2023-01-01';
const idOf = (path: string) => `/subscriptions/${subscription}/resourceGroups/rg/providers/${path}`;
const post = (path: string, body?: object) =>
  cloud.send('POST', `${idOf(path)}?api-version=${apiVersion}`, body === undefined ? {} : { body });
const make = (path: string, more: object = {}) =>
  cloud.resources.resources.createOrUpdateById(
    idOf(path),
    apiVersion,
    { location: 'westeurope', properties: {}, ...more },
    polling,
  );

test('a storage account gets one new key, keeps the other, and has both after a restart and a PUT', async () => {
  const account = { sku: { name: 'Standard_LRS' }, kind: 'StorageV2' };
  await make('Microsoft.Storage/storageAccounts/anew', account);
  const storage = () =>
    new StorageManagementClient(cloud.access.credential, subscription, cloud.access.options).storageAccounts;
  const keysNow = async () => (await storage().listKeys('rg', 'anew')).keys ?? [];
  const before = await keysNow();
  const { keys: after = [] } = await storage().regenerateKey('rg', 'anew', { keyName: 'key1' });
  expect(after.map(({ keyName }) => keyName)).toEqual(['key1', 'key2']);
  expect(after[1]).toEqual(before[1]);
  expect(after[0]?.value).toMatch(/^[\w+/]{86}==$/);
  expect(after[0]?.value).not.toBe(before[0]?.value);
  expect(after[0]?.creationTime?.getTime()).toBeGreaterThan(before[0]?.creationTime?.getTime() ?? NaN);
  expect(await keysNow()).toEqual(after);

  await cloud.cloud.close();
  cloud = await startTestCloud({ settings: cloud.settings });
  expect(await keysNow()).toEqual(after);
  await make('Microsoft.Storage/storageAccounts/anew', { ...account, tags: { a: 'b' } });
  expect(await keysNow()).toEqual(after);
  const wrong = storage().regenerateKey('rg', 'anew', { keyName: 'key3' });
  expect(await rejection(wrong)).toMatchObject({
    statusCode: 400,
    code: 'InvalidValuesForRequestParameters',
  });
});

test.each([
  ['Microsoft.CognitiveServices/accounts/it', 'regenerateKey', { keyName: 'Key2' }, 'listKeys', ['key2']],
  ['Microsoft.EventGrid/topics/it', 'regenerateKey', { keyName: 'key1' }, 'listKeys', ['key1']],
  ['Microsoft.EventGrid/domains/it', 'regenerateKey', { keyName: 'key2' }, 'listKeys', ['key2']],
  [
    'Microsoft.SignalRService/signalR/it',
    'regenerateKey',
    { keyType: 'Primary' },
    'listKeys',
    ['primaryKey'],
  ],
  ['Microsoft.Batch/batchAccounts/it', 'regenerateKeys', { keyName: 'Primary' }, 'listKeys', ['primary']],
  ['Microsoft.Cache/redis/it', 'regenerateKey', { keyType: 'Secondary' }, 'listKeys', ['secondaryKey']],
  [
    'Microsoft.ContainerRegistry/registries/it',
    'regenerateCredential',
    { name: 'password2' },
    'listCredentials',
    ['passwords'],
  ],
  [
    'Microsoft.EventHub/namespaces/it/authorizationRules/RootManageSharedAccessKey',
    'regenerateKeys',
    { keyType: 'PrimaryKey' },
    'listKeys',
    ['primaryKey'],
  ],
  [
    'Microsoft.NotificationHubs/namespaces/it/authorizationRules/RootManageSharedAccessKey',
    'regenerateKeys',
    { policyKey: 'SecondaryKey' },
    'listKeys',
    ['secondaryKey'],
  ],
  [
    'Microsoft.DocumentDB/databaseAccounts/it',
    'regenerateKey',
    { keyKind: 'secondaryReadonly' },
    'listKeys',
    ['secondaryReadonlyMasterKey'],
  ],
])('%s gets a new key by %s, and keeps the others', async (path, action, body, list, expected) => {
  const type = path.split('/it')[0] ?? '';
  const owner = `${type}/it`;
  await make(owner);
  const listed = async (): Promise<Record<string, unknown>> => (await post(`${path}/${list}`)).json;
  const before = await listed();
  const unknown = await post(`${path}/${action}`, { [Object.keys(body)[0] ?? '']: 'none' });
  expect([unknown.status, unknown.json.error.code]).toEqual([400, 'InvalidRequestContent']);
  expect(await listed()).toEqual(before);

  const answer = await post(`${path}/${action}`, body);
  expect(answer.status).toBe(200);
  const after = await listed();
  // Azure answers the keys, but for a Cosmos account.
  if (answer.text !== '') expect(answer.json).toEqual(after);
  const changed = Object.keys(after).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  );
  expect(changed.filter((name) => !name.endsWith('ConnectionString'))).toEqual(expected);
  const again = await post(`${path}/${action}`, body);
  expect([again.status, await listed()]).not.toEqual([200, after]);
  const kept = await listed();
  await make(owner, { tags: { a: 'b' } });
  expect(await listed()).toEqual(kept);
});

test('a type whose keys cannot be made anew has no such action, and nothing is told of a resource that is not there', async () => {
  await make('Microsoft.OperationalInsights/workspaces/it');
  const none = await post('Microsoft.OperationalInsights/workspaces/it/regenerateKey', {
    keyType: 'Primary',
  });
  expect([none.status, none.json.error.code]).toEqual([404, 'InvalidResourceType']);
  const absent = await post('Microsoft.Cache/redis/absent/regenerateKey', { keyType: 'Primary' });
  expect([absent.status, absent.json.error.code]).toEqual([404, 'ResourceNotFound']);
});

test('a store of App Configuration gets a new key under the id of the old one, and is told only that', async () => {
  const store = 'Microsoft.AppConfiguration/configurationStores/it';
  await make(store);
  const listed = async (): Promise<{ id: string; name: string; value: string }[]> =>
    (await post(`${store}/listKeys`)).json.value;
  const before = await listed();
  const { id = '', name = '' } = before[2] ?? {};
  const answer = await post(`${store}/regenerateKey`, { id });
  const after = await listed();
  expect(answer.json).toEqual(after[2]);
  expect(answer.json).toMatchObject({ id, name });
  expect(after[2]?.value).not.toBe(before[2]?.value);
  expect([after[0], after[1], after[3]]).toEqual([before[0], before[1], before[3]]);
  expect((await post(`${store}/regenerateKey`, { id: 'none' })).status).toBe(400);
});

test('a search service gets the key anew that the address names', async () => {
  const service = 'Microsoft.Search/searchServices/it';
  await make(service);
  const before = (await post(`${service}/listAdminKeys`)).json;
  const { status, json } = await post(`${service}/regenerateAdminKey/secondary`);
  expect([status, json.primaryKey]).toEqual([200, before.primaryKey]);
  expect(json.secondaryKey).not.toBe(before.secondaryKey);
  expect((await post(`${service}/listAdminKeys`)).json).toEqual(json);
  expect((await post(`${service}/regenerateAdminKey/third`)).status).toBe(400);
  const absent = await post('Microsoft.Search/searchServices/absent/regenerateAdminKey/primary');
  expect([absent.status, absent.json.error.code]).toEqual([404, 'ResourceNotFound']);
  expect((await post(`${service}/anything/primary`)).status).toBe(405);
});
