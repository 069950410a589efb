import { Agent } from 'node:https';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestCloud, subscription, type Answer, type TestCloud } from '../local-cloud.test-support.ts';

// Hundreds of requests a test, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000 });
/** An answer takes milliseconds; one that takes longer than this hangs. */
const longestAnswerMs = 20_000;

const agent = new Agent({ keepAlive: true });
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
// Anew for each test: one of the requests before may have been its deletion.
beforeEach(async () => {
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => {
  agent.destroy();
  return cloud.close();
});

const scope = `/subscriptions/${subscription}`;
const group = `${scope}/resourceGroups/rg`;

interface Request {
  method: string;
  path: string;
  query: string;
  body?: string | Buffer | undefined;
  type?: string | undefined;
}

async function send({ method, path, query, body, type }: Request): Promise<Answer> {
  return cloud.send(method, query === '' ? path : `${path}?${query}`, {
    agent,
    signal: AbortSignal.timeout(longestAnswerMs),
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      // Node's client leaves it out for methods that seldom have a body.
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
  });
}

/** Any answer but a fault: in ARM's form when it is a refusal, and never long. */
function expectSound(answer: Answer, request: Request): void {
  const told = `${request.method} ${request.path}?${request.query}: ${answer.text.slice(0, 400)}`;
  expect(answer.status, told).toBeLessThan(500);
  if (answer.status < 400 || request.method === 'HEAD' || answer.text === '') return;
  // Sign-in answers as OAuth does, boot logs as Azure's storage does.
  if (!/^\/(?:adfs|bootdiagnostics)\//.test(request.path))
    expect(answer.json?.error, told).toMatchObject({
      code: expect.stringMatching(/^[A-Za-z0-9]+$/),
      message: expect.stringMatching(/\S/),
    });
  expect(answer.text.length, told).toBeLessThan(100_000);
}

/** Nothing was put on the prototype of all objects, and ordinary requests are answered. */
async function expectUnharmed(): Promise<void> {
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  const subscriptionNow = await cloud.send('GET', `${scope}?api-version=2022-12-01`);
  expect(subscriptionNow.json.displayName).toBe('Local subscription');
}

const awkward = fc.constantFrom(
  '',
  ' ',
  '.',
  '..',
  '*',
  '%',
  '%00',
  '%2F',
  '%c3%28',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '$batch',
  '{name}',
  'null',
  "'; DROP TABLE resources; --",
  '<img src=x onerror=alert(1)>',
  '𝕊𝕝𝕚𝕡',
  '\u202Egpj',
  'x'.repeat(300),
);
const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('rg', 'v', 'demo', 'eastus', '0', 'latest') },
  { weight: 2, arbitrary: awkward },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const known = [
  '/',
  '/subscriptions',
  '/tenants',
  '/providers',
  '/providers/Microsoft.Network',
  '/providers/Microsoft.ResourceGraph/resources',
  scope,
  `${scope}/locations`,
  `${scope}/resources`,
  `${scope}/providers`,
  `${scope}/resourcegroups`,
  `${scope}/operationresults/x`,
  `${scope}/providers/Microsoft.Compute/skus`,
  `${scope}/providers/Microsoft.Compute/locations/eastus/usages`,
  `${scope}/providers/Microsoft.Network/locations/eastus/CheckDnsNameAvailability`,
  `${scope}/providers/Microsoft.Resources/deployments`,
  `${scope}/providers/Microsoft.Resources/tags/default`,
  `${scope}/providers/Microsoft.Authorization/locks`,
  `${scope}/providers/Microsoft.Insights/eventtypes/management/values`,
  group,
  `${group}/resources`,
  `${group}/providers/Microsoft.Resources/tags/default`,
  `${group}/providers/Microsoft.Authorization/locks`,
  `${group}/providers/Microsoft.Resources/deployments`,
  `${group}/providers/Microsoft.Resources/deployments/x/whatIfResults`,
  `${group}/deployments/x/operations`,
  `${group}/providers/Microsoft.Resources/deploymentStacks`,
  `${group}/providers/Microsoft.Network/virtualNetworks`,
  `${group}/providers/Microsoft.Network/virtualNetworks/v/providers/Microsoft.Authorization/locks/v`,
  `${group}/providers/Microsoft.Network/virtualNetworks/v/providers/Microsoft.Resources/tags/default`,
  `${group}/providers/Microsoft.Network/loadBalancers/v/backendAddressPools`,
  `${group}/providers/Microsoft.Compute/virtualMachines`,
  `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/v/virtualMachines`,
  `${group}/providers/Microsoft.Storage/storageAccounts/v/listKeys`,
  `${group}/providers/Microsoft.Network/rehearsals`,
  '/slipway/moods',
  '/slipway/requests',
  '/metadata/endpoints',
  '/adfs/oauth2/token',
  `${group}/providers/Microsoft.Compute/virtualMachines/v/powerOff`,
  `${group}/providers/Microsoft.Compute/virtualMachines/v/retrieveBootDiagnosticsData`,
  '/bootdiagnostics/v',
  `/bootdiagnostics${group}/providers/Microsoft.Compute/virtualMachines/v/serialconsole.log`,
];
const anyPath = fc
  .tuple(
    fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.constant('') }),
    fc.array(segment, { maxLength: 4 }),
  )
  .map(([start, rest]) =>
    [start, ...rest.map((part) => (part.startsWith('%') ? part : encode(part)))].join('/'),
  )
  .map((whole) => `/${whole.replace(/^\/+/, '')}`);
const query = fc
  .tuple(
    fc.constantFrom(
      'api-version=2025-04-01',
      'api-version=2025-04-01',
      'api-version=2025-04-01',
      'api-version=2024-04-01',
      'API-Version=2019-11-01',
      'api-version=9999-99-99',
      'api-version=',
      'api-version=2025-04-01&api-version=x',
      '',
    ),
    fc.dictionary(
      fc.constantFrom(
        '$filter',
        '$expand',
        '$top',
        '$skiptoken',
        '$skipToken',
        'unmanageAction.Resources',
        'x',
      ),
      fc.oneof(
        awkward,
        fc.constantFrom(
          "name eq 'x'",
          "tagName eq 'a' and tagValue eq 'b'",
          "eventTimestamp ge '2026-01-01' and caller eq 'a'",
          '((((',
          'instanceView',
          '-1',
          '1e9',
        ),
      ),
      { maxKeys: 3 },
    ),
  )
  .map(([version, more]) =>
    [version, ...Object.entries(more).map(([key, value]) => `${encode(key)}=${encode(value)}`)]
      .filter((part) => part !== '')
      .join('&'),
  );
const method = fc.constantFrom(
  'GET',
  'HEAD',
  'PUT',
  'PATCH',
  'POST',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
);

const hostileJson = fc.constantFrom(
  '{"__proto__":{"polluted":true},"location":"eastus"}',
  '{"constructor":{"prototype":{"polluted":true}},"properties":{"__proto__":{"polluted":true}}}',
  '{"location":"eastus","tags":{"__proto__":"polluted","constructor":"x"}}',
  '{"properties":{"mode":"Incremental","template":{"__proto__":{"polluted":1},"resources":{"__proto__":{"polluted":true}}},"parameters":{"__proto__":{"value":1},"constructor":{"value":2}}}}',
  '{"location":1e999}',
  '{"properties":{"big":123456789012345678901234567890123456789012345678901234567890}}',
  `{"properties":{"long":"${'x'.repeat(1024 * 1024)}"}}`,
  `{"location":"${'y'.repeat(1024 * 1024)}"}`,
  `{"${'k'.repeat(1024 * 1024)}":1}`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"properties":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  `[${'0,'.repeat(200_000)}0]`,
  'null',
  'true',
  '[]',
  '""',
  '0',
  '{',
  '/* only a comment */',
  "{'a': b}",
);
const json = fc.oneof(
  { weight: 2, arbitrary: hostileJson },
  {
    weight: 3,
    arbitrary: fc
      .record(
        {
          location: fc.oneof(fc.constant('eastus'), fc.jsonValue()),
          tags: fc.jsonValue(),
          sku: fc.jsonValue(),
          zones: fc.jsonValue(),
          identity: fc.jsonValue(),
          properties: fc.jsonValue({ maxDepth: 5 }),
        },
        { requiredKeys: [] },
      )
      .map((body) => JSON.stringify(body)),
  },
  { weight: 1, arbitrary: fc.json({ maxDepth: 8 }) },
);
const encodings: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text, 'utf8'),
  (text) => Buffer.from(text, 'utf8'),
  (text) => Buffer.from(`\uFEFF${text}`, 'utf8'),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  (text) => Buffer.from(text.replaceAll('e', 'é'), 'latin1'),
  (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28])]),
  (text) => Buffer.from(text).subarray(0, text.length / 2),
];
/** Bytes that a report of a failed property shows in short. */
const shown = (bytes: Buffer): Buffer =>
  Object.assign(bytes, {
    [fc.toStringMethod]: () => `${bytes.length} bytes beginning with ${bytes.toString('latin1', 0, 300)}`,
  });
const body = fc.option(
  fc.tuple(json, fc.constantFrom(...encodings)).map(([text, encoding]) => shown(encoding(text))),
  { nil: undefined },
);
const contentType = fc.option(
  fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nonsense',
  ),
  { nil: undefined },
);

test('any request to any path is answered, and never with a fault', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ method, path: anyPath, query, body, type: contentType }),
      async (request) => {
        expectSound(await send(request), request);
      },
    ),
    { numRuns: 500, endOnFailure: true },
  );
  await expectUnharmed();
});

const at = (type: string, name: string) => `${group}/providers/${type}/${name}`;
const written = fc.constantFrom(
  `${scope}/resourcegroups/other`,
  at('Microsoft.Network/virtualNetworks', 'v'),
  at('Microsoft.Network/virtualNetworks', 'v/subnets/s'),
  at('Microsoft.Network/loadBalancers', 'l'),
  at('Microsoft.Network/networkInterfaces', 'n'),
  at('Microsoft.Network/publicIPAddresses', 'p'),
  at('Microsoft.Network/networkSecurityGroups', 'g'),
  at('Microsoft.Network/routeTables', 'r'),
  at('Microsoft.Network/rehearsals', 'generic'),
  at('Microsoft.Compute/availabilitySets', 'a'),
  at('Microsoft.Compute/disks', 'd'),
  at('Microsoft.Compute/virtualMachines', 'm'),
  at('Microsoft.Compute/virtualMachines', 'm/extensions/e'),
  at('Microsoft.Compute/virtualMachines', 'm/start'),
  at('Microsoft.Compute/virtualMachineScaleSets', 's/virtualMachines/0/deallocate'),
  at('Microsoft.Compute/virtualMachineScaleSets', 's'),
  at('Microsoft.Storage/storageAccounts', 'store'),
  at('Microsoft.Resources/deployments', 'd'),
  at('Microsoft.Resources/deployments', 'd/validate'),
  at('Microsoft.Resources/deployments', 'd/whatIf'),
  at('Microsoft.Resources/deploymentStacks', 's'),
  '/slipway/moods',
);

test('any body to anything that is written is answered, and never with a fault', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        method: fc.constantFrom('PUT', 'PUT', 'PATCH', 'POST'),
        path: written,
        query: fc.constant('api-version=2025-04-01'),
        body,
        type: fc.constant('application/json'),
      }),
      async (request) => {
        expectSound(await send(request), request);
      },
    ),
    { numRuns: 500, endOnFailure: true },
  );
  await cloud.send('PUT', '/slipway/moods', { body: {} });
  await expectUnharmed();
});

test('a body over the limit is refused everywhere, in the form of ARM', async () => {
  const large = `{"properties":{"x":"${'x'.repeat(9.5 * 1024 * 1024)}"}}`;
  for (const path of [group, at('Microsoft.Network/virtualNetworks', 'v'), '/slipway/moods', '/nowhere']) {
    const answer = await send({ method: 'PUT', path, query: 'api-version=2025-04-01', body: large });
    expect([path, answer.status, answer.json.error.code]).toEqual([path, 413, 'RequestContentTooLarge']);
  }
  await expectUnharmed();
});

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return '%EF%BF%BD';
  }
}
