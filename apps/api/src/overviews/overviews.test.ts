import { randomUUID } from 'node:crypto';
import {
  type ListedResource,
  apiErrorSchema,
  groupContentSchema,
  resourcePageSchema,
  routes,
} from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import {
  type RunningApi,
  type RunningCloud,
  patientSettings,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';
import type { ArmClients } from '../arm/arm.ts';

// A cluster is made first, and more resources than fit on one page, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** Resource Graph's largest page holds 1,000. */
const many = 1_005;

/** Adds many resources to a group, with a template: no template may have more than 800. */
async function addGuards(
  { deployments }: ArmClients['deployments'],
  name: string,
  count: number,
  tags: Record<string, string>,
): Promise<void> {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Network/networkSecurityGroups',
        apiVersion: '2025-05-01',
        name: `[format('${name}-{0}', copyIndex())]`,
        location: 'westeurope',
        tags,
        copy: { name: 'guards', count },
        properties: {},
      },
    ],
  };
  await deployments
    .createOrUpdate('Quay', name, { properties: { mode: 'Incremental', template } })
    .pollUntilDone();
}

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi({ ...cloud.settings, ...patientSettings });
  const spec = specOf({
    basics: { serviceName: 'harbor', resourceGroup: { kind: 'new', name: 'Harbor-Group' } },
  });
  const created = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(created.status).toBe(201);
  await vi.waitFor(
    async () => {
      const clusters = (await (await api.fetch(routes.clusters())).json()) as { state: string }[];
      expect(clusters[0]?.state).toBe('succeeded');
    },
    { timeout: 60_000 },
  );
  const { resources, deployments } = await armOf(cloud).clients(subscriptionId);
  await resources.resourceGroups.createOrUpdate('Quay', { location: 'westeurope' });
  await resources.resourceGroups.createOrUpdate('empty', { location: 'westeurope' });
  await addGuards(deployments, 'guard', 500, { owner: 'crew' });
  await addGuards(deployments, 'watch', many - 500, {});
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

async function readPages(): Promise<{ pages: number[]; resources: ListedResource[] }> {
  const pages: number[] = [];
  const resources: ListedResource[] = [];
  let next: string | undefined;
  do {
    const answer = await api.fetch(routes.resources(next));
    expect(answer.status).toBe(200);
    const page = resourcePageSchema.parse(await answer.json());
    pages.push(page.resources.length);
    resources.push(...page.resources);
    next = page.next;
    if (next === undefined) expect(page.total).toBe(resources.length);
  } while (next !== undefined);
  return { pages, resources };
}

describe('the resources of all subscriptions', () => {
  it('come page by page, each once, by name', async () => {
    const { pages, resources } = await readPages();
    expect(pages).toHaveLength(2);
    expect(pages[0]).toBe(1_000);
    expect(new Set(resources.map(({ id }) => id)).size).toBe(resources.length);
    expect(resources.filter(({ resourceGroup }) => resourceGroup === 'Quay')).toHaveLength(many);
  });

  it('say where each is, how it is, what it belongs to and its tags', async () => {
    const { resources } = await readPages();
    const guard = resources.find(({ name }) => name === 'guard-7');
    expect(guard).toEqual({
      id: `/subscriptions/${subscriptionId}/resourceGroups/Quay/providers/Microsoft.Network/networkSecurityGroups/guard-7`,
      subscriptionId,
      resourceGroup: 'Quay',
      name: 'guard-7',
      type: 'Microsoft.Network/networkSecurityGroups',
      location: 'westeurope',
      state: 'Succeeded',
      tags: { owner: 'crew' },
    });
    const balancer = resources.find(({ name }) => name.startsWith('swarm-master-lb'));
    expect(balancer).toMatchObject({ resourceGroup: 'Harbor-Group', cluster: 'harbor', state: 'Succeeded' });
  });

  it('refuse a token that leads nowhere, in words', async () => {
    const answer = await api.fetch(routes.resources('nowhere'));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(apiErrorSchema.parse(await answer.json()).error.arm)).toContain('skipToken');
  });
});

it('what is in each group is counted, with its clusters', async () => {
  const answer = await api.fetch(routes.groupContents());
  expect(answer.status).toBe(200);
  const contents = z.array(groupContentSchema).parse(await answer.json());
  expect(contents.map(({ resourceGroup }) => resourceGroup).toSorted()).toEqual(['Harbor-Group', 'Quay']);
  expect(contents).toContainEqual({ subscriptionId, resourceGroup: 'Quay', resources: many, clusters: [] });
  const harbor = contents.find(({ resourceGroup }) => resourceGroup === 'Harbor-Group');
  expect(harbor?.clusters).toEqual(['harbor']);
  const group = await api.fetch(routes.groupResources(subscriptionId, 'Harbor-Group'));
  expect(harbor?.resources).toBeLessThanOrEqual(((await group.json()) as unknown[]).length);
});
