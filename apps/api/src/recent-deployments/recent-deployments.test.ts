import { randomUUID } from 'node:crypto';
import { type RecentDeployments, recentDeploymentsSchema, routes } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { armOf } from '../../test/arm.test-support.ts';
import { specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import {
  type RunningApi,
  type RunningCloud,
  patientSettings,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';

// Clusters are made first, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi({ ...cloud.settings, ...patientSettings, requestsPerMinute: 1_000_000 });
  const { resources } = await armOf(cloud).clients(subscriptionId);
  await resources.resourceGroups.createOrUpdate('Old-Quay', { location: 'westeurope' });
  await create('first', { kind: 'new', name: 'First-Group' });
  // A group that is not marked, but holds a cluster.
  await create('second', { kind: 'existing', name: 'Old-Quay' });
});
afterEach(() => setMoods(cloud, {}));
afterAll(async () => {
  await api.close();
  await cloud.close();
});

async function create(serviceName: string, resourceGroup: { kind: 'new' | 'existing'; name: string }) {
  const spec = specOf({ basics: { serviceName, resourceGroup }, master: { dnsPrefix: serviceName } });
  const created = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(created.status, await created.clone().text()).toBe(201);
  const path = { subscriptionId, resourceGroup: resourceGroup.name, name: serviceName };
  await vi.waitFor(
    async () => {
      const cluster = (await (await api.fetch(routes.cluster(path))).json()) as { state: string };
      expect(cluster.state).toBe('succeeded');
    },
    { timeout: 60_000 },
  );
}

/** A process of its own has nothing in mind. */
async function readAnew(): Promise<RecentDeployments> {
  const other = await startApi({ ...cloud.settings, ...patientSettings });
  try {
    const answer = await other.fetch(routes.recentDeployments());
    expect(answer.status).toBe(200);
    return recentDeploymentsSchema.parse(await answer.json());
  } finally {
    await other.close();
  }
}

describe('the recent deployments', () => {
  it('are those of all groups that have a cluster, the newest first', async () => {
    const { network, resources, deployments: client } = await armOf(cloud).clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate('no-cluster', { location: 'westeurope' });
    await network.networkSecurityGroups.createOrUpdate('no-cluster', 'wall', { location: 'westeurope' });
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [],
    };
    for (const group of ['no-cluster', 'Old-Quay'])
      await client.deployments.createOrUpdate(group, 'by-hand', {
        properties: { mode: 'Incremental', template, parameters: {} },
      });
    const { deployments, groups, unread } = await readAnew();
    expect(deployments.map(({ resourceGroup, state }) => [resourceGroup, state])).toEqual([
      ['Old-Quay', 'Succeeded'],
      ['Old-Quay', 'Succeeded'],
      ['First-Group', 'Succeeded'],
    ]);
    expect(deployments[0]).toEqual({
      id: `/subscriptions/${subscriptionId}/resourceGroups/Old-Quay/providers/Microsoft.Resources/deployments/by-hand`,
      subscriptionId,
      resourceGroup: 'Old-Quay',
      name: 'by-hand',
      state: 'Succeeded',
      changedAt: expect.any(String),
      durationMs: expect.any(Number),
    });
    expect([groups, unread]).toEqual([{ searched: 2, all: 2 }, []]);
  });

  it('name the groups that could not be read, and tell of the others', async () => {
    await setMoods(cloud, {
      requests: [{ mood: 'status', status: 403, path: '*/resourcegroups/old-quay/*/deployments' }],
    });
    const { deployments, unread } = await readAnew();
    expect(deployments.map(({ resourceGroup }) => resourceGroup)).toEqual(['First-Group']);
    expect(unread).toEqual([
      { subscriptionId, resourceGroup: 'Old-Quay', message: expect.stringMatching(/\S/) },
    ]);
  });

  it("are no answer where Resource Graph has none, in the API's form", async () => {
    await setMoods(cloud, {
      requests: [{ mood: 'status', status: 429, retryAfterSeconds: 60, path: '*/Microsoft.ResourceGraph/*' }],
    });
    const answer = await api.fetch(routes.recentDeployments());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60']);
  });
});
