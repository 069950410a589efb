import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  polling,
  startTestCloud,
  subscription,
  testSecret,
  type TestCloud,
} from './local-cloud.test-support.ts';
import { ServerProcess } from './server-process.test-support.ts';
import { swarmParameters, swarmTemplate } from './swarm-stack.test-support.ts';

// The machine may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const secretText = 'a secret that nobody may read';
const group = `/subscriptions/${subscription}/resourceGroups/secrets`;
const api = 'api-version=2025-04-01';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('secrets', { location: 'eastus' });
});
afterAll(() => cloud.close());

/** The Swarm template with its cloud-init and script as secure parameters, and a secure output. */
function secretTemplate(): Record<string, unknown> {
  const template = structuredClone(swarmTemplate) as {
    parameters: Record<string, { type: string }>;
    outputs?: Record<string, unknown>;
  };
  for (const name of ['masterCloudInit', 'agentCloudInit', 'configureScript'])
    template.parameters[name] = { ...template.parameters[name], type: 'securestring' };
  template.outputs = {
    ...template.outputs,
    told: { type: 'securestring', value: "[parameters('configureScript')]" },
  };
  return template;
}

const secretParameters = swarmParameters({
  more: {
    masterCloudInit: `#cloud-config\n# master: ${secretText}`,
    agentCloudInit: `#cloud-config\n# agent: ${secretText}`,
    configureScript: `true # script: ${secretText}`,
  },
});

/** Each way in which a secret could be written: as it is and in base64, at any of its three offsets. */
function traces(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [
    secret,
    ...[0, 1, 2].map((offset) => {
      const encoded = Buffer.from(`${' '.repeat(offset)}${secret}`).toString('base64');
      return encoded.slice(offset === 0 ? 0 : 4, -4);
    }),
  ]);
}

/** Reads an address and every address that its answer names. */
async function readAll(starts: readonly string[]): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const waiting = [...starts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const key = path.toLowerCase();
    if (seen.has(key)) continue;
    const answer = await cloud.send('GET', `${path}?${api}&$expand=instanceView`);
    const plain = answer.status === 400 ? await cloud.send('GET', `${path}?${api}`) : answer;
    seen.set(key, plain.text);
    for (const [, id = ''] of plain.text.matchAll(/"id":"(\/subscriptions\/[^"]+)"/g)) waiting.push(id);
  }
  return seen;
}

test('what is secret in a cluster is neither answered anywhere nor written down in plain', async () => {
  await cloud.stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
    'secrets',
    'demo',
    {
      properties: {
        template: secretTemplate(),
        parameters: secretParameters,
        actionOnUnmanage: { resources: 'delete' },
        denySettings: { mode: 'none' },
      },
    },
    polling,
  );
  await cloud.deployments.deployments.createOrUpdate(
    'secrets',
    'again',
    { properties: { mode: 'Incremental', template: secretTemplate(), parameters: secretParameters } },
    polling,
  );
  const providers = `${group}/providers`;
  const account = `${providers}/Microsoft.Storage/storageAccounts/slipwaysecrets`;
  await cloud.resources.resources.createOrUpdateById(
    account,
    '2025-06-01',
    { location: 'eastus', sku: { name: 'Standard_LRS' }, kind: 'StorageV2', properties: {} },
    polling,
  );
  const keys = (await cloud.send('POST', `${account}/listKeys?${api}`)).json.keys.map(
    ({ value }: { value: string }) => value,
  );
  expect(keys).toHaveLength(2);

  const machines = (await cloud.send('GET', `${providers}/Microsoft.Compute/virtualMachines?${api}`)).json
    .value as { id: string }[];
  const [scaleSet] = (
    await cloud.send('GET', `${providers}/Microsoft.Compute/virtualMachineScaleSets?${api}`)
  ).json.value as { id: string }[];
  const answers = await readAll([
    `/subscriptions/${subscription}/resources`,
    `${group}/resources`,
    ...['virtualNetworks', 'loadBalancers', 'networkInterfaces', 'publicIPAddresses'].map(
      (type) => `${providers}/Microsoft.Network/${type}`,
    ),
    ...['virtualMachines', 'virtualMachineScaleSets', 'availabilitySets', 'disks'].map(
      (type) => `${providers}/Microsoft.Compute/${type}`,
    ),
    `${providers}/Microsoft.Storage/storageAccounts`,
    ...machines.flatMap(({ id }) => [`${id}/extensions`, `${id}/instanceView`]),
    `${scaleSet!.id}/virtualMachines`,
    `${scaleSet!.id}/networkInterfaces`,
    `${scaleSet!.id}/instanceView`,
    `${providers}/Microsoft.Resources/deployments`,
    `${providers}/Microsoft.Resources/deploymentStacks`,
  ]);
  const deployments = (await cloud.send('GET', `${providers}/Microsoft.Resources/deployments?${api}`)).json
    .value as { id: string }[];
  expect(deployments).toHaveLength(2);
  for (const { id } of deployments) {
    answers.set(`${id}/operations`, (await cloud.send('GET', `${id}/operations?${api}`)).text);
    answers.set(`${id}/exportTemplate`, (await cloud.send('POST', `${id}/exportTemplate?${api}`)).text);
  }
  for (const table of ['Resources', 'ResourceContainers', 'ComputeResources']) {
    const graph = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
    const answer = await cloud.send('POST', graph, { body: { query: table } });
    expect(answer.json.count, table).toBeGreaterThan(0);
    answers.set(`Resource Graph: ${table}`, answer.text);
  }
  const stack = `${providers}/Microsoft.Resources/deploymentStacks/demo`;
  answers.set('exportTemplate', (await cloud.send('POST', `${stack}/exportTemplate?${api}`)).text);
  const log = `/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values`;
  const since = new Date(Date.now() - 3_600_000).toISOString();
  answers.set(log, (await cloud.send('GET', `${log}?${api}&$filter=eventTimestamp ge '${since}'`)).text);

  expect(answers.size).toBeGreaterThan(40);
  const all = [...answers.values()].join('\n');
  // The answers are the ones that could hold the secrets: they name what carries them.
  for (const word of ['osProfile', 'CustomScript', 'securestring', 'masterCloudInit', 'eventDataId'])
    expect(all.toLowerCase()).toContain(word.toLowerCase());

  const files = readdirSync(join(cloud.settings.dataDir, 'local-cloud')).filter((name) =>
    name.startsWith('state.sqlite'),
  );
  expect(files.length).toBeGreaterThan(0);
  const stored = Buffer.concat(
    files.map((name) => readFileSync(join(cloud.settings.dataDir, 'local-cloud', name))),
  );
  expect(stored.includes('masterCloudInit')).toBe(true);
  for (const trace of traces([secretText, ...keys])) {
    for (const [path, text] of answers) expect(text.includes(trace), `${path} tells a secret`).toBe(false);
    expect(stored.includes(trace), 'the database holds a secret').toBe(false);
  }
});

test('customData is not returned where it comes from a parameter that is not secure', async () => {
  const text = '#cloud-config # open to whoever reads the parameters';
  await cloud.resources.resourceGroups.createOrUpdate('open', { location: 'eastus' });
  await cloud.deployments.deployments.createOrUpdate(
    'open',
    'open',
    {
      properties: {
        mode: 'Incremental',
        template: swarmTemplate,
        parameters: swarmParameters({ dnsPrefix: 'open', more: { masterCloudInit: text } }),
      },
    },
    polling,
  );
  const open = `/subscriptions/${subscription}/resourceGroups/open/providers/Microsoft.Compute`;
  for (const type of ['virtualMachines', 'virtualMachineScaleSets']) {
    const answer = await cloud.send('GET', `${open}/${type}?${api}`);
    expect(answer.text).toContain('"adminUsername":"sailor"');
    expect(answer.text).not.toMatch(/customData/i);
    for (const trace of traces([text])) expect(answer.text).not.toContain(trace);
  }
});

const rehearsal = (properties: object) => [
  {
    type: 'Microsoft.Network/rehearsals',
    apiVersion: '2025-01-01',
    name: 'r',
    location: 'eastus',
    properties,
  },
];

test('secrets are neither in the log at its most talkative, nor in errors, nor with types that nobody knows', async () => {
  const server = await ServerProcess.prepare({ SLIPWAY_PACE: 'instant', SLIPWAY_LOG_LEVEL: 'trace' });
  try {
    const { send } = await server.start();
    const answers: string[] = [];
    const ask = async (method: string, path: string, body?: object | string) => {
      const answer = await send(method, `${path}?${api}`, body === undefined ? {} : { body });
      answers.push(answer.text);
      return answer;
    };
    await ask('PUT', group, { location: 'eastus' });
    const deployments = `${group}/providers/Microsoft.Resources/deployments`;
    const deploy = (name: string, more: object) =>
      ask('PUT', `${deployments}/${name}`, {
        properties: {
          mode: 'Incremental',
          parameters: { word: { value: secretText } },
          template: {
            $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
            contentVersion: '1.0.0.0',
            parameters: { word: { type: 'securestring' } },
            resources: [],
            ...more,
          },
        },
      });
    const ended = async (name: string) =>
      expect
        .poll(async () => (await ask('GET', `${deployments}/${name}`)).json.properties.provisioningState, {
          timeout: 20_000,
        })
        .toMatch(/Succeeded|Failed/);
    // Refused at once, in an output, in a resource, and by a provider, each with the secret in what is wrong.
    expect(
      (
        await deploy('a', {
          variables: { n: "[int(parameters('word'))]" },
          outputs: { o: { type: 'int', value: "[variables('n')]" } },
        })
      ).status,
    ).toBeLessThan(500);
    await deploy('b', { outputs: { o: { type: 'int', value: "[int(parameters('word'))]" } } });
    await deploy('c', { resources: rehearsal({ n: "[int(parameters('word'))]" }) });
    await deploy('d', {
      resources: [
        {
          ...rehearsal({})[0],
          type: 'Microsoft.Network/publicIPAddresses',
          properties: { dnsSettings: { domainNameLabel: "[parameters('word')]" } },
        },
      ],
    });
    const { value } = (await ask('GET', deployments)).json;
    for (const { name } of value) {
      await ended(name);
      await ask('GET', `${deployments}/${name}/operations`);
    }
    expect(answers.join()).toContain("'int' cannot convert");
    // Kept with a type that nobody here knows: what is named like a secret is dropped, the rest is not in plain on disk.
    await deploy('e', { resources: rehearsal({ adminPassword: "[parameters('word')]", open: 'seen' }) });
    await ended('e');
    const kept = await ask('GET', `${group}/providers/Microsoft.Network/rehearsals/r`);
    expect(kept.json.properties).toMatchObject({ open: 'seen' });
    await ask('GET', `${group}/resources`);
    const hidden = 'not a secret, but not for the disk either';
    await send('PUT', `${group}/providers/Microsoft.Network/rehearsals/s?${api}`, {
      body: { location: 'eastus', properties: { note: hidden } },
    });
    const account = `${group}/providers/Microsoft.Storage/storageAccounts/slipwayanew`;
    await ask('PUT', account, { location: 'eastus', sku: { name: 'Standard_LRS' }, kind: 'StorageV2' });
    await expect
      .poll(async () => (await ask('GET', account)).json.properties.provisioningState)
      .toBe('Succeeded');
    const regenerated = await send('POST', `${account}/regenerateKey?${api}`, { body: { keyName: 'key1' } });
    const keys = (regenerated.json.keys as { value: string }[]).map((key) => key.value);
    expect(keys).toHaveLength(2);
    await ask('PUT', `${deployments}/f`, `{"properties": {"template": "${secretText}`);

    const folder = join(server.dataDir, 'local-cloud');
    const stored = Buffer.concat(
      readdirSync(folder)
        .filter((name) => name.startsWith('state.sqlite'))
        .map((name) => readFileSync(join(folder, name))),
    );
    expect(server.log).toContain('incoming request');
    for (const trace of traces([secretText, ...keys])) {
      expect(answers.filter((text) => text.includes(trace))).toEqual([]);
      expect(stored.includes(trace)).toBe(false);
      expect(server.log.includes(trace)).toBe(false);
    }
    expect(stored.includes(hidden)).toBe(false);
    for (const trace of [testSecret, 'Bearer ', 'eyJ']) expect(server.log).not.toContain(trace);
  } finally {
    await server.remove();
  }
});
