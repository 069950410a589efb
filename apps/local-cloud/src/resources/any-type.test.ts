import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rejection, startTestCloud, subscription, type TestCloud } from '../local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('any', { location: 'eastus' });
});
afterAll(() => cloud.close());

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const sub = `/subscriptions/${subscription}`;
const group = `${sub}/resourceGroups/any`;
const call = (method: string, id: string, body?: object, version = '2023-01-01') =>
  cloud.send(
    method,
    `${id}${id.includes('?') ? '&' : '?'}api-version=${version}`,
    body === undefined ? {} : { body },
  );
async function put(id: string, body: object) {
  const answer = await call('PUT', id, body);
  expect(answer.status, answer.text).toBeLessThan(300);
  for (;;) {
    const read = await call('GET', id);
    if (read.json.properties.provisioningState === 'Succeeded') return read.json;
  }
}
async function namesAt(path: string): Promise<string[]> {
  const answer = await call('GET', path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json.value.map(({ name }: { name: string }) => name);
}

describe('a type without a provider of its own', () => {
  test('is kept as it was sent, in the spelling of Azure where that is known', async () => {
    const id = `${group}/providers/microsoft.logic/WORKFLOWS/flow`;
    const body = {
      location: 'West Europe',
      tags: { a: 'b' },
      kind: 'Stateful',
      properties: { definition: { triggers: {}, big: 12345678901234567n.toString() } },
    };
    expect(await put(id, body)).toMatchObject({
      id: `${group}/providers/Microsoft.Logic/workflows/flow`,
      type: 'Microsoft.Logic/workflows',
      name: 'flow',
      location: 'westeurope',
      tags: { a: 'b' },
      kind: 'Stateful',
      properties: body.properties,
    });
    expect(await namesAt(`${group}/providers/Microsoft.Logic/workflows`)).toEqual(['flow']);
    expect(await namesAt(`${sub}/providers/Microsoft.Logic/workflows`)).toEqual(['flow']);
    const strange = await put(`${group}/providers/Contoso.Ships/harbours/h`, { properties: { berths: 3 } });
    expect(strange).toMatchObject({ type: 'Contoso.Ships/harbours', properties: { berths: 3 } });
  });

  test('can be put on another resource, on a group, a subscription and a management group', async () => {
    const network = `${group}/providers/Microsoft.Network/virtualNetworks/net`;
    await put(network, {
      location: 'eastus',
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [{ name: 's', properties: { addressPrefix: '10.0.0.0/24' } }],
      },
    });
    const scopes = [
      `${network}/subnets/s`,
      network,
      group,
      sub,
      '/providers/Microsoft.Management/managementGroups/mg',
    ];
    await put('/providers/Microsoft.Management/managementGroups/mg', { properties: { displayName: 'Ours' } });
    for (const scope of scopes) {
      const made = await put(`${scope}/providers/Contoso.Marks/marks/m`, { properties: { of: scope } });
      expect(made).toMatchObject({
        id: `${scope}/providers/Contoso.Marks/marks/m`,
        type: 'Contoso.Marks/marks',
        properties: { of: scope },
      });
      expect((await call('GET', `${scope}/providers/Contoso.Marks/marks`)).json.value.length).toBeGreaterThan(
        0,
      );
    }
    expect((await call('GET', `${network}/providers/Contoso.Marks/marks`)).json.value).toHaveLength(2);
    // They go with what they are on.
    await call('DELETE', network);
    await expect
      .poll(async () => (await call('GET', `${group}/providers/Contoso.Marks/marks`)).json.value.length)
      .toBe(1);
    expect((await call('DELETE', '/providers/Microsoft.Management/managementGroups/mg')).status).toBe(202);
    await expect
      .poll(async () => (await call('GET', '/providers/Microsoft.Management/managementGroups/mg')).status)
      .toBe(404);
  });

  test('is not put on or under what is not there', async () => {
    const under = `${group}/providers/Microsoft.KeyVault/vaults/none/secrets/s`;
    expect((await call('PUT', under, { properties: {} })).json.error.code).toBe('ParentResourceNotFound');
    const on = `${group}/providers/Microsoft.KeyVault/vaults/none/providers/Contoso.Marks/marks/m`;
    expect((await call('PUT', on, { properties: {} })).json.error.code).toBe('ResourceNotFound');
  });
});

describe('what a subscription says of itself', () => {
  test('providers have types and versions, and are registered', async () => {
    const { providers } = cloud.resources;
    const vaults = await providers.get('microsoft.keyvault');
    expect(vaults.namespace).toBe('Microsoft.KeyVault');
    expect(vaults.resourceTypes?.find(({ resourceType }) => resourceType === 'vaults')).toMatchObject({
      apiVersions: expect.arrayContaining(['2023-07-01']) as string[],
    });
    expect((await providers.get('Microsoft.Batch')).registrationState).toBe('NotRegistered');
    expect((await providers.register('Microsoft.Batch')).registrationState).toBe('Registered');
    expect((await providers.unregister('Microsoft.Batch')).registrationState).toBe('NotRegistered');
    await put(`${group}/providers/Microsoft.Portal/dashboards/d`, { location: 'eastus', properties: {} });
    expect((await providers.get('Microsoft.Portal')).registrationState).toBe('Registered');
    expect(await rejection(providers.unregister('Microsoft.Portal'))).toMatchObject({ statusCode: 409 });
  });

  test('features are registered and listed', async () => {
    const feature = `${sub}/providers/Microsoft.Features/providers/Microsoft.Compute/features/Fast`;
    expect((await call('GET', feature)).json.properties.state).toBe('NotRegistered');
    expect((await call('POST', `${feature}/register`)).json.properties.state).toBe('Registered');
    expect(await namesAt(`${sub}/providers/Microsoft.Features/features`)).toEqual(['Microsoft.Compute/Fast']);
    await call('POST', `${feature}/unregister`);
    expect(await namesAt(`${sub}/providers/Microsoft.Features/features`)).toEqual([]);
  });

  test('names of tags are made in advance, counted, and not taken away while in use', async () => {
    const { tagsOperations } = cloud.resources;
    await tagsOperations.createOrUpdate('dept');
    await tagsOperations.createOrUpdateValue('dept', 'sales');
    await cloud.resources.resourceGroups.createOrUpdate('tagged', {
      location: 'eastus',
      tags: { dept: 'sales' },
    });
    const listed = (await all(tagsOperations.list())).find(({ tagName }) => tagName === 'dept');
    expect(listed).toMatchObject({
      count: { value: 1 },
      values: [{ tagValue: 'sales', count: { value: 1 } }],
    });
    expect((await rejection(tagsOperations.delete('dept'))).statusCode).toBe(409);
    await cloud.resources.resourceGroups.update('tagged', { tags: {} });
    await tagsOperations.delete('dept');
    expect((await all(tagsOperations.list())).map(({ tagName }) => tagName)).not.toContain('dept');
  });

  test.each([
    ['web', 'Allowed'],
    ['XBOX', 'Reserved'],
    ['my-microsoft-site', 'Reserved'],
    ['loginpage', 'Reserved'],
    ['pagelogin', 'Allowed'],
  ])('the name %s is %s', async (name, status) => {
    const answer = await call('POST', '/providers/Microsoft.Resources/checkResourceName', {
      name,
      type: 'Microsoft.Web/sites',
    });
    expect(answer.json).toMatchObject({ name, status });
  });
});
