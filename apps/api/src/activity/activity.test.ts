import {
  type ActivityQuery,
  activityPageSchema,
  apiErrorSchema,
  clusterSchema,
  routes,
} from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const path = pathOf(specOf({}));
const group = `/subscriptions/${subscriptionId}/resourceGroups/${path.resourceGroup}`;
const stack = `${group}/providers/Microsoft.Resources/deploymentStacks/${path.name}`;
const foreign = `${group}/providers/Microsoft.Network/virtualNetworks/foreign`;
const from = new Date(Date.now() - 3_600_000).toISOString();
let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
  await api.send('POST', routes.clusters(), { requestId: crypto.randomUUID(), spec: specOf({}) });
  await vi.waitFor(
    async () =>
      expect(clusterSchema.parse(await (await api.fetch(routes.cluster(path))).json()).state).toBe(
        'succeeded',
      ),
    { timeout: 60_000, interval: 100 },
  );
  const { network } = await armOf(cloud).clients(subscriptionId);
  await network.virtualNetworks.createOrUpdate(path.resourceGroup, 'foreign', {
    location: 'westeurope',
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
  });
  await api.send('PUT', routes.locks(), { scope: foreign, name: 'kept', level: 'CanNotDelete' });
  await api.send('DELETE', routes.deleteResource(), { id: foreign });
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const pageOf = async (query: Omit<ActivityQuery, 'from'>) =>
  activityPageSchema.parse(await (await api.fetch(routes.activity({ from, ...query }))).json());
const allOf = async (query: Omit<ActivityQuery, 'from'>) => {
  const found = [];
  for (let next: string | undefined; ;) {
    const page = await pageOf({ ...query, ...(next === undefined ? {} : { next }) });
    found.push(...page.operations);
    if (page.next === undefined) return found;
    next = page.next;
  }
};

describe('the activity log', () => {
  it('of a resource has what was asked for, newest first, once each, with ARM’s error', async () => {
    const operations = await allOf({ scope: foreign });
    expect(
      operations.map(({ operation, status }) => [operation.split('/').slice(-2).join('/'), status]),
    ).toEqual([
      ['virtualNetworks/delete', 'Failed'],
      ['locks/write', 'Succeeded'],
      ['virtualNetworks/write', 'Succeeded'],
    ]);
    expect(operations[0]).toMatchObject({ error: { code: 'ScopeLocked' } });
    expect(operations[2]?.endedAt).toBeDefined();
  });

  it('of a container service leaves out what belongs to others, and has all that a deployment did', async () => {
    const own = await allOf({ scope: stack });
    const names = new Set(own.map(({ operation }) => operation));
    expect(names).toContain('Microsoft.Resources/deploymentStacks/write');
    expect(names).toContain('Microsoft.Compute/virtualMachineScaleSets/write');
    expect(own.filter(({ resourceId }) => resourceId.toLowerCase().includes('/foreign'))).toEqual([]);
    const whole = await allOf({ scope: group });
    expect(whole.length).toBeGreaterThan(own.length);
    const times = whole.map(({ startedAt, endedAt }) => endedAt ?? startedAt);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('is filtered by state, by who and by what', async () => {
    const failed = await allOf({ scope: group, status: 'Failed' });
    expect(failed.map(({ operation }) => operation)).toEqual(['Microsoft.Network/virtualNetworks/delete']);
    expect(await allOf({ scope: group, caller: 'nobody at all' })).toEqual([]);
    const machines = await allOf({ scope: group, operation: 'virtualmachines/WRITE' });
    expect(machines.length).toBeGreaterThan(0);
    for (const { operation } of machines) expect(operation).toMatch(/virtualMachines\/write/);
    const inWords = await allOf({ scope: group, operation: ' update virtual MACHINE ' });
    expect(new Set(inWords.map(({ operation }) => operation))).toEqual(
      new Set(machines.map(({ operation }) => operation)),
    );
    const long = new Date(Date.now() - 1_000_000).toISOString();
    expect((await pageOf({ scope: group, to: long })).operations).toEqual([]);
  });

  it('takes nothing for its next page but what ARM gave', async () => {
    for (const next of ['https://example.com/', 'x&y', 'a b'])
      expect((await api.fetch(routes.activity({ from, scope: group, next }))).status).toBe(400);
    const strange = await api.fetch(routes.activity({ from, scope: group, next: 'nonsense' }));
    expect(apiErrorSchema.parse(await strange.json()).error).toMatchObject({ code: 'ArmError' });
    const old = await api.fetch(routes.activity({ scope: group, from: '2001-01-01T00:00:00Z' }));
    expect(old.status).toBe(400);
  });
});
