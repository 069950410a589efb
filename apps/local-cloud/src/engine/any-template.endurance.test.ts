import { Agent } from 'node:https';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestCloud, subscription, type TestCloud } from '../local-cloud.test-support.ts';

// Many deployments a test, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000, expect: { poll: { timeout: 20_000, interval: 5 } } });

const agent = new Agent({ keepAlive: true });
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => {
  agent.destroy();
  return cloud.close();
});

const deployments = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/deployments`;
const api = 'api-version=2025-04-01';

const types = [
  'Microsoft.Network/virtualNetworks',
  'Microsoft.Network/virtualNetworks/subnets',
  'Microsoft.Network/publicIPAddresses',
  'Microsoft.Network/loadBalancers',
  'Microsoft.Network/networkInterfaces',
  'Microsoft.Network/networkSecurityGroups',
  'Microsoft.Network/rehearsals',
  'Microsoft.Compute/availabilitySets',
  'Microsoft.Compute/disks',
  'Microsoft.Compute/virtualMachines',
  'Microsoft.Compute/virtualMachines/extensions',
  'Microsoft.Storage/storageAccounts',
  'Microsoft.Resources/deployments',
  'Microsoft.Nowhere/things',
  'nonsense',
];
const expressions = fc.constantFrom(
  "[parameters('p')]",
  "[parameters('none')]",
  "[variables('v')]",
  "[variables('loop')]",
  "[concat('a', uniqueString(resourceGroup().id))]",
  '[copyIndex()]',
  "[reference('a')]",
  "[reference(resourceId('Microsoft.Network/rehearsals', 'b')).x]",
  "[listKeys('a', '2025-06-01').keys[0].value]",
  "[resourceId('Microsoft.Network/virtualNetworks', 'a')]",
  "[resourceId('Microsoft.Network/rehearsals', 'b')]",
  '[range(0, 10000)]',
  '[json(\'{"__proto__":{"polluted":true}}\')]',
  '[union(json(\'{"constructor":{"prototype":{"polluted":true}}}\'), createObject(\'__proto__\', 1))]',
  "[createObject('__proto__', createObject('polluted', true()))]",
  "[padLeft('a', 100000, 'b')]",
  "[if(true(), 'a', div(1, 0))]",
  '[div(1, 0)]',
  "[substring('a', -1)]",
  "[format('{0:N99999999}', 1)]",
  '[',
  '[[x]',
  '[]',
  '[a.b.c]',
  `[${'concat('.repeat(300)}'x'${')'.repeat(300)}]`,
  'eastus',
  'plain',
);
const names = fc.constantFrom(
  'a',
  'b',
  'c',
  'a/b',
  'b/c',
  "[concat('n', copyIndex())]",
  '__proto__',
  'constructor',
  '',
);
const value = fc.oneof(
  { weight: 4, arbitrary: expressions },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const resource = fc.record(
  {
    type: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...types) }, { weight: 1, arbitrary: value }),
    apiVersion: fc.oneof(
      { weight: 8, arbitrary: fc.constant('2025-04-01') },
      { weight: 1, arbitrary: value },
    ),
    name: fc.oneof({ weight: 8, arbitrary: names }, { weight: 1, arbitrary: value }),
    location: fc.oneof({ weight: 8, arbitrary: fc.constant('eastus') }, { weight: 1, arbitrary: value }),
    dependsOn: fc.array(fc.oneof(names, expressions), { maxLength: 2 }),
    condition: fc.oneof(fc.boolean(), value),
    copy: fc.record({
      name: fc.constantFrom('loop', '__proto__'),
      count: fc.oneof(fc.integer({ min: -1, max: 4 }), fc.constantFrom(801, 1e9), value),
      mode: fc.constantFrom('serial', 'parallel', 'x'),
    }),
    properties: fc.oneof(fc.dictionary(fc.constantFrom('a', '__proto__', 'addressSpace', 'x'), value), value),
  },
  { requiredKeys: ['type', 'apiVersion', 'name', 'location'] },
);
const template = fc.record(
  {
    $schema: fc.constant('https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'),
    contentVersion: fc.constant('1.0.0.0'),
    parameters: fc.record({
      p: fc.record({
        type: fc.constantFrom('string', 'int', 'object', 'securestring', 'x'),
        defaultValue: value,
      }),
    }),
    variables: fc.record({ v: value, loop: fc.constantFrom("[variables('loop')]", 'x') }),
    resources: fc.array(resource, { maxLength: 5 }),
    outputs: fc.record({ o: fc.record({ type: fc.constantFrom('string', 'object', 'int'), value }) }),
  },
  { requiredKeys: ['$schema', 'contentVersion', 'resources'] },
);

interface Foreseen {
  status?: string;
  error?: { code: string };
  properties?: { changes: { changeType: string }[] };
}

/** What ARM says beforehand of a deployment: never a fault, and the same refusal. */
async function whatIf(count: number, body: object) {
  const asked = await cloud.send('POST', `${deployments}/any${count}/whatIf?${api}`, { agent, body });
  if (asked.status !== 202) return asked.json as Foreseen;
  const address = String(asked.headers['location']);
  await expect.poll(async () => (await cloud.send('GET', address, { agent })).status).toBe(200);
  const { json, text } = await cloud.send('GET', address, { agent });
  expect(text).not.toContain('InternalServerError');
  return json as Foreseen;
}

test('any template is refused or comes to an end, and the server stays as it was', async () => {
  let deployed = 0;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(template, async (made) => {
      count += 1;
      const path = `${deployments}/any${count}?${api}`;
      const body = { properties: { mode: 'Incremental', template: made } };
      const foreseen = await whatIf(count, body);
      const answer = await cloud.send('PUT', path, { agent, body });
      expect(answer.status, answer.text.slice(0, 400)).toBeLessThan(500);
      if (answer.status >= 400) {
        expect(answer.json.error.code).toMatch(/^[A-Za-z0-9]+$/);
        expect(foreseen.error?.code, 'foreseen').toBe(answer.json.error.code);
        return;
      }
      deployed += 1;
      expect(foreseen.status, JSON.stringify(foreseen.error)).toBe('Succeeded');
      const stateOf = async () =>
        (await cloud.send('GET', path, { agent })).json.properties.provisioningState as string;
      await expect.poll(stateOf).toMatch(/^(?:Succeeded|Failed)$/);
      const { error, provisioningState } = (await cloud.send('GET', path, { agent })).json.properties;
      expect(JSON.stringify(error ?? {})).not.toContain('InternalServerError');
      const isRepeatable = !/newGuid|utcNow/i.test(JSON.stringify(made));
      if (provisioningState !== 'Succeeded' || !isRepeatable) return;
      const { properties } = await whatIf(count, body);
      expect(properties?.changes.filter(({ changeType }) => !/NoChange|Ignore/.test(changeType))).toEqual([]);
    }),
    { numRuns: 400, endOnFailure: true },
  );
  expect(deployed, 'some were accepted').toBeGreaterThan(0);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect((await cloud.send('GET', `${deployments}?${api}`, { agent })).status).toBe(200);
});
