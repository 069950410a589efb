import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, subscription, type TestCloud } from '../../local-cloud.test-support.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

const apiVersion = '2021-06-01';
const of = (path: string) => `/subscriptions/${subscription}/providers/Microsoft.Authorization/${path}`;
const send = (method: string, path: string, body?: object) =>
  cloud.send(
    method,
    `${path}${path.includes('?') ? '&' : '?'}api-version=${apiVersion}`,
    body === undefined ? {} : { body },
  );

const policyRule: object = JSON.parse('{"if":{"field":"type","equals":"x"},"then":{"effect":"audit"}}');
const group = (name: string) => `/providers/Microsoft.Management/managementGroups/${name}`;

test('a definition is custom, and answered 201 also where it was there', async () => {
  const path = of('policyDefinitions/rule');
  for (const displayName of ['One', 'Two']) {
    const { status, json } = await send('PUT', path, { properties: { policyRule, displayName } });
    expect([status, json.properties]).toEqual([
      201,
      expect.objectContaining({ policyType: 'Custom', mode: 'Indexed', displayName }),
    ]);
  }
  const kinds = async (kind: string) =>
    (await send('GET', `${of('policyDefinitions')}?$filter=policyType eq '${kind}'`)).json.value.length;
  expect([await kinds('Custom'), await kinds('BuiltIn')]).toEqual([1, 0]);
  const without = await send('PUT', of('policyDefinitions/empty'), { properties: {} });
  expect([without.status, without.json.error.code]).toEqual([400, 'InvalidPolicyRule']);
});

test('an assignment has a scope, and needs a definition that is there', async () => {
  const path = of('policyAssignments/here');
  const policyDefinitionId = of('policyDefinitions/assigned');
  const early = await send('PUT', path, { properties: { policyDefinitionId } });
  expect([early.status, early.json.error.code]).toEqual([400, 'PolicyDefinitionNotFound']);
  await send('PUT', policyDefinitionId, { properties: { policyRule } });
  for (const enforcementMode of ['Default', 'DoNotEnforce']) {
    const { status, json } = await send('PUT', path, { properties: { policyDefinitionId, enforcementMode } });
    expect([status, json.properties]).toEqual([
      201,
      expect.objectContaining({ scope: `/subscriptions/${subscription}`, enforcementMode, notScopes: [] }),
    ]);
  }
  const ofAzure = '/providers/Microsoft.Authorization/policyDefinitions/06a78e20-9358-41c9-923c-fb736d382a4d';
  const builtIn = await send('PUT', of('policyAssignments/builtin'), {
    properties: { policyDefinitionId: ofAzure },
  });
  expect(builtIn.status).toBe(201);
});

test('a management group is answered 200, and a subscription is under one of them only', async () => {
  for (const name of ['one', 'two']) expect((await send('PUT', group(name), {})).status).toBe(200);
  const under = (name: string) => send('GET', `${group(name)}?$expand=children`);
  for (const name of ['one', 'two']) {
    const { status, json } = await send('PUT', `${group(name)}/subscriptions/${subscription}`);
    expect([status, json.properties.parent.id]).toEqual([200, group(name)]);
  }
  expect((await under('one')).json.properties.children).toEqual([]);
  expect((await under('two')).json.properties.children).toMatchObject([{ name: subscription }]);
  const full = await send('DELETE', group('two'));
  expect([full.status, full.json.error.code]).toEqual([400, 'BadRequest']);
  expect((await send('DELETE', `${group('two')}/subscriptions/${subscription}`)).status).toBe(200);
  const none = await send('PUT', `${group('one')}/subscriptions/99999999-1111-1111-1111-111111111111`);
  expect([none.status, none.json.error.code]).toEqual([404, 'SubscriptionNotFound']);
});
