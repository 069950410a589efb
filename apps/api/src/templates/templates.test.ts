import { randomUUID } from 'node:crypto';
import { CLUSTER_TAG, type ClusterSpec } from '@slipway/cluster';
import {
  type ClusterPath,
  apiErrorSchema,
  clusterExportSchema,
  clusterSchema,
  groupExportSchema,
  routes,
  templateFilesSchema,
} from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// Whole clusters, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

async function readAs<Schema extends z.ZodType>(schema: Schema, answer: Promise<Response>) {
  const response = await answer;
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body).slice(0, 500)).toBe(200);
  return schema.parse(body);
}
const filesOf = (spec: ClusterSpec) =>
  readAs(templateFilesSchema, api.send('POST', routes.clusterTemplate(), { spec }));
const exportOf = (path: ClusterPath) => readAs(clusterExportSchema, api.fetch(routes.exportCluster(path)));

async function create(spec: ClusterSpec): Promise<ClusterPath> {
  const made = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(made.status, await made.text()).toBe(201);
  const path = pathOf(spec);
  await vi.waitFor(
    async () => {
      const { state } = await readAs(clusterSchema, api.fetch(routes.cluster(path)));
      expect(state).toBe('succeeded');
    },
    { timeout: 30_000, interval: 25 },
  );
  return path;
}

/** The types of all resources of a group. */
async function builtIn(group: string): Promise<string[]> {
  const { resources } = await armOf(cloud).clients(subscriptionId);
  const found: string[] = [];
  for await (const { type, location, sku } of resources.resources.listByResourceGroup(group))
    found.push([type, location, sku?.name].join(' '));
  return found.toSorted((one, other) => one.localeCompare(other, 'en'));
}

const specIn = (name: string, group: string): ClusterSpec =>
  specOf({
    basics: { serviceName: name, resourceGroup: { kind: 'new', name: group } },
    master: { dnsPrefix: name, count: 3 },
  });

describe('the files of a spec', () => {
  it('deployed by anybody as a stack build the cluster that a creation builds, known to the portal', async () => {
    const spec = specIn('byhand', 'byhand-group');
    const { template, parameters } = await filesOf(spec);

    const { resources, stacks } = await armOf(cloud).clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate('byhand-group', { location: 'westeurope' });
    await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
      'byhand-group',
      'byhand',
      {
        tags: { [CLUSTER_TAG]: 'byhand' },
        properties: {
          template,
          parameters: z.record(z.string(), z.object({ value: z.unknown() })).parse(parameters),
          actionOnUnmanage: { resources: 'delete' },
          denySettings: { mode: 'none' },
        },
      },
      { updateIntervalInMs: 25 },
    );
    const byHand = await readAs(clusterSchema, api.fetch(routes.cluster(pathOf(spec))));
    expect(byHand).toMatchObject({ state: 'succeeded', masterCount: 3, agentCount: 2, dnsPrefix: 'byhand' });

    const twin = await create(specIn('twin', 'twin-group'));
    expect(await builtIn('byhand-group')).toEqual(await builtIn('twin-group'));
    // What a creation submits is what its stack holds.
    const held = await exportOf(twin);
    const asked = await filesOf(specIn('twin', 'twin-group'));
    expect(held).toEqual({ ...asked, secretParameters: [], leftOut: [] });
  });

  it('hold what was entered and no secret', async () => {
    const spec = specIn('plain', 'plain-group');
    const { parameters } = await filesOf(spec);
    expect(parameters).toMatchObject({
      serviceName: { value: 'plain' },
      location: { value: 'westeurope' },
      masterCount: { value: 3 },
      agentCount: { value: 2 },
      adminUsername: { value: 'azureuser' },
    });
    expect(JSON.stringify(parameters)).not.toMatch(/PRIVATE KEY/);
  });

  it('are refused for a spec that breaks a rule, at the field', async () => {
    const answer = await api.send('POST', routes.clusterTemplate(), {
      spec: { ...specIn('x', 'g'), agent: { count: 0, machineSize: 'Standard_D2s_v5' } },
    });
    expect(answer.status).toBe(400);
    const { error } = apiErrorSchema.parse(await answer.json());
    expect(error.fields?.map(({ path }) => path)).toContain('agent.count');
  });
});

describe("the files of a cluster's stack", () => {
  it('tell no secret: secure parameters are named, literal passwords left out, expressions kept', async () => {
    const { resources, stacks } = await armOf(cloud).clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate('secret-group', { location: 'westeurope' });
    const given = await filesOf(specIn('secret', 'secret-group'));
    const hidden = { type: 'securestring', defaultValue: 'default-hush' };
    const template = {
      ...given.template,
      parameters: { ...Object(given.template['parameters']), token: hidden, other: { type: 'secureString' } },
      outputs: { user: { type: 'object', value: { adminPassword: 'literal-hush' } } },
    };
    await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(
      'secret-group',
      'secret',
      {
        tags: { [CLUSTER_TAG]: 'secret' },
        properties: {
          template,
          parameters: {
            ...z.record(z.string(), z.object({ value: z.unknown() })).parse(given.parameters),
            other: { value: 'given-hush' },
          },
          actionOnUnmanage: { resources: 'delete' },
          denySettings: { mode: 'none' },
        },
      },
      { updateIntervalInMs: 25 },
    );
    const held = await exportOf(pathOf(specIn('secret', 'secret-group')));
    expect(JSON.stringify(held)).not.toContain('hush');
    expect(held.secretParameters).toEqual(['token', 'other']);
    expect(held.leftOut).toEqual(['parameters.token.defaultValue', 'outputs.user.value.adminPassword']);
    // Where values come from is no secret, and without it the template would build nothing.
    expect(held.template?.['resources']).toEqual(given.template['resources']);
  });

  it('are not there without the cluster', async () => {
    const answer = await api.fetch(
      routes.exportCluster({ subscriptionId, resourceGroup: 'nowhere', name: 'nobody' }),
    );
    expect(answer.status).toBe(404);
    expect(apiErrorSchema.parse(await answer.json()).error.code).toBe('ClusterNotFound');
  });
});

const askForGroup = (group: string) => api.send('POST', routes.exportGroup(subscriptionId, group), {});

describe('a resource group as it is now', () => {
  it('is a template that deploys again to what is there', async () => {
    await create(specIn('now', 'now-group'));
    const { template, problems, leftOut } = await readAs(groupExportSchema, askForGroup('now-group'));
    expect({ problems, leftOut }).toEqual({ problems: [], leftOut: [] });
    const before = await builtIn('now-group');
    const { deployments } = await armOf(cloud).clients(subscriptionId);
    await deployments.deployments.createOrUpdate(
      'now-group',
      'again',
      { properties: { mode: 'Incremental', template } },
      { updateIntervalInMs: 25 },
    );
    expect(await builtIn('now-group')).toEqual(before);
  });

  it('says what ARM could not make a part of it', async () => {
    const { resources } = await armOf(cloud).clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate('strange-group', { location: 'westeurope' });
    await resources.resources.createOrUpdateById(
      `/subscriptions/${subscriptionId}/resourceGroups/strange-group/providers/Contoso.Ships/harbours/north`,
      '2025-04-01',
      { location: 'westeurope' },
    );
    const { problems } = await readAs(groupExportSchema, askForGroup('strange-group'));
    expect(problems).toMatchObject([
      { code: 'ExportTemplateProviderError', target: 'Contoso.Ships/harbours' },
    ]);
  });

  it('is not there without the group', async () => {
    const answer = await askForGroup('nowhere');
    expect(answer.status).toBe(404);
    expect(apiErrorSchema.parse(await answer.json()).error.arm?.code).toBe('ResourceGroupNotFound');
  });
});
