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

const word = `Quite 'hidden' "words" of a \\ secret ${'that goes on '.repeat(40)}`;
const begin = word.slice(0, 14);
/** What of it must not be found: its beginning as it is, in an expression and in base64. */
const traces = [begin, begin.replaceAll("'", "''"), Buffer.from(word).toString('base64').slice(0, 16)];
const deployments = `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Resources/deployments`;
const api = 'api-version=2025-04-01';
const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** Of no use to a resource, an output or another template: it fails, or is a secret itself. */
const revealing = fc.constantFrom(
  "[int(parameters('word'))]",
  "[int(toUpper(parameters('word')))]",
  "[int(base64(parameters('word')))]",
  "[int(string(parameters('box')))]",
  "[parseCidr(parameters('box').deep[0])]",
  "[createObject('a', 1)[parameters('word')]]",
  "[createArray(1)[parameters('word')]]",
  "[int(concat(parameters('word'), reference(resourceId('Microsoft.Network/rehearsals', 'first')).kept))]",
  "[reference(parameters('word')).x]",
  "[parameters('word')]",
  "[parameters('box')]",
);
/** A deployment in another one, which has the secrets as its parameters, or written into its template. */
const nestedIn = (scope: string, value: string) => ({
  type: 'Microsoft.Resources/deployments',
  apiVersion: '2025-04-01',
  name: 'nested',
  dependsOn: ['first'],
  properties: {
    mode: 'Incremental',
    expressionEvaluationOptions: { scope },
    ...(scope === 'outer'
      ? {}
      : {
          parameters: {
            word: { value: "[parameters('word')]" },
            box: { value: "[parameters('box')]" },
          },
        }),
    template: {
      $schema: schema,
      contentVersion: '1.0.0.0',
      ...(scope === 'outer'
        ? {}
        : { parameters: { word: { type: 'secureString' }, box: { type: 'secureObject' } } }),
      resources: [],
      outputs: { told: { type: 'secureString', value } },
    },
  },
});
const nestedDeployment = fc
  .tuple(fc.constantFrom('inner', 'outer'), revealing)
  .map(([scope, value]) => nestedIn(scope, value));
const rehearsal = (name: string, more: object) => ({
  type: 'Microsoft.Network/rehearsals',
  apiVersion: '2025-01-01',
  name,
  location: 'eastus',
  ...more,
});
const template = fc
  .record(
    {
      wordType: fc.constantFrom<object>(
        { type: 'secureString' },
        { $ref: '#/definitions/hidden' },
        { $ref: '#/definitions/login/properties/password' },
      ),
      boxType: fc.constantFrom<object>(
        { type: 'secureObject' },
        { type: 'object', properties: { deep: { type: 'array', items: { $ref: '#/definitions/hidden' } } } },
        { type: 'secureString' },
      ),
      condition: revealing,
      password: revealing,
      nested: nestedDeployment,
      output: fc.record({ type: fc.constantFrom('secureString', 'secureObject'), value: revealing }),
    },
    { requiredKeys: ['wordType', 'boxType'] },
  )
  .map(({ wordType, boxType, condition, password, nested, output }) => ({
    $schema: schema,
    // Has types as 2.0 has, which would refuse nested deployments of outer scope.
    languageVersion: '1.10-experimental',
    contentVersion: '1.0.0.0',
    definitions: {
      hidden: { type: 'secureString' },
      login: { type: 'object', properties: { password: { type: 'secureString' } } },
    },
    parameters: { word: wordType, box: boxType },
    resources: {
      first: rehearsal('first', { properties: { kept: 'x' } }),
      ...(condition === undefined && password === undefined
        ? {}
        : {
            second: rehearsal('second', {
              dependsOn: ['first'],
              ...(condition === undefined ? {} : { condition }),
              properties: { adminPassword: password ?? 'none' },
            }),
          }),
      ...(nested === undefined ? {} : { nested }),
    },
    outputs: output === undefined ? {} : { told: output },
  }));

/** Everything that is answered about a template: validated, foreseen, deployed, and read afterwards. */
async function answersTo(made: object, name: string): Promise<string[]> {
  const answers: string[] = [];
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await cloud.send(method, path, { agent, ...(body === undefined ? {} : { body }) });
    answers.push(answer.text);
    return answer;
  };
  const path = `${deployments}/${name}`;
  const body = {
    properties: {
      mode: 'Incremental',
      template: made,
      parameters: { word: { value: word }, box: { value: { deep: [word] } } },
    },
  };
  await ask('POST', `${path}/validate?${api}`, body);
  const foreseen = await ask('POST', `${path}/whatIf?${api}`, body);
  if (foreseen.status === 202) {
    const address = String(foreseen.headers['location']);
    await expect.poll(async () => (await cloud.send('GET', address, { agent })).status).toBe(200);
    await ask('GET', address);
  }
  if ((await ask('PUT', `${path}?${api}`, body)).status >= 400) return answers;
  await expect
    .poll(
      async () => (await cloud.send('GET', `${path}?${api}`, { agent })).json.properties.provisioningState,
    )
    .toMatch(/^(?:Succeeded|Failed)$/);
  for (const each of [path, `${deployments}/nested`]) {
    await ask('GET', `${each}?${api}`);
    await ask('GET', `${each}/operations?${api}`);
  }
  await ask('GET', `/subscriptions/${subscription}/resourceGroups/rg/resources?${api}`);
  return answers;
}

test('no answer about a deployment repeats its secure values, whatever is done with them', async () => {
  let masked = 0;
  let count = 0;
  await fc.assert(
    fc.asyncProperty(template, async (made) => {
      count += 1;
      for (const text of await answersTo(made, `secure${count}`)) {
        if (text.includes('***')) masked += 1;
        for (const trace of traces) expect(text.toLowerCase()).not.toContain(trace.toLowerCase());
      }
    }),
    { numRuns: 100, endOnFailure: true },
  );
  expect(masked, 'some errors had to be masked').toBeGreaterThan(0);
});

test.each(['inner', 'outer'])(
  'a nested deployment of %s scope that fails while it runs does not repeat the secrets of the outer one',
  async (scope) => {
    const kept = "reference(resourceId('Microsoft.Network/rehearsals', 'first')).kept";
    const made = {
      $schema: schema,
      contentVersion: '1.0.0.0',
      parameters: { word: { type: 'secureString' }, box: { type: 'secureObject' } },
      resources: [
        rehearsal('first', { properties: { kept: 'x' } }),
        nestedIn(scope, `[string(int(concat(parameters('word'), ${kept})))]`),
      ],
    };
    const answers = await answersTo(made, `running-${scope}`);
    const told = answers.filter((text) => text.includes("'int' cannot convert provided value '***"));
    expect(told.length).toBeGreaterThan(1);
    for (const trace of traces) expect(answers.filter((text) => text.includes(trace))).toEqual([]);
  },
);

test('what a nested deployment of outer scope exports does not have the secrets of those that it is nested in', async () => {
  const secret = 'quite-hidden-4711';
  const innermost = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2025-04-01',
    name: 'innermost',
    properties: {
      mode: 'Incremental',
      template: {
        $schema: schema,
        contentVersion: '1.0.0.0',
        resources: [
          rehearsal('tagged', { tags: { open: 'seen', word: "[concat('x-', parameters('word'))]" } }),
        ],
      },
    },
  };
  const between = {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2025-04-01',
    name: 'between',
    properties: {
      mode: 'Incremental',
      template: { $schema: schema, contentVersion: '1.0.0.0', resources: [innermost] },
    },
  };
  const outer = {
    $schema: schema,
    contentVersion: '1.0.0.0',
    parameters: { word: { type: 'secureString' } },
    resources: [between],
  };
  await cloud.send('PUT', `${deployments}/around?${api}`, {
    body: { properties: { mode: 'Incremental', template: outer, parameters: { word: { value: secret } } } },
  });
  const state = async () => (await cloud.send('GET', `${deployments}/around?${api}`)).json.properties;
  await expect.poll(async () => (await state()).provisioningState).toBe('Succeeded');
  for (const name of ['around', 'between', 'innermost']) {
    const exported = await cloud.send('POST', `${deployments}/${name}/exportTemplate?${api}`);
    expect([exported.status, exported.text.includes(secret)], name).toEqual([200, false]);
    expect(exported.text).toContain('seen');
  }
});
