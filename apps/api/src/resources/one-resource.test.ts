import {
  apiErrorSchema,
  armResourceSchema,
  clusterSchema,
  readResourceSchema,
  resourceRelationsSchema,
  routes,
  scopeLockSchema,
} from '@slipway/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const path = pathOf(specOf({}));
const group = `/subscriptions/${subscriptionId}/resourceGroups/${path.resourceGroup}`;
let cloud: RunningCloud;
let api: RunningApi;
let resources: z.infer<typeof armResourceSchema>[];
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
  const answer = await api.send('POST', routes.clusters(), {
    requestId: crypto.randomUUID(),
    spec: specOf({}),
  });
  expect(answer.status).toBe(201);
  await vi.waitFor(
    async () => {
      const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(path))).json());
      expect(cluster.state).toBe('succeeded');
    },
    { timeout: 60_000, interval: 100 },
  );
  resources = z.array(armResourceSchema).parse(await (await api.fetch(routes.clusterResources(path))).json());
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const ofType = (type: string) => resources.filter((each) => each.type.toLowerCase() === type.toLowerCase());
const firstOf = (type: string) => {
  const [found] = ofType(type);
  if (!found) throw new Error(`The cluster has no ${type}.`);
  return found;
};
const read = async (id: string) => {
  const answer = await api.fetch(routes.resource(id));
  expect([id, answer.status]).toEqual([id, 200]);
  return readResourceSchema.parse(await answer.json());
};
const relations = async (id: string) =>
  resourceRelationsSchema.parse(await (await api.fetch(routes.resourceRelations(id))).json());
const remove = (id: string) => api.send('DELETE', routes.deleteResource(), { id });
const refusal = async (answer: Response) => {
  const { error } = apiErrorSchema.parse(await answer.json());
  return { status: answer.status, ...error };
};
const typesOf = (related: readonly { type: string }[]) => [...new Set(related.map(({ type }) => type))];

describe('one resource', () => {
  it('of every type of a cluster is read by its id, whatever its case, as ARM returns it', async () => {
    const types = new Set(resources.map(({ type }) => type.toLowerCase()));
    expect(types.size).toBeGreaterThan(9);
    for (const type of types) {
      const one = firstOf(type);
      expect((await read(one.id)).resource).toMatchObject({ id: one.id, name: one.name, type: one.type });
      expect((await read(one.id.replace('resourceGroups', 'RESOURCEGROUPS'))).resource.id).toBe(one.id);
    }
  });

  it('that is a machine tells how it is, and none of its secrets', async () => {
    const { resource } = await read(firstOf('Microsoft.Compute/virtualMachines').id);
    expect(resource.properties).toHaveProperty('instanceView.statuses');
    expect(JSON.stringify(resource)).not.toMatch(/customData|adminPassword|protectedSettings/i);
  });

  it('is also a child, and what ARM has inside of another only', async () => {
    const network = firstOf('Microsoft.Network/virtualNetworks');
    const [subnet] = z.array(z.object({ id: z.string() })).parse(network.properties?.['subnets']);
    expect((await read(subnet!.id)).resource.properties).toHaveProperty('addressPrefix');
    const balancer = firstOf('Microsoft.Network/loadBalancers');
    const [frontend] = z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(balancer.properties?.['frontendIPConfigurations']);
    expect(await read(frontend!.id)).toMatchObject({
      resource: { name: frontend!.name, properties: { publicIPAddress: {} } },
    });
  });

  it('that is not there is not found', async () => {
    for (const id of [
      `${group}/providers/Microsoft.Network/virtualNetworks/nobody`,
      `${group}/providers/Microsoft.Network/virtualNetworks/nobody/subnets/none`,
      `${group}/providers/Contoso.Tea/pots/one`,
      `/subscriptions/${subscriptionId}/resourceGroups/nowhere/providers/Microsoft.Network/virtualNetworks/x`,
    ])
      expect(await refusal(await api.fetch(routes.resource(id)))).toMatchObject({
        status: 404,
        code: 'ResourceNotFound',
      });
  });

  it('is asked for by an id and by nothing else', async () => {
    const { id } = firstOf('Microsoft.Network/virtualNetworks');
    for (const wrong of [
      '',
      '/',
      'x',
      group,
      `${id}/..`,
      `${id}/../../virtualNetworks/x`,
      `${id}/./x`,
      `${id}/%2e%2e/x`,
      `${id}?api-version=1`,
      `${id}#x`,
      `${id}/`,
      `${id}//`,
      `/${id}`,
      `${id}\\x`,
      `https://example.com${id}`,
      `/subscriptions/mine/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/x`,
      `${group}/providers/Microsoft.Network/virtualNetworks`,
      `${id}/${'x'.repeat(3000)}/y`,
    ]) {
      for (const answer of [
        await api.fetch(routes.resource(wrong)),
        await api.fetch(routes.resourceRelations(wrong)),
        await remove(wrong),
      ])
        expect([wrong, (await refusal(answer)).code]).toEqual([wrong, 'InvalidRequest']);
    }
  });
});

describe('the relations of a resource', () => {
  it('name its cluster, what it uses, who uses it, and what goes with it', async () => {
    const machine = firstOf('Microsoft.Compute/virtualMachines');
    expect(await relations(machine.id)).toMatchObject({
      cluster: { ...path, isManaged: true, denies: 'none' },
      usedBy: [],
      inTheWay: [],
    });
    const { uses, contains } = await relations(machine.id);
    expect(typesOf(uses)).toEqual(
      expect.arrayContaining(['Microsoft.Network/networkInterfaces', 'Microsoft.Compute/availabilitySets']),
    );
    expect(typesOf(contains)).toContain('Microsoft.Compute/virtualMachines/extensions');
    const disk = firstOf('Microsoft.Compute/disks');
    expect((await relations(disk.id)).cluster).toMatchObject({ name: path.name, isManaged: false });
  });

  it('of an interface say that its machine has to go before it, and not the balancer that sends to it', async () => {
    const card = firstOf('Microsoft.Network/networkInterfaces');
    expect(typesOf((await relations(card.id)).inTheWay)).toEqual(['Microsoft.Compute/virtualMachines']);
  });

  it('of a subnet say that the machines have to go before the interfaces that use it', async () => {
    const network = firstOf('Microsoft.Network/virtualNetworks');
    const { usedBy, inTheWay } = await relations(network.id);
    expect(typesOf(usedBy)).toContain('Microsoft.Network/networkInterfaces');
    const order = inTheWay.map(({ type }) => type);
    expect(order.indexOf('Microsoft.Compute/virtualMachines')).toBeGreaterThanOrEqual(0);
    expect(order.lastIndexOf('Microsoft.Compute/virtualMachines')).toBeLessThan(
      order.lastIndexOf('Microsoft.Network/networkInterfaces'),
    );
  });
});

describe('deleting a resource', () => {
  it('that others use is refused in ARM’s words; in the order of what is in the way it goes', async () => {
    const { resources: groups, network } = await armOf(cloud).clients(subscriptionId);
    await groups.resourceGroups.createOrUpdate('spare', { location: 'westeurope' });
    await network.virtualNetworks.createOrUpdate('spare', 'net', {
      location: 'westeurope',
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'inner', addressPrefix: '10.0.0.0/24' }],
    });
    const netId = `/subscriptions/${subscriptionId}/resourceGroups/spare/providers/Microsoft.Network/virtualNetworks/net`;
    await network.networkInterfaces.createOrUpdate('spare', 'nic', {
      location: 'westeurope',
      ipConfigurations: [{ name: 'ip', subnet: { id: `${netId}/subnets/inner` } }],
    });
    expect(await refusal(await remove(netId))).toMatchObject({
      status: expect.any(Number) as number,
      code: 'ArmError',
      arm: { code: 'InUseSubnetCannotBeDeleted' },
    });
    const { inTheWay, cluster } = await relations(netId);
    expect(cluster).toBeUndefined();
    expect(inTheWay.map(({ name }) => name)).toEqual(['nic']);
    for (const id of [...inTheWay.map((each) => each.id), netId]) {
      expect((await remove(id)).status).toBe(202);
      await vi.waitFor(async () => expect((await api.fetch(routes.resource(id))).status).toBe(404), {
        timeout: 15_000,
      });
    }
    const stack = `${group}/providers/Microsoft.Resources/deploymentStacks/${path.name}`;
    expect((await refusal(await remove(stack))).code).toBe('InvalidRequest');
    // What is gone stays gone.
    expect((await remove(netId)).status).toBe(202);
  });
});

describe('deleting a resource with what is in its way', () => {
  const netId = `/subscriptions/${subscriptionId}/resourceGroups/several/providers/Microsoft.Network/virtualNetworks/net`;
  const nicIds = ['one', 'two'].map((name) =>
    netId.replace('virtualNetworks/net', `networkInterfaces/${name}`),
  );
  const removeAll = () => api.send('DELETE', routes.deleteResource(), { id: netId, first: nicIds });
  const stop = () =>
    api.send('POST', routes.stopResourceDeletion(), {
      id: netId.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'),
    });
  const statuses = () =>
    Promise.all([...nicIds, netId].map(async (id) => (await api.fetch(routes.resource(id))).status));
  const deletion = async () => (await read(netId)).deletion;

  beforeEach(async () => {
    await setMoods(cloud, {});
    const { resources: groups, network } = await armOf(cloud).clients(subscriptionId);
    await groups.resourceGroups.createOrUpdate('several', { location: 'westeurope' });
    await network.virtualNetworks.createOrUpdate('several', 'net', {
      location: 'westeurope',
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'inner', addressPrefix: '10.0.0.0/24' }],
    });
    for (const name of ['one', 'two'])
      await network.networkInterfaces.createOrUpdate('several', name, {
        location: 'westeurope',
        ipConfigurations: [{ name: 'ip', subnet: { id: `${netId}/subnets/inner` } }],
      });
  });

  it('goes on to the end though nobody looks, through throttling and faults, once however often it is asked for', async () => {
    await setMoods(cloud, {
      requests: [
        { mood: 'status', status: 429, method: 'DELETE', path: '*/networkInterfaces/two', times: 5 },
        { mood: 'status', status: 503, method: 'GET', path: '*/networkInterfaces/*', times: 5, skip: 1 },
      ],
    });
    expect((await removeAll()).status).toBe(202);
    expect((await removeAll()).status).toBe(202);
    expect(await deletion()).toMatchObject({ state: 'running', count: 3 });
    await vi.waitFor(async () => expect(await statuses()).toEqual([404, 404, 404]), {
      timeout: 40_000,
      interval: 200,
    });
  });

  it('that is stopped lets go what ARM is at work on, and keeps the rest', async () => {
    await setMoods(cloud, { work: [{ mood: 'never-ends', action: 'delete' }] });
    expect((await removeAll()).status).toBe(202);
    expect((await stop()).status).toBe(202);
    expect(await deletion()).toMatchObject({ state: 'stopping', done: 0, current: nicIds[0] });
    await setMoods(cloud, {});
    await vi.waitFor(async () => expect(await deletion()).toMatchObject({ state: 'stopped', done: 1 }), {
      timeout: 20_000,
    });
    expect(await statuses()).toEqual([404, 200, 200]);
    expect(await refusal(await stop())).toMatchObject({ status: 409, code: 'DeletionNotRunning' });
  });

  it('that ARM refuses at the first one is refused, and at a later one says which and why', async () => {
    const locked = await api.send('PUT', routes.locks(), {
      scope: nicIds[1],
      name: 'keep',
      level: 'CanNotDelete',
      notes: '',
    });
    expect(locked.status).toBe(200);
    const lock = scopeLockSchema.parse(await locked.json());
    expect(
      await refusal(
        await api.send('DELETE', routes.deleteResource(), { id: netId, first: nicIds.toReversed() }),
      ),
    ).toMatchObject({ status: 409, arm: { code: 'ScopeLocked' } });
    expect((await read(netId)).deletion).toBeUndefined();
    expect((await removeAll()).status).toBe(202);
    await vi.waitFor(
      async () =>
        expect(await deletion()).toMatchObject({
          state: 'failed',
          done: 1,
          current: nicIds[1],
          error: { code: 'ArmError', arm: { code: 'ScopeLocked' } },
        }),
      { timeout: 20_000 },
    );
    expect(await statuses()).toEqual([404, 200, 200]);
    await api.send('DELETE', routes.locks(), { id: lock.id });
    expect((await removeAll()).status).toBe(202);
    await vi.waitFor(async () => expect(await statuses()).toEqual([404, 404, 404]), { timeout: 20_000 });
  });
});
