import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  polling,
  rejection,
  startTestCloud,
  subscription,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { swarmParameters, swarmTemplate } from '../swarm-stack.test-support.ts';

// Whole clusters, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
  await deploy('rg', swarmTemplate, swarmParameters());
});
afterAll(() => cloud.close());

const deploy = (group: string, template: unknown, parameters: unknown = {}) =>
  cloud.deployments.deployments.createOrUpdate(
    group,
    'made',
    { properties: { mode: 'Incremental', template, parameters } as never },
    polling,
  );

interface Template {
  parameters: Record<string, { type: string; defaultValue?: string }>;
  resources: { type: string; name: string; comments?: string; dependsOn?: string[] }[];
}
async function exportOf(group: string, options?: string, resources = ['*']) {
  const { template, error } = await cloud.resources.resourceGroups.exportTemplate(
    group,
    { resources, ...(options === undefined ? {} : { options }) },
    polling,
  );
  return { template: template as unknown as Template, error };
}

/** What GET says of each resource of a group, without what is of the moment. */
async function everythingIn(group: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for await (const { id = '', type = '' } of cloud.resources.resources.listByResourceGroup(group)) {
    const { json } = await cloud.send('GET', `${id}?api-version=${versions[type] ?? '2025-04-01'}`);
    found[id] = JSON.parse(
      JSON.stringify(json, (name, value: unknown) =>
        /^(?:etag|\w*[gG]uid|vmId|uniqueId|timeCreated|creationTime|keyCreationTime|lastEnabledTime|macAddress|ipAddress)$/.test(
          name,
        )
          ? undefined
          : value,
      ),
    );
  }
  return found;
}
const versions: Record<string, string> = { 'Microsoft.Storage/storageAccounts': '2025-06-01' };

describe('a group as a template', () => {
  test('is deployed again to the same resources, over what is there and from nothing', async () => {
    const { template, error } = await exportOf('rg', 'IncludeParameterDefaultValue,IncludeComments');
    expect(error).toBeUndefined();
    const before = await everythingIn('rg');
    expect(Object.keys(before).length).toBeGreaterThan(15);

    await deploy('rg', template);
    expect(await everythingIn('rg')).toEqual(before);

    await cloud.resources.resourceGroups.delete('rg', polling);
    await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
    await deploy('rg', template);
    expect(await everythingIn('rg')).toEqual(before);
  });

  test('calls resources by parameters, with their names where that is wanted, and says where they come from', async () => {
    const { template } = await exportOf('rg', 'includeparameterdefaultvalue, IncludeComments');
    const network = template.resources.find(({ type }) => type === 'Microsoft.Network/virtualNetworks');
    const [, parameter = ''] =
      /^\[parameters\('(virtualNetworks_swarm_vnet_\w+_name)'\)\]$/.exec(network?.name ?? '') ?? [];
    expect(template.parameters[parameter]).toEqual({
      type: 'String',
      defaultValue: expect.stringMatching(/^swarm-vnet-/) as string,
    });
    expect(network?.comments).toMatch(
      /^Generalized from resource: '\/subscriptions\/.*virtualNetworks\/swarm-vnet-/,
    );
    expect(network?.dependsOn?.join()).toContain(
      "[resourceId('Microsoft.Network/networkSecurityGroups', parameters('",
    );
    // Nothing in it is bound to this place.
    const { resources } = template;
    expect(JSON.stringify(resources.map(({ comments: _comments, ...rest }) => rest))).not.toContain(
      '/subscriptions/',
    );

    const bare = (await exportOf('rg')).template;
    expect(bare.parameters[parameter]).toEqual({ type: 'String' });
    expect(bare.resources.every(({ comments }) => comments === undefined)).toBe(true);
  });

  test.each(['SkipResourceNameParameterization', 'SkipAllParameterization'])(
    'calls them by their names with %s',
    async (option) => {
      const { template } = await exportOf('rg', option);
      expect(template.parameters).toEqual({});
      expect(template.resources.map(({ name }) => name).join()).not.toContain('parameters(');
    },
  );

  test('tells no secret and nothing that another resource makes by itself', async () => {
    const { template } = await exportOf('rg');
    expect(JSON.stringify(template)).not.toMatch(/customData|protectedSettings|cloud-config/i);
    expect(new Set(template.resources.map(({ type }) => type))).not.toContain('Microsoft.Compute/disks');
  });

  test('of some resources has the rest as ids from elsewhere', async () => {
    const { value } = (await cloud.send('GET', `${groupPath}/resources?api-version=2021-04-01`)).json as {
      value: { id: string; type: string }[];
    };
    const network = value.find(({ type }) => type === 'Microsoft.Network/virtualNetworks')?.id ?? '';
    const { template } = await exportOf('rg', 'IncludeParameterDefaultValue', [network]);
    expect(template.resources).toHaveLength(1);
    const outside = Object.entries(template.parameters).filter(([name]) => name.endsWith('_externalid'));
    expect(outside.map(([, { defaultValue }]) => defaultValue).join()).toContain('/networkSecurityGroups/');
  });

  test('of types that nobody knows says that they are not part of it, and has the others', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('strange', { location: 'eastus' });
    await cloud.send(
      'PUT',
      `/subscriptions/${subscription}/resourceGroups/strange/providers/Contoso.Ships/harbours/x?api-version=2025-04-01`,
      { body: { location: 'eastus', properties: {} } },
    );
    await cloud.send(
      'PUT',
      `/subscriptions/${subscription}/resourceGroups/strange/providers/Microsoft.Compute/galleries/x?api-version=2025-04-01`,
      { body: { location: 'eastus', properties: { description: 'ours' } } },
    );
    const { template, error } = await exportOf('strange');
    expect(template.resources).toMatchObject([
      { type: 'Microsoft.Compute/galleries', properties: { description: 'ours' } },
    ]);
    expect(error).toMatchObject({
      code: 'ExportTemplateCompletedWithErrors',
      details: [{ code: 'ExportTemplateProviderError', target: 'Contoso.Ships/harbours' }],
    });
  });

  test('is refused for more than 200 resources, unknown options, resources from elsewhere, and groups that are not there', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('large', { location: 'eastus' });
    await deploy('large', {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [
        {
          type: 'Microsoft.Network/routeTables',
          apiVersion: '2025-05-01',
          name: "[concat('table', copyIndex())]",
          location: 'eastus',
          copy: { name: 'tables', count: 201 },
          properties: {},
        },
      ],
    });
    expect(await rejection(exportOf('large'))).toMatchObject({
      code: 'ExportTemplateResourcesLimitExceeded',
    });
    expect(await rejection(exportOf('rg', 'Everything'))).toMatchObject({ code: 'InvalidRequestContent' });
    expect(
      await rejection(exportOf('rg', '', [`${groupPath}/providers/Microsoft.Network/routeTables/x`])),
    ).toMatchObject({
      code: 'ResourceNotFound',
    });
    expect(await rejection(exportOf('nowhere'))).toMatchObject({ code: 'ResourceGroupNotFound' });
  });
});

const groupPath = `/subscriptions/${subscription}/resourceGroups/rg`;
