import { randomUUID } from 'node:crypto';
import { CLUSTER_TAG, type ClusterSpec } from '@slipway/cluster';
import {
  type ClusterState,
  apiErrorSchema,
  armResourceSchema,
  clusterPlanSchema,
  clusterSchema,
  deploymentSnapshotSchema,
  routes,
} from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, requestCounts, countOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// Several whole clusters, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const machines = 'Microsoft.Compute/virtualMachines';
let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
});
afterEach(() => setMoods(cloud, {}));
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const specNamed = (name: string): ClusterSpec =>
  specOf({
    basics: { serviceName: name, resourceGroup: { kind: 'new', name: `${name}-group` } },
    master: { dnsPrefix: name, count: 3 },
  });
const submit = async (spec: ClusterSpec): Promise<void> => {
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
};
const json = async (route: string): Promise<unknown> => (await api.fetch(route)).json();
const planOf = async (spec: ClusterSpec) =>
  clusterPlanSchema.parse(await json(routes.clusterPlan(pathOf(spec))));
const resourcesOf = async (spec: ClusterSpec) =>
  z.array(armResourceSchema).parse(await json(routes.clusterResources(pathOf(spec))));
const progressOf = async (spec: ClusterSpec) =>
  deploymentSnapshotSchema.parse(await json(routes.clusterDeployment(pathOf(spec))));
const untilState = (spec: ClusterSpec, state: ClusterState) =>
  vi.waitFor(
    async () => expect(clusterSchema.parse(await json(routes.cluster(pathOf(spec)))).state).toBe(state),
    { timeout: 40_000, interval: 25 },
  );
const lowerIds = (things: readonly { id: string }[]) => things.map(({ id }) => id.toLowerCase()).toSorted();

/** The ids of the parts that stand in a resource's own properties. */
function partIds(value: unknown, owner: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const id = 'id' in value && typeof value.id === 'string' ? value.id : '';
  const own =
    'name' in value && id.toLowerCase().startsWith(`${owner.toLowerCase()}/`) ? [id.toLowerCase()] : [];
  return [...own, ...Object.values(value).flatMap((member) => partIds(member, owner))];
}

describe('the plan of a cluster', () => {
  it('names, while it is deployed, what ARM works on and what there is in the end', async () => {
    await setMoods(cloud, { work: [{ mood: 'slow', type: machines, delayMs: 1_500 }] });
    const spec = specNamed('planned');
    await submit(spec);
    await vi.waitFor(
      async () => expect((await progressOf(spec)).rows.some(({ state }) => state === 'Running')).toBe(true),
      { timeout: 20_000, interval: 25 },
    );
    const during = await planOf(spec);
    const { rows, deployment } = await progressOf(spec);
    expect(deployment.state).toBe('Running');
    expect(during.incomplete).toBeUndefined();
    expect(during.deploymentId).toBe(deployment.id);
    expect(lowerIds(during.resources)).toEqual(lowerIds(rows));

    await untilState(spec, 'succeeded');
    const there = new Map((await resourcesOf(spec)).map((resource) => [resource.id.toLowerCase(), resource]));
    for (const planned of during.resources) {
      const made = there.get(planned.id.toLowerCase());
      expect(made, planned.id).toMatchObject({ type: planned.type, name: planned.name });
      expect(made?.location, planned.id).toBe(planned.location);
      const parts = partIds(planned.properties, planned.id);
      expect(partIds(made?.properties, planned.id), planned.id).toEqual(expect.arrayContaining(parts));
    }
    expect(during.resources.flatMap(({ id, properties }) => partIds(properties, id)).length).toBeGreaterThan(
      10,
    );
    expect((await planOf(spec)).resources).toEqual(during.resources);
  });

  it('is there for a deployment that failed, and while the cluster is deleted', async () => {
    await setMoods(cloud, { work: [{ mood: 'fails', type: `${machines}/extensions`, name: '*-1/*' }] });
    const spec = specNamed('sunk');
    await submit(spec);
    await untilState(spec, 'failed');
    const plan = await planOf(spec);
    expect(plan.incomplete).toBeUndefined();
    const made = new Set(lowerIds(await resourcesOf(spec)));
    expect(plan.resources.filter(({ id }) => !made.has(id.toLowerCase())).map(({ type }) => type)).toContain(
      'Microsoft.Compute/virtualMachineScaleSets',
    );

    await setMoods(cloud, { work: [{ mood: 'slow', action: 'delete', delayMs: 1_500 }] });
    const gone = await api.send('DELETE', routes.cluster(pathOf(spec)), { confirmName: 'sunk' });
    expect(gone.status).toBe(202);
    await untilState(spec, 'deleting');
    expect(lowerIds((await planOf(spec)).resources)).toEqual(lowerIds(plan.resources));
    const missing = await vi.waitFor(
      async () => {
        const answer = await api.fetch(routes.clusterPlan(pathOf(spec)));
        expect(answer.status).toBe(404);
        return answer;
      },
      { timeout: 40_000, interval: 100 },
    );
    expect(apiErrorSchema.parse(await missing.json()).error.code).toBe('ClusterNotFound');
  });

  it('has nothing secret in it, and costs one expansion however many look', async () => {
    const spec = specNamed('discreet');
    await submit(spec);
    await untilState(spec, 'succeeded');
    const before = await requestCounts(cloud);
    const texts = await Promise.all(
      Array.from({ length: 8 }, async () => (await api.fetch(routes.clusterPlan(pathOf(spec)))).text()),
    );
    const exports = /exporttemplate/i;
    const after = await requestCounts(cloud);
    expect(countOf(after, exports) - countOf(before, exports)).toBe(1);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).not.toMatch(/customData|protectedSettings|#cloud-config|I2Nsb3VkLWNvbmZpZ/);
  });

  it('says why it is empty where the template is nothing that can be expanded here', async () => {
    const group = 'foreign-group';
    const { resources, stacks } = await armOf(cloud).clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate(group, { location: 'westeurope' });
    await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(group, 'foreign', {
      tags: { [CLUSTER_TAG]: 'foreign' },
      properties: {
        template: {
          $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
          contentVersion: '1.0.0.0',
          parameters: { ports: { type: 'secureObject' }, dnsPrefix: { type: 'string' } },
          resources: [
            {
              type: 'Microsoft.Network/publicIPAddresses',
              apiVersion: '2025-05-01',
              name: "[concat('ip-', parameters('ports').first)]",
              location: 'westeurope',
              sku: { name: 'Standard' },
              properties: { publicIPAllocationMethod: 'Static' },
            },
          ],
        },
        parameters: { ports: { value: { first: 'hush' } }, dnsPrefix: { value: 'foreign' } },
        actionOnUnmanage: { resources: 'delete' },
        denySettings: { mode: 'none' },
      },
    });
    const path = { subscriptionId, resourceGroup: group, name: 'foreign' };
    const plan = clusterPlanSchema.parse(await json(routes.clusterPlan(path)));
    expect(plan.resources).toEqual([]);
    expect(plan.incomplete).toMatch(/could not be expanded/);
    expect(JSON.stringify(plan)).not.toContain('hush');
  });
});
