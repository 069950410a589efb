import { ManagementLockClient } from '@azure/arm-locks';
import { PolicyClient } from '@azure/arm-policy';
import { StorageManagementClient } from '@azure/arm-storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from './local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("Microsoft's storage client makes an account, asks for its keys and signatures, and keeps containers in it", async () => {
  const { credential, options } = cloud.access;
  const client = new StorageManagementClient(credential, subscription, options);
  const { storageAccounts, blobContainers, blobServices } = client;
  const type = 'Microsoft.Storage/storageAccounts';
  expect(await storageAccounts.checkNameAvailability({ name: 'oursdk', type })).toMatchObject({
    nameAvailable: true,
  });
  const parameters = { location: 'eastus', sku: { name: 'Standard_LRS' }, kind: 'StorageV2' as const };
  const made = await storageAccounts.create('rg', 'oursdk', parameters, polling);
  expect(made).toMatchObject({
    name: 'oursdk',
    provisioningState: 'Succeeded',
    primaryEndpoints: { blob: 'https://oursdk.blob.core.slipway.internal/' },
  });
  expect((await storageAccounts.listKeys('rg', 'oursdk')).keys).toHaveLength(2);
  const { accountSasToken } = await storageAccounts.listAccountSAS('rg', 'oursdk', {
    services: 'b',
    resourceTypes: 'c',
    permissions: 'r',
    sharedAccessExpiryTime: new Date('2030-01-01T00:00:00Z'),
  });
  expect(accountSasToken).toContain('sig=');
  expect(await blobServices.getServiceProperties('rg', 'oursdk')).toMatchObject({ name: 'default' });
  await blobContainers.create('rg', 'oursdk', 'logs', {});
  expect((await all(blobContainers.list('rg', 'oursdk'))).map(({ name }) => name)).toEqual(['logs']);
  await blobContainers.delete('rg', 'oursdk', 'logs');
  expect((await storageAccounts.update('rg', 'oursdk', { tags: { a: 'b' } })).tags).toEqual({ a: 'b' });
  expect((await all(storageAccounts.list())).map(({ name }) => name)).toEqual(['oursdk']);
  await storageAccounts.delete('rg', 'oursdk');
  await expect.poll(async () => (await all(storageAccounts.listByResourceGroup('rg'))).length).toBe(0);
});

test("Microsoft's client for locks puts, lists and takes away locks of every scope", async () => {
  const { credential, options } = cloud.access;
  const { managementLocks } = new ManagementLockClient(credential, subscription, options);
  const level = { level: 'CanNotDelete' as const };
  await cloud.resources.resourceGroups.createOrUpdate('locked', { location: 'eastus' });
  await managementLocks.createOrUpdateAtResourceGroupLevel('locked', 'group', level);
  await managementLocks.createOrUpdateAtSubscriptionLevel('all', level);
  const names = async () =>
    new Set((await all(managementLocks.listAtSubscriptionLevel())).map(({ name }) => name));
  expect(await names()).toEqual(new Set(['all', 'group']));
  expect(await rejection(cloud.resources.resourceGroups.delete('locked', polling))).toMatchObject({
    code: 'ScopeLocked',
  });
  await managementLocks.deleteAtSubscriptionLevel('all');
  await managementLocks.deleteAtResourceGroupLevel('locked', 'group');
  expect(await names()).toEqual(new Set());
});

test("Microsoft's client for policies keeps definitions and assignments", async () => {
  const { credential, options } = cloud.access;
  const { policyDefinitions, policyAssignments } = new PolicyClient(credential, subscription, options);
  const definition = await policyDefinitions.createOrUpdate('tagged', {
    policyType: 'Custom',
    mode: 'Indexed',
    displayName: 'Everything has a team',
    policyRule: JSON.parse('{"if":{"field":"tags","exists":"false"},"then":{"effect":"audit"}}'),
  });
  expect(definition).toMatchObject({ name: 'tagged', displayName: 'Everything has a team' });
  const scope = `/subscriptions/${subscription}/resourceGroups/rg`;
  const assigned = await policyAssignments.create(scope, 'here', { policyDefinitionId: definition.id ?? '' });
  expect(assigned).toMatchObject({ name: 'here', policyDefinitionId: definition.id });
  expect((await all(policyAssignments.listForResourceGroup('rg'))).map(({ name }) => name)).toEqual(['here']);
  await policyAssignments.delete(scope, 'here');
  await expect.poll(async () => (await all(policyAssignments.listForResourceGroup('rg'))).length).toBe(0);
  expect((await all(policyDefinitions.list())).map(({ name }) => name)).toEqual(['tagged']);
});
