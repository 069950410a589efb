import { expect, test } from 'vitest';
import { MemoryCloud, handlerOf, idIn, refusal, subscription } from '../cloud-view.test-support.ts';

const type = 'Microsoft.Storage/storageAccounts';
const account = idIn(type, 'diag0123');
const body = {
  sku: { name: 'Standard_LRS' },
  kind: 'StorageV2',
  properties: { minimumTlsVersion: 'TLS1_2' },
};

function keysOf(cloud: MemoryCloud): unknown {
  const record = cloud.must(account);
  return handlerOf(type).actions?.['listkeys']?.(record, cloud, undefined);
}

test('an account has endpoints under the cloud’s own suffix and keys that only listKeys returns', () => {
  const cloud = new MemoryCloud();
  cloud.put(account, body);
  const keys = keysOf(cloud) as { keys: { keyName: string; value: string }[] };
  expect(keys.keys.map((key) => key.keyName)).toEqual(['key1', 'key2']);
  expect(Buffer.from(keys.keys[0]!.value, 'base64')).toHaveLength(64);
  expect(JSON.stringify([cloud.shown(account), cloud.must(account).envelope])).not.toContain(
    keys.keys[0]!.value,
  );
  expect(cloud.shown(account)).toMatchObject({
    primaryEndpoints: { blob: 'https://diag0123.blob.core.slipway.internal/' },
    minimumTlsVersion: 'TLS1_2',
    supportsHttpsTrafficOnly: true,
    primaryLocation: 'eastus',
  });
  cloud.put(account, body);
  expect(keysOf(cloud)).toEqual(keys);
});

test('accounts of 2015 state their type among the properties', () => {
  const cloud = new MemoryCloud();
  cloud.put(account, { properties: { accountType: 'Standard_LRS' } });
  expect(cloud.must(account).envelope).toMatchObject({ sku: { name: 'Standard_LRS' }, kind: 'Storage' });
});

test.each([
  ['AccountNameInvalid', 'Not-A-Name', body],
  ['AccountNameInvalid', 'ab', body],
  ['AccountTypeMissing', 'diag0123', { kind: 'StorageV2' }],
  ['InvalidValuesForRequestParameters', 'diag0123', { sku: { name: 'Cheap' } }],
  ['InvalidValuesForRequestParameters', 'diag0123', { ...body, kind: 'Tape' }],
])('%s for %s', (code, name, wrong) => {
  expect(refusal(() => new MemoryCloud().put(idIn(type, name), wrong))).toMatchObject({ status: 400, code });
});

test('a name exists once in the cloud, and preflight knows it', () => {
  const cloud = new MemoryCloud();
  cloud.put(account, body);
  const elsewhere = account.replace('/rg1/', '/rg2/');
  expect(refusal(() => cloud.put(elsewhere, body))).toMatchObject({
    status: 409,
    code: 'StorageAccountInAnotherResourceGroup',
  });
  const foreign = account.replace(subscription, '99999999-9999-9999-9999-999999999999');
  expect(refusal(() => cloud.preflight([cloud.request(foreign, body)]))).toMatchObject({
    status: 409,
    code: 'StorageAccountAlreadyTaken',
    message: 'The storage account named diag0123 is already taken.',
  });
  cloud.remove(account);
  cloud.put(elsewhere, body);
});
