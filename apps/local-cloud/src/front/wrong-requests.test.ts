import { Agent } from 'node:https';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  startTestCloud,
  subscription,
  type Answer,
  type TestClients,
  type TestCloud,
} from '../local-cloud.test-support.ts';

// The machine may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const agent = new Agent({ keepAlive: true });
let cloud: TestCloud;
/** On connections that are kept: there are thousands of requests. */
const send: TestClients['send'] = (method, path, options) => cloud.send(method, path, { agent, ...options });
const group = `/subscriptions/${subscription}/resourceGroups/rg`;
const api = 'api-version=2025-04-01';

beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => {
  agent.destroy();
  return cloud.close();
});

/** Everything that a wrong request could have made. */
async function everything(): Promise<string> {
  const paths = [
    `/subscriptions/${subscription}/resourcegroups`,
    `/subscriptions/${subscription}/resources`,
    `/subscriptions/${subscription}/providers/Microsoft.Resources/deployments/`,
    `${group}/providers/Microsoft.Resources/deployments/`,
    `${group}/providers/Microsoft.Resources/deploymentStacks`,
  ];
  const answers = await Promise.all(paths.map((path) => send('GET', `${path}?${api}`)));
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
  return answers.map(({ text }) => text).join('\n');
}

function expectRefusal(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
  expect(answer.json, what).toMatchObject({
    error: { code: expect.stringMatching(/^[A-Za-z0-9]+$/), message: expect.stringMatching(/\S/) },
  });
  expect(answer.text.length, what).toBeLessThan(20_000);
}

const emptyTemplate = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [],
};
const subnet = { id: `${group}/providers/Microsoft.Network/virtualNetworks/v/subnets/s` };

interface Endpoint {
  method: 'PUT' | 'POST' | 'PATCH';
  path: string;
  /** A body that would be accepted, or refused only because something it names is missing. */
  body: Record<string, unknown>;
}

const provider = (type: string, name: string): string => `${group}/providers/${type}/${name}`;
const deploymentBody = {
  properties: {
    mode: 'Incremental',
    template: {
      ...emptyTemplate,
      parameters: { size: { type: 'string', defaultValue: 'a' } },
      variables: { x: 'y' },
      resources: [
        {
          type: 'Microsoft.Network/publicIPAddresses',
          apiVersion: '2025-05-01',
          name: 'never-ip',
          location: 'eastus',
          tags: { a: 'b' },
          sku: { name: 'Standard' },
          dependsOn: ["[resourceId('Microsoft.Network/virtualNetworks', 'not-here')]"],
          properties: { publicIPAllocationMethod: 'Static' },
        },
      ],
      outputs: { o: { type: 'string', value: 'v' } },
    },
    parameters: { size: { value: 'b' }, none: { value: 1 } },
  },
  tags: { a: 'b' },
};

const { mode: _mode, ...stackParts } = deploymentBody.properties;

const endpoints: Record<string, Endpoint> = {
  group: {
    method: 'PUT',
    path: `/subscriptions/${subscription}/resourcegroups/never`,
    body: { location: 'nowhere', tags: { a: 'b' } },
  },
  'tags of a group': { method: 'PATCH', path: group, body: { tags: { ['x'.repeat(600)]: 'b' } } },
  deployment: {
    method: 'PUT',
    path: provider('Microsoft.Resources/deployments', 'never'),
    body: deploymentBody,
  },
  'deployment of a subscription': {
    method: 'PUT',
    path: `/subscriptions/${subscription}/providers/Microsoft.Resources/deployments/never`,
    body: { location: 'eastus', ...deploymentBody },
  },
  'validation of a deployment': {
    method: 'POST',
    path: `${provider('Microsoft.Resources/deployments', 'never')}/validate`,
    body: deploymentBody,
  },
  stack: {
    method: 'PUT',
    path: provider('Microsoft.Resources/deploymentStacks', 'never'),
    body: {
      properties: {
        ...stackParts,
        description: 'd',
        actionOnUnmanage: { resources: 'delete', resourceGroups: 'detach', managementGroups: 'detach' },
        denySettings: {
          mode: 'none',
          excludedPrincipals: ['p'],
          excludedActions: ['a'],
          applyToChildScopes: false,
        },
      },
    },
  },
  'validation of a stack': {
    method: 'POST',
    path: `${provider('Microsoft.Resources/deploymentStacks', 'never')}/validate`,
    body: {
      properties: {
        ...stackParts,
        actionOnUnmanage: { resources: 'delete' },
        denySettings: { mode: 'none' },
      },
    },
  },
  'virtual network': {
    method: 'PUT',
    path: provider('Microsoft.Network/virtualNetworks', 'never'),
    body: {
      location: 'eastus',
      properties: {
        addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
        subnets: [
          {
            name: 's',
            properties: {
              addressPrefix: '10.0.0.0/24',
              networkSecurityGroup: { id: provider('Microsoft.Network/networkSecurityGroups', 'missing') },
            },
          },
        ],
      },
    },
  },
  'security group': {
    method: 'PUT',
    path: provider('Microsoft.Network/networkSecurityGroups', 'never'),
    body: {
      location: 'eastus',
      properties: {
        securityRules: [
          {
            name: 'r',
            properties: {
              priority: 1,
              direction: 'Inbound',
              access: 'Allow',
              protocol: 'Tcp',
              sourceAddressPrefix: '*',
              sourcePortRange: '*',
              destinationAddressPrefix: '*',
              destinationPortRanges: ['22'],
            },
          },
        ],
      },
    },
  },
  'public address': {
    method: 'PUT',
    path: provider('Microsoft.Network/publicIPAddresses', 'never'),
    body: {
      location: 'eastus',
      sku: { name: 'Standard', tier: 'Regional' },
      zones: ['1'],
      properties: {
        publicIPAllocationMethod: 'Static',
        dnsSettings: { domainNameLabel: 'Not-A-Label-' },
        idleTimeoutInMinutes: 4,
      },
    },
  },
  'load balancer': {
    method: 'PUT',
    path: provider('Microsoft.Network/loadBalancers', 'never'),
    body: {
      location: 'eastus',
      sku: { name: 'Standard' },
      properties: {
        frontendIPConfigurations: [
          { name: 'f', properties: { subnet, privateIPAllocationMethod: 'Dynamic' } },
        ],
        backendAddressPools: [{ name: 'p', properties: {} }],
        probes: [
          { name: 'pr', properties: { protocol: 'Tcp', port: 80, intervalInSeconds: 5, numberOfProbes: 2 } },
        ],
        loadBalancingRules: [
          {
            name: 'r',
            properties: {
              protocol: 'Tcp',
              frontendPort: 80,
              backendPort: 80,
              frontendIPConfiguration: { id: 'x' },
              backendAddressPool: { id: 'x' },
              probe: { id: 'x' },
            },
          },
        ],
        inboundNatRules: [
          {
            name: 'n',
            properties: {
              protocol: 'Tcp',
              frontendPort: 22,
              backendPort: 22,
              frontendIPConfiguration: { id: 'x' },
            },
          },
        ],
        outboundRules: [
          {
            name: 'o',
            properties: {
              protocol: 'All',
              frontendIPConfigurations: [{ id: 'x' }],
              backendAddressPool: { id: 'x' },
              allocatedOutboundPorts: 8,
            },
          },
        ],
      },
    },
  },
  'network interface': {
    method: 'PUT',
    path: provider('Microsoft.Network/networkInterfaces', 'never'),
    body: {
      location: 'eastus',
      properties: {
        ipConfigurations: [
          {
            name: 'ip',
            properties: {
              subnet,
              privateIPAllocationMethod: 'Dynamic',
              loadBalancerBackendAddressPools: [{ id: 'x' }],
              loadBalancerInboundNatRules: [{ id: 'x' }],
              publicIPAddress: { id: 'x' },
            },
          },
        ],
      },
    },
  },
  'availability set': {
    method: 'PUT',
    path: provider('Microsoft.Compute/availabilitySets', 'never'),
    body: {
      location: 'eastus',
      sku: { name: 'Aligned' },
      properties: { platformFaultDomainCount: 99, platformUpdateDomainCount: 5 },
    },
  },
  machine: {
    method: 'PUT',
    path: provider('Microsoft.Compute/virtualMachines', 'never'),
    body: {
      location: 'eastus',
      zones: ['1'],
      properties: {
        hardwareProfile: { vmSize: 'Standard_D2s_v5' },
        availabilitySet: { id: provider('Microsoft.Compute/availabilitySets', 'missing') },
        osProfile: {
          computerName: 'c',
          adminUsername: 'sailor',
          customData: 'I2Nsb3Vk',
          linuxConfiguration: {
            disablePasswordAuthentication: true,
            ssh: { publicKeys: [{ path: '/home/sailor/.ssh/authorized_keys', keyData: 'ssh-rsa AAAA' }] },
          },
        },
        storageProfile: {
          imageReference: {
            publisher: 'Canonical',
            offer: 'ubuntu-24_04-lts',
            sku: 'server',
            version: 'latest',
          },
          osDisk: {
            name: 'd',
            createOption: 'FromImage',
            deleteOption: 'Delete',
            diskSizeGB: 30,
            managedDisk: { storageAccountType: 'Standard_LRS' },
          },
          dataDisks: [{ lun: 0, createOption: 'Empty', diskSizeGB: 10 }],
        },
        networkProfile: { networkInterfaces: [{ id: 'x', properties: { primary: true } }] },
        diagnosticsProfile: { bootDiagnostics: { enabled: true } },
      },
    },
  },
  extension: {
    method: 'PUT',
    path: `${provider('Microsoft.Compute/virtualMachines', 'never')}/extensions/e`,
    body: {
      location: 'eastus',
      properties: {
        publisher: 'Microsoft.Azure.Extensions',
        type: 'CustomScript',
        typeHandlerVersion: '2.1',
        settings: {},
        protectedSettings: { commandToExecute: 'true' },
      },
    },
  },
  'scale set': {
    method: 'PUT',
    path: provider('Microsoft.Compute/virtualMachineScaleSets', 'never'),
    body: {
      location: 'eastus',
      sku: { name: 'Standard_D2s_v5', capacity: 2, tier: 'Standard' },
      properties: {
        upgradePolicy: { mode: 'Manual' },
        overprovision: false,
        virtualMachineProfile: {
          osProfile: {
            computerNamePrefix: 'c',
            adminUsername: 'sailor',
            linuxConfiguration: { ssh: { publicKeys: [{ path: 'p', keyData: 'k' }] } },
          },
          storageProfile: {
            imageReference: {
              publisher: 'Canonical',
              offer: 'ubuntu-24_04-lts',
              sku: 'server',
              version: 'latest',
            },
            osDisk: { createOption: 'FromImage', managedDisk: { storageAccountType: 'Standard_LRS' } },
          },
          networkProfile: {
            networkInterfaceConfigurations: [
              {
                name: 'n',
                properties: {
                  primary: true,
                  ipConfigurations: [
                    { name: 'i', properties: { subnet, loadBalancerBackendAddressPools: [{ id: 'x' }] } },
                  ],
                },
              },
            ],
          },
          extensionProfile: { extensions: [{ name: 'e', properties: { publisher: 'p', type: 't' } }] },
        },
      },
    },
  },
  disk: {
    method: 'PUT',
    path: provider('Microsoft.Compute/disks', 'never'),
    body: {
      location: 'eastus',
      sku: { name: 'No_Such_Sku' },
      properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 0 },
    },
  },
  'storage account': {
    method: 'PUT',
    path: provider('Microsoft.Storage/storageAccounts', 'Not-An-Account'),
    body: { location: 'eastus', sku: { name: 'Standard_LRS' }, kind: 'StorageV2', properties: { a: 'b' } },
  },
};

const wrongValues: [string, unknown][] = [
  ['null', null],
  ['a number', 7],
  ['a text', 'wrong'],
  ['an expression', "[resourceId('a')]"],
  ['an object', { wrong: { wrong: [] } }],
  ['an array', [[null, 7, {}]]],
];

/** Bodies like `body`, each with another value at one place; `['properties', 'a', 0]` says where. */
function* spoiled(body: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path;
  if (Array.isArray(body)) for (const index of body.keys()) yield* spoiled(body[index], [...path, index]);
  else if (typeof body === 'object' && body !== null)
    for (const [key, value] of Object.entries(body)) yield* spoiled(value, [...path, key]);
}

function withValue(body: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(body)) return body.with(Number(key), withValue(body[Number(key)], rest, value));
  const object = body as Record<string, unknown>;
  return { ...object, [key]: withValue(object[key], rest, value) };
}

function valueAt(body: unknown, path: readonly (string | number)[]): unknown {
  const [key, ...rest] = path;
  return key === undefined ? body : valueAt((body as Record<string | number, unknown>)[key], rest);
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

/** A value of another kind is wrong; null counts as absent, a number is taken as text, and text may be what it should be or not. */
function mustRefuse(place: readonly (string | number)[], right: unknown, wrong: unknown): boolean {
  // What a template's own parts must be is for packages/arm-template to say.
  if (place.includes('template') || place.includes('parameters')) return false;
  // Settings are for the extension itself to read.
  if (wrong === null || place.includes('commandToExecute')) return false;
  if (typeof wrong === 'number' && typeof right === 'string') return false;
  return kindOf(wrong) !== kindOf(right) || kindOf(wrong) === 'array';
}

async function removeAgain(path: string): Promise<void> {
  const answer = await send('DELETE', `${path}?${api}`);
  if (answer.status === 202)
    await expect.poll(async () => (await send('GET', `${path}?${api}`)).status, { interval: 1 }).toBe(404);
}

/** Text of JSON with a member `__proto__`, which an object literal would not have. */
const polluted = (body: object): string =>
  `{"__proto__":{"polluted":true,"location":"eastus"},"constructor":{"prototype":{"polluted":true}},${JSON.stringify(body).slice(1)}`;

describe.each(Object.entries(endpoints))('the %s', (_name, { method, path, body }) => {
  test('is refused as it is here: something that it names is missing or not valid', async () => {
    expectRefusal(await send(method, `${path}?${api}`, { body }), 'as it is');
  });

  test.each([
    ['no JSON', '{"location":'],
    ['no JSON at all', '<xml/>'],
    ['an array', '[{}]'],
    ['a text', '"text"'],
    ['null', 'null'],
    ['nothing', ''],
    ['spaces', '   '],
    ['very deep', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['very deep objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['an empty object', '{}'],
  ])('with a body that is %s gets a clear 4xx', async (what, text) => {
    if (method === 'PATCH' && text === '{}') return;
    expectRefusal(await send(method, `${path}?${api}`, { body: text }), what);
  });

  test('with a member __proto__ changes no prototype', async () => {
    const answer = await send(method, `${path}?${api}`, { body: polluted(body) });
    expect(answer.status).toBeLessThan(500);
    expectRefusal(answer, '__proto__');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test(
    'with a wrong value at any place never ends in a fault, and leaves nothing behind',
    { timeout: 30_000 },
    async () => {
      const before = await everything();
      for (const place of spoiled(body)) {
        for (const [name, value] of wrongValues) {
          const sent = withValue(body, place, value) as object;
          const answer = await send(method, `${path}?${api}`, { body: sent });
          const what = `${place.join('.')} is ${name}`;
          expect(answer.status, `${what}: ${answer.text.slice(0, 400)}`).toBeLessThan(500);
          const isRefused = answer.status >= 400;
          const isWrong = mustRefuse(place, valueAt(body, place), value);
          if (isRefused || isWrong) expectRefusal(answer, what);
          if (isWrong) expect(answer.text, what).toContain(place.findLast((key) => typeof key === 'string'));
          if (!isRefused && method === 'PUT') await removeAgain(path);
        }
      }
      expect(await everything()).toBe(before);
    },
  );
});

const longName = 'n'.repeat(3000);
const paths: Record<string, string> = {
  'a subscription': `/subscriptions/${subscription}`,
  'a location list': `/subscriptions/${subscription}/locations`,
  'a group': group,
  'all resources': `/subscriptions/${subscription}/resources`,
  'all providers': `/subscriptions/${subscription}/providers`,
  'a deployment': provider('Microsoft.Resources/deployments', 'd'),
  'the operations of a deployment': `${provider('Microsoft.Resources/deployments', 'd')}/operations`,
  'a cancel': `${provider('Microsoft.Resources/deployments', 'd')}/cancel`,
  'a what-if': `${provider('Microsoft.Resources/deployments', 'd')}/whatIf`,
  'the answer of a what-if': `${provider('Microsoft.Resources/deployments', 'd')}/whatIfResults/x`,
  'a stack': provider('Microsoft.Resources/deploymentStacks', 's'),
  'an export': `${provider('Microsoft.Resources/deploymentStacks', 's')}/exportTemplate`,
  'an export of a group': `${group}/exportTemplate`,
  'the answer of an export': `${group}/exportTemplateResults/x`,
  'a network': provider('Microsoft.Network/virtualNetworks', 'v'),
  'a subnet': `${provider('Microsoft.Network/virtualNetworks', 'v')}/subnets/s`,
  'an action': `${provider('Microsoft.Storage/storageAccounts', 'account')}/listKeys`,
  'an operation': `/subscriptions/${subscription}/providers/Microsoft.Network/locations/eastus/operations/x`,
  'an operation result': `/subscriptions/${subscription}/operationresults/x`,
  'a query': '/providers/Microsoft.ResourceGraph/resources',
};

describe.each(Object.entries(paths))('the address of %s', (_name, path) => {
  test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'TRACE'])(
    'answers the method %s without a fault, whatever the body',
    async (method) => {
      for (const body of ['', '{}', '[]', '{"properties":[]}']) {
        if (method === 'DELETE' && path === group) continue;
        const answer = await send(method, `${path}?${api}`, {
          ...(body === '' ? {} : { body }),
          headers: { 'content-length': String(body.length) },
        });
        expect(answer.status, answer.text).toBeLessThan(500);
        if (answer.status >= 400 && method !== 'HEAD') expectRefusal(answer, `${method} ${body}`);
      }
    },
  );

  test.each([
    ['a name of 3000 characters', path.replace(/[^/]+$/, longName)],
    ['broken percent encoding', path.replace(/[^/]+$/, '%zz')],
    ['half a character', path.replace(/[^/]+$/, '%E0%A4')],
    ['an encoded slash', path.replace(/[^/]+$/, 'a%2Fb')],
    ['a null character', path.replace(/[^/]+$/, 'a%00b')],
    ['the name __proto__', path.replace(/[^/]+$/, '__proto__')],
  ])('with %s gets a clear answer to a write', async (what, wrong) => {
    const before = await everything();
    for (const method of ['PUT', 'POST', 'PATCH']) {
      const answer = await send(method, `${wrong}?${api}`, { body: '{"properties":{}}' });
      expectRefusal(answer, `${method} ${what}`);
    }
    const read = await send('GET', `${wrong}?${api}`);
    expect(read.status).toBeLessThan(500);
    expect(await everything()).toBe(before);
  });

  test.each([
    '',
    '?',
    '?api-version=',
    '?api-version=yesterday',
    '?api-version=2025-13-45',
    '?api-version=%27',
  ])('with the query "%s" gets 400', async (query) => {
    const answer = await send('GET', `${path}${query}`);
    expectRefusal(answer, query);
    expect(answer.json.error.code).toMatch(/ApiVersion/);
  });
});

test('a template of more than 4 MB is refused', async () => {
  const template = { ...emptyTemplate, metadata: { text: 'x'.repeat(4 * 1024 * 1024) } };
  for (const name of ['deployment', 'validation of a deployment', 'stack', 'validation of a stack']) {
    const { method, path, body } = endpoints[name]!;
    const properties = { ...(body.properties as object), template, parameters: {} };
    const answer = await send(method, `${path}?${api}`, { body: { ...body, properties } });
    expectRefusal(answer, name);
    expect(answer.status, name).toBe(413);
    expect(answer.json.error.code).toBe('RequestContentTooLarge');
  }
});
