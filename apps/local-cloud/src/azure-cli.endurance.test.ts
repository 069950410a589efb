import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestCloud, subscription, testSecret, type TestCloud } from './local-cloud.test-support.ts';
import { tenantId } from './resources/places.ts';

// The CLI is Python: each call takes seconds to begin.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

const hasCli = spawnSync('az', ['--help'], { stdio: 'ignore' }).error === undefined;

let cloud: TestCloud;
let folder: string;

interface Result {
  code: number;
  /** What it printed, where that is JSON. */
  json: Parameters<typeof JSON.stringify>[0];
  text: string;
  errors: string;
}

/** Runs the unmodified CLI; never synchronously, for the cloud is in this process. */
function run(...args: string[]): Promise<Result> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AZURE_CONFIG_DIR: join(folder, 'config'),
    AZURE_CORE_COLLECT_TELEMETRY: 'false',
    AZURE_CORE_SURVEY_MESSAGE: 'false',
    REQUESTS_CA_BUNDLE: join(folder, 'certificate.pem'),
  };
  return new Promise((resolve) => {
    execFile('az', args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, text, errors) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, json: jsonOf(text), text, errors });
    });
  });
}

function jsonOf(text: string): Result['json'] {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runs it and returns what it printed; it must end well. */
async function az(...args: string[]): Promise<Result['json']> {
  const { code, json, errors } = await run(...args);
  expect(code, `az ${args.join(' ')}: ${errors}`).toBe(0);
  return json;
}

function file(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const networkTemplate = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { prefix: { type: 'string' } },
  resources: [
    {
      type: 'Microsoft.Network/virtualNetworks',
      apiVersion: '2023-04-01',
      name: "[format('{0}-net', parameters('prefix'))]",
      location: '[resourceGroup().location]',
      properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } },
    },
    {
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2023-01-01',
      name: "[concat(parameters('prefix'), uniqueString(resourceGroup().id))]",
      location: '[resourceGroup().location]',
      sku: { name: 'Standard_LRS' },
      kind: 'StorageV2',
      properties: {},
    },
  ],
  outputs: { prefix: { type: 'string', value: "[parameters('prefix')]" } },
};

/** A template for what is above groups: `schema` is the word before `DeploymentTemplate`. */
const upperTemplate = (schema: string, resources: object[]) => ({
  $schema: `https://schema.management.azure.com/schemas/2019-08-01/${schema}DeploymentTemplate.json#`,
  contentVersion: '1.0.0.0',
  resources,
});

const why = hasCli ? '' : ' (skipped: there is no program "az" on this computer; its package is azure-cli)';

describe.skipIf(!hasCli)(`the Azure CLI, unmodified${why}`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-az-'));
    // At once, the CLI waits for half a minute before it asks again.
    cloud = await startTestCloud({ settings: { pace: 'fast', paceFactor: 0.01 } });
    writeFileSync(join(folder, 'certificate.pem'), cloud.cloud.certificatePem);
    await az('cloud', 'register', '-n', 'Local', '--endpoint-resource-manager', cloud.cloud.endpoint);
    const storage = ['--suffix-storage-endpoint', 'core.slipway.internal'];
    await az(
      'cloud',
      'update',
      '-n',
      'Local',
      ...storage,
      '--suffix-keyvault-dns',
      '.vault.slipway.internal',
    );
    await az('cloud', 'set', '-n', 'Local');
    const signIn = ['login', '--service-principal', '-u', 'slipway-local', '-p', testSecret];
    const [account] = await az(...signIn, '--tenant', tenantId);
    expect(account).toMatchObject({ id: subscription, state: 'Enabled', tenantId });
  });
  afterAll(async () => {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('makes, changes, tells and deletes resource groups', async () => {
    expect(await az('group', 'create', '-n', 'one', '-l', 'eastus')).toMatchObject({ location: 'eastus' });
    expect(await az('group', 'exists', '-n', 'one')).toBe(true);
    expect(await az('group', 'update', '-n', 'one', '--set', 'tags.team=red')).toMatchObject({
      tags: { team: 'red' },
    });
    await az('group', 'delete', '-n', 'one', '-y');
    const { code, errors } = await run('group', 'show', '-n', 'one');
    expect([code, errors]).toEqual([3, expect.stringContaining('(ResourceGroupNotFound)')]);
  });

  test('validates, foresees, deploys, tells, exports and cancels deployments of a group', async () => {
    await az('group', 'create', '-n', 'dep', '-l', 'westeurope');
    const template = file('network.json', networkTemplate);
    const asked = ['-g', 'dep', '-f', template, '-p', 'prefix=abc'];
    const validated = await az('deployment', 'group', 'validate', ...asked);
    expect(validated.properties).toMatchObject({ provisioningState: 'Succeeded', error: null });
    const foreseen = await az('deployment', 'group', 'what-if', ...asked, '--no-pretty-print');
    expect(foreseen.changes.map(({ changeType }: { changeType: string }) => changeType)).toEqual([
      'Create',
      'Create',
    ]);
    const made = await az('deployment', 'group', 'create', '-n', 'first', ...asked);
    expect(made.properties).toMatchObject({
      provisioningState: 'Succeeded',
      outputs: { prefix: { type: 'String', value: 'abc' } },
    });
    const exported = await az('deployment', 'group', 'export', '-g', 'dep', '-n', 'first');
    expect(exported.resources).toHaveLength(2);
    const operations = await az('deployment', 'operation', 'group', 'list', '-g', 'dep', '-n', 'first');
    expect(operations.length).toBeGreaterThanOrEqual(3);
    await cloud.send('PUT', '/slipway/moods', {
      body: { work: [{ mood: 'never-ends', type: 'Microsoft.Network/virtualNetworks' }] },
    });
    const later = ['-g', 'dep', '-n', 'later', '-f', template, '-p', 'prefix=def', '--no-wait'];
    await az('deployment', 'group', 'create', ...later);
    await az('deployment', 'group', 'cancel', '-g', 'dep', '-n', 'later');
    await cloud.send('PUT', '/slipway/moods', { body: {} });
    const listed = await az(
      'deployment',
      'group',
      'list',
      '-g',
      'dep',
      '--query',
      '[].[name, properties.provisioningState]',
    );
    expect(listed).toEqual([
      ['later', 'Canceled'],
      ['first', 'Succeeded'],
    ]);
    const group = await az('group', 'export', '-n', 'dep');
    expect(group.resources.map(({ type }: { type: string }) => type)).toContain(
      'Microsoft.Network/virtualNetworks',
    );
    // Complete mode: the other storage account and the networks go.
    const bare = file('bare.json', { ...networkTemplate, resources: [] });
    await az(
      'deployment',
      'group',
      'create',
      '-g',
      'dep',
      '-f',
      bare,
      '-p',
      'prefix=x',
      '--mode',
      'Complete',
    );
    expect(await az('resource', 'list', '-g', 'dep')).toEqual([]);
  });

  test('deploys to the subscription, a management group and the tenant', async () => {
    const group = {
      type: 'Microsoft.Resources/resourceGroups',
      apiVersion: '2021-04-01',
      name: 'bysub',
      location: 'eastus',
      properties: {},
    };
    const sub = file('sub.json', upperTemplate('subscription', [group]));
    await az('deployment', 'sub', 'create', '-n', 's', '-l', 'eastus', '-f', sub);
    expect(await az('group', 'exists', '-n', 'bysub')).toBe(true);
    const team = {
      type: 'Microsoft.Management/managementGroups',
      apiVersion: '2021-04-01',
      name: 'team',
      properties: { displayName: 'The team' },
    };
    const tenant = file('tenant.json', upperTemplate('tenant', [team]));
    await az('deployment', 'tenant', 'create', '-n', 't', '-l', 'eastus', '-f', tenant);
    expect(await az('account', 'management-group', 'show', '-n', 'team')).toMatchObject({
      displayName: 'The team',
    });
    await az('account', 'management-group', 'create', '-n', 'other', '--parent', 'team');
    await az('account', 'management-group', 'subscription', 'add', '-n', 'other', '-s', subscription);
    const shown = await az('account', 'management-group', 'show', '-n', 'other', '--expand');
    expect(shown.children).toMatchObject([{ name: subscription }]);
    const policy = {
      type: 'Microsoft.Authorization/policyDefinitions',
      apiVersion: '2021-06-01',
      name: 'tagged',
      properties: { policyType: 'Custom', mode: 'Indexed', policyRule: {} },
    };
    const management = file('mg.json', upperTemplate('managementGroup', [policy]));
    const made = await az(
      'deployment',
      'mg',
      'create',
      '-m',
      'team',
      '-n',
      'm',
      '-l',
      'eastus',
      '-f',
      management,
    );
    expect(made.properties.outputResources).toEqual([
      expect.objectContaining({
        id: '/providers/Microsoft.Management/managementGroups/team/providers/Microsoft.Authorization/policyDefinitions/tagged',
      }),
    ]);
  });

  test('works on resources of any type, and moves them', async () => {
    await az('group', 'create', '-n', 'from', '-l', 'eastus');
    await az('group', 'create', '-n', 'to', '-l', 'eastus');
    const table = ['-g', 'from', '-n', 'rt', '--resource-type', 'Microsoft.Network/routeTables'];
    const { id } = await az('resource', 'create', ...table, '-p', '{"routes":[]}');
    await az('resource', 'tag', ...table, '--tags', 'a=b');
    const changed = await az(
      'resource',
      'update',
      ...table,
      '--set',
      'properties.disableBgpRoutePropagation=true',
    );
    expect(changed).toMatchObject({ tags: { a: 'b' }, properties: { disableBgpRoutePropagation: true } });
    await az('resource', 'move', '--destination-group', 'to', '--ids', id);
    expect(await az('resource', 'list', '-g', 'to', '--query', '[].name')).toEqual(['rt']);
    await az(
      'resource',
      'delete',
      '-g',
      'to',
      '-n',
      'rt',
      '--resource-type',
      'Microsoft.Network/routeTables',
    );
    expect(await az('identity', 'create', '-g', 'to', '-n', 'who')).toMatchObject({
      name: 'who',
      principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    const account = ['-g', 'to', '-n', 'slipwaycli', '-l', 'eastus', '--sku', 'Standard_LRS'];
    const { id: accountId } = await az('storage', 'account', 'create', ...account);
    const keys = await az('resource', 'invoke-action', '--ids', accountId, '--action', 'listKeys');
    expect(keys.keys).toHaveLength(2);
    const named = ['storage', 'account', 'show-connection-string', '-g', 'to', '-n', 'slipwaycli'];
    expect((await az(...named)).connectionString).toContain('EndpointSuffix=core.slipway.internal');
    const vault = ['-g', 'to', '-n', 'slipwayclivault', '--resource-type', 'Microsoft.KeyVault/vaults'];
    const properties = { sku: { family: 'A', name: 'standard' }, tenantId, accessPolicies: [] };
    await az('resource', 'create', ...vault, '-p', JSON.stringify(properties));
    const shown = await az('keyvault', 'show', '-n', 'slipwayclivault', '--query', 'properties.vaultUri');
    expect(shown).toBe('https://slipwayclivault.vault.slipway.internal/');
  });

  test('asks for whatever path, locks, tags, registers providers and features, and tells of the account', async () => {
    await az('group', 'create', '-n', 'gov', '-l', 'eastus');
    const path = `/subscriptions/${subscription}/resourcegroups/gov`;
    expect(await az('rest', '-m', 'get', '-u', `${path}?api-version=2021-04-01`)).toMatchObject({
      name: 'gov',
    });
    await az('lock', 'create', '-n', 'keep', '-g', 'gov', '--lock-type', 'CanNotDelete');
    const refused = await run('group', 'delete', '-n', 'gov', '-y');
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('(ScopeLocked)')]);
    await az('lock', 'delete', '-n', 'keep', '-g', 'gov');
    await az('tag', 'create', '--resource-id', path, '--tags', 'dept=sales');
    const tags = await az('tag', 'list');
    expect(tags.map(({ tagName }: { tagName: string }) => tagName)).toContain('dept');
    await az('provider', 'register', '-n', 'Microsoft.Batch', '--wait');
    const state = await az('provider', 'show', '-n', 'Microsoft.Batch', '--query', 'registrationState');
    expect(state).toBe('Registered');
    const feature = ['--namespace', 'Microsoft.Compute', '-n', 'Fast'];
    expect(await az('feature', 'register', ...feature)).toMatchObject({
      properties: { state: 'Registered' },
    });
    const rules = ['--rules', '{"if":{"field":"type","equals":"x"},"then":{"effect":"audit"}}'];
    await az('policy', 'definition', 'create', '-n', 'rule', ...rules);
    await az('policy', 'definition', 'update', '-n', 'rule', '--display-name', 'The rule');
    await az('policy', 'assignment', 'create', '-n', 'assigned', '--policy', 'rule');
    const assigned = await az('policy', 'assignment', 'list', '--query', '[].[name, scope]');
    expect(assigned).toEqual([['assigned', `/subscriptions/${subscription}`]]);
    const locations = await az('account', 'list-locations', '--query', '[].name');
    expect(locations).toContain('westeurope');
  });
});
