import { randomUUID } from 'node:crypto';
import {
  type Cluster,
  type ClusterPath,
  apiErrorSchema,
  armResourceSchema,
  clusterSchema,
  connectAnswerSchema,
  machineSizesSchema,
  resourceGroupSchema,
  routes,
  validateClusterAnswerSchema,
} from '@slipway/contract';
import { topologyGraphSchema } from '@slipway/topology';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { countOf, pathOf, requestCounts, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// Several whole clusters a test, on a machine that may be busy.
vi.setConfig({ testTimeout: 20_000 });

let cloud: RunningCloud;
let api: RunningApi;
let otherApi: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  [api, otherApi] = await Promise.all([startApi(cloud.settings), startApi(cloud.settings)]);
});
afterAll(async () => {
  await Promise.all([api.close(), otherApi.close()]);
  await cloud.close();
});

/** A spec of its own: names that no other test uses. */
let count = 0;
function ownSpec(changes: Parameters<typeof specOf>[0] = {}) {
  count += 1;
  return specOf({
    ...changes,
    basics: {
      serviceName: `service-${count}`,
      resourceGroup: { kind: 'new', name: `group-${count}` },
      ...changes.basics,
    },
    master: { dnsPrefix: `prefix${count}`, ...changes.master },
  });
}

const create = (through: RunningApi, spec: unknown, requestId: string = randomUUID()) =>
  through.send('POST', routes.clusters(), { requestId, spec });
const created = async (spec: ReturnType<typeof ownSpec>): Promise<Cluster> => {
  const answer = await create(api, spec);
  expect(answer.status).toBe(201);
  const path = pathOf(spec);
  expect(clusterSchema.parse(await answer.json())).toMatchObject(path);
  return untilAtRest(path);
};
const untilAtRest = (path: ClusterPath): Promise<Cluster> =>
  vi.waitFor(
    async () => {
      const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(path))).json());
      expect(cluster.state).not.toBe('deploying');
      return cluster;
    },
    { timeout: 15_000, interval: 20 },
  );
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
const clusters = async () => z.array(clusterSchema).parse(await (await api.fetch(routes.clusters())).json());
const groups = async () =>
  z.array(resourceGroupSchema).parse(await (await api.fetch(routes.resourceGroups(subscriptionId))).json());

describe('a new cluster', () => {
  it('is created in a new group, listed, readable in every view, and deleted as one thing', async () => {
    const spec = ownSpec();
    const path = pathOf(spec);
    const cluster = await created(spec);
    expect(cluster).toMatchObject({
      ...path,
      region: 'westeurope',
      orchestrator: 'swarm',
      dnsPrefix: spec.master.dnsPrefix,
      adminUsername: 'azureuser',
      masterCount: 1,
      agentCount: 2,
      machineSize: 'Standard_D2s_v5',
      masterFqdn: `${spec.master.dnsPrefix}mgmt.westeurope.cloudapp.slipway.internal`,
      agentFqdn: `${spec.master.dnsPrefix}agents.westeurope.cloudapp.slipway.internal`,
      state: 'succeeded',
    });
    expect(await clusters()).toContainEqual(cluster);
    expect((await groups()).find(({ name }) => name === path.resourceGroup)?.tags).toMatchObject({
      'slipway-cluster': path.name,
    });

    const resources = (await (await api.fetch(routes.clusterResources(path))).json()) as {
      type: string;
      id: string;
    }[];
    const types = new Map<string, number>();
    for (const { type } of resources) types.set(type.toLowerCase(), (types.get(type.toLowerCase()) ?? 0) + 1);
    expect(Object.fromEntries(types)).toMatchObject({
      'microsoft.network/publicipaddresses': 2,
      'microsoft.network/loadbalancers': 2,
      'microsoft.network/virtualnetworks': 1,
      'microsoft.network/networkinterfaces': 1,
      'microsoft.compute/virtualmachines': 1,
      'microsoft.compute/virtualmachines/extensions': 1,
      'microsoft.compute/virtualmachinescalesets': 1,
      'microsoft.compute/virtualmachinescalesets/virtualmachines': 2,
      'microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces': 2,
      'microsoft.compute/disks': 1,
      'microsoft.storage/storageaccounts': 1,
    });
    expect(new Set(resources.map(({ id }) => id.toLowerCase())).size).toBe(resources.length);
    expect(JSON.stringify(resources)).not.toMatch(/customData|protectedSettings|adminPassword/i);

    const graph = topologyGraphSchema.parse(await (await api.fetch(routes.clusterTopology(path))).json());
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['internet', 'containerService', 'virtualMachine', 'scaleSetInstance', 'disk']),
    );
    const groupGraph = await (
      await api.fetch(routes.groupTopology(subscriptionId, path.resourceGroup))
    ).json();
    expect(topologyGraphSchema.parse(groupGraph).nodes.length).toBe(graph.nodes.length);

    const connect = connectAnswerSchema.parse(await (await api.fetch(routes.clusterConnect(path))).json());
    expect(connect).toMatchObject({
      reachable: false,
      facts: { adminUsername: 'azureuser', masterFqdn: cluster.masterFqdn, masterCount: 1, agentCount: 2 },
    });

    const unconfirmed = await errorOf(
      await api.send('DELETE', routes.cluster(path), { confirmName: 'another' }),
    );
    expect(unconfirmed).toMatchObject({ status: 400, fields: [{ path: 'confirmName' }] });
    const deleted = await api.send('DELETE', routes.cluster(path), { confirmName: path.name });
    expect(deleted.status).toBe(202);
    await expect.poll(async () => (await api.fetch(routes.cluster(path))).status).toBe(404);
    expect((await clusters()).map(({ name }) => name)).not.toContain(path.name);
    expect(await (await api.fetch(routes.groupResources(subscriptionId, path.resourceGroup))).json()).toEqual(
      [],
    );
  });

  it('goes into an existing group, whose tags it keeps, and can take the group along when it is deleted', async () => {
    const first = ownSpec();
    await created(first);
    const second = ownSpec({
      basics: { resourceGroup: { kind: 'existing', name: first.basics.resourceGroup.name } },
    });
    await created(second);
    const group = (await groups()).find(({ name }) => name === first.basics.resourceGroup.name);
    expect(group?.tags['slipway-cluster']).toBe(first.basics.serviceName);
    expect((await clusters()).filter(({ resourceGroup }) => resourceGroup === group?.name)).toHaveLength(2);

    const deleted = await api.send('DELETE', routes.cluster(pathOf(second)), {
      confirmName: second.basics.serviceName,
      deleteResourceGroup: true,
    });
    expect(deleted.status).toBe(202);
    await expect.poll(async () => (await groups()).some(({ name }) => name === group?.name)).toBe(false);
    expect((await clusters()).some(({ resourceGroup }) => resourceGroup === group?.name)).toBe(false);
  });

  it('is made once, however often and through whichever process the same request comes', async () => {
    const spec = ownSpec();
    const requestId = randomUUID();
    const before = await requestCounts(cloud);
    const answers = await Promise.all([
      create(api, spec, requestId),
      create(api, spec, requestId),
      create(otherApi, spec, requestId),
      create(otherApi, spec, requestId),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 200 && status !== 201)).toEqual([]);
    const ids = await Promise.all(answers.map(async (answer) => clusterSchema.parse(await answer.json()).id));
    expect(new Set(ids).size).toBe(1);

    const again = await create(api, spec, requestId);
    expect(again.status).toBe(200);
    expect(clusterSchema.parse(await again.json()).id).toBe(ids[0]);
    expect((await clusters()).filter(({ name }) => name === spec.basics.serviceName)).toHaveLength(1);
    const puts = /^PUT .*deploymentStacks/i;
    // One process submits once; the other one at most once beside it, with the same content.
    expect(countOf(await requestCounts(cloud), puts) - countOf(before, puts)).toBeLessThanOrEqual(2);
  });

  it('leaves a taken name alone, also when two want it at the same moment', async () => {
    const spec = ownSpec();
    const winner = await created(spec);
    const wanted = ownSpec({
      basics: {
        serviceName: spec.basics.serviceName,
        resourceGroup: { kind: 'existing', name: spec.basics.resourceGroup.name },
      },
    });
    const taken = await errorOf(await create(api, wanted));
    expect(taken).toMatchObject({
      status: 409,
      code: 'ClusterNameTaken',
      fields: [{ path: 'basics.serviceName' }],
    });
    expect(clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(spec)))).json())).toEqual(winner);

    const contested = ownSpec();
    const rival = {
      ...contested,
      master: { ...contested.master, dnsPrefix: `${contested.master.dnsPrefix}x` },
    };
    const answers = await Promise.all([create(api, contested), create(api, rival)]);
    const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
    expect(statuses[0]).toBe(201);
    expect([400, 409]).toContain(statuses[1]);
    expect((await clusters()).filter(({ name }) => name === contested.basics.serviceName)).toHaveLength(1);
  });

  it.each([
    ['westeurope', 3],
    ['westus2', 2],
  ])('is spread over the fault domains that ARM states for %s, and says so', async (region, expected) => {
    const spec = ownSpec({
      basics: {
        serviceName: `racks-${region}`,
        resourceGroup: { kind: 'new', name: `racks-${region}` },
        region,
      },
    });
    const sizes = await api.fetch(routes.machineSizes(subscriptionId, region));
    expect(machineSizesSchema.parse(await sizes.json()).faultDomains).toBe(expected);
    expect((await created(spec)).faultDomainCount).toBe(expected);
    const resources = z
      .array(armResourceSchema)
      .parse(await (await api.fetch(routes.clusterResources(pathOf(spec)))).json());
    const set = resources.find(({ type }) => type === 'Microsoft.Compute/availabilitySets');
    expect(set?.properties).toMatchObject({ platformFaultDomainCount: expected });
  });

  it('does not mind a submission that was refused before, and can be built in the same new group', async () => {
    const spec = ownSpec();
    const refused = await create(api, { ...spec, agent: { count: 1, machineSize: 'Standard_Nothing' } });
    expect(refused.status).toBe(400);
    await created(spec);
  });
});

const validate = async (spec: unknown) =>
  validateClusterAnswerSchema.parse(
    await (await api.send('POST', routes.validateCluster(), { spec })).json(),
  );

describe('a spec that cannot be built', () => {
  it.each([
    [
      'an unknown subscription',
      { basics: { subscriptionId: '99999999-9999-9999-9999-999999999999' } },
      'basics.subscriptionId',
    ],
    ['an unknown region', { basics: { region: 'atlantis' } }, 'basics.region'],
    [
      'an existing group that does not exist',
      { basics: { resourceGroup: { kind: 'existing', name: 'nowhere' } } },
      'basics.resourceGroup.name',
    ],
    [
      'a machine size that is not offered',
      { agent: { machineSize: 'Standard_Nothing' } },
      'agent.machineSize',
    ],
    ['more cores than the quota', { agent: { count: 100, machineSize: 'Standard_D16s_v5' } }, 'agent.count'],
  ] as const)('for %s is refused at its field and leaves nothing behind', async (_what, changes, field) => {
    const spec = ownSpec(changes);
    const checked = await validate(spec);
    expect(checked).toMatchObject({ passed: false });
    const fields = checked.passed ? [] : checked.error.fields;
    expect(fields?.map(({ path }) => path)).toContain(field);
    const refused = await errorOf(await create(api, spec));
    expect(refused.status).toBe(400);
    expect(refused.fields?.map(({ path }) => path)).toContain(field);
    expect((await groups()).map(({ name }) => name)).not.toContain(spec.basics.resourceGroup.name);
  });

  it('for a taken DNS prefix, a taken name or a new group that exists is refused at the field', async () => {
    const spec = ownSpec();
    await created(spec);
    const sameDns = await validate(ownSpec({ master: { dnsPrefix: spec.master.dnsPrefix } }));
    expect(sameDns).toMatchObject({ passed: false, error: { fields: [{ path: 'master.dnsPrefix' }] } });
    const availability = await (
      await api.fetch(routes.dnsAvailability(subscriptionId, 'westeurope', spec.master.dnsPrefix))
    ).json();
    expect(availability).toMatchObject({
      available: false,
      labels: [{ available: false }, { available: false }],
    });

    const sameGroup = await validate(
      ownSpec({ basics: { resourceGroup: { kind: 'new', name: spec.basics.resourceGroup.name } } }),
    );
    expect(sameGroup).toMatchObject({
      passed: false,
      error: { fields: [{ path: 'basics.resourceGroup.name' }] },
    });

    const sameName = await validate({
      ...ownSpec(),
      basics: { ...spec.basics, resourceGroup: { ...spec.basics.resourceGroup, kind: 'existing' } },
    });
    expect(sameName).toMatchObject({ passed: false, error: { code: 'ClusterNameTaken' } });
  });

  it('passes when everything is right, in a new group as in an existing one, and changes nothing', async () => {
    const spec = ownSpec({ master: { count: 3 } });
    expect(await validate(spec)).toEqual({ passed: true });
    expect((await groups()).map(({ name }) => name)).not.toContain(spec.basics.resourceGroup.name);
    const other = ownSpec();
    await created(other);
    expect(
      await validate(
        ownSpec({ basics: { resourceGroup: { kind: 'existing', name: other.basics.resourceGroup.name } } }),
      ),
    ).toEqual({ passed: true });
  });
});

describe('what is not there', () => {
  const path = { subscriptionId, resourceGroup: 'nowhere', name: 'nothing' };
  it.each([
    ['GET', routes.cluster(path), undefined],
    ['GET', routes.clusterResources(path), undefined],
    ['GET', routes.clusterTopology(path), undefined],
    ['GET', routes.clusterPlan(path), undefined],
    ['GET', routes.clusterConnect(path), undefined],
    ['GET', routes.clusterMachines(path), undefined],
    ['GET', routes.machineBootLog(path, '/any'), undefined],
    ['POST', routes.machineAction(path), { id: '/any', action: 'start' }],
    ['GET', routes.clusterDeployment(path), undefined],
    ['GET', routes.clusterDeploymentEvents(path), undefined],
    ['POST', routes.checkEntrance(path), { kind: 'ssh', port: 22 }],
    ['POST', routes.cancelDeployment(path), undefined],
    ['DELETE', routes.cluster(path), { confirmName: 'nothing' }],
  ] as const)('%s %s is answered 404 with what to do', async (method, route, body) => {
    const answer = await (method === 'GET' ? api.fetch(route) : api.send(method, route, body));
    expect(await errorOf(answer)).toMatchObject({ status: 404, code: 'ClusterNotFound' });
  });

  it('a group that does not exist has no resources and no topology', async () => {
    for (const route of [
      routes.groupResources(subscriptionId, 'nowhere'),
      routes.groupTopology(subscriptionId, 'nowhere'),
    ])
      expect(await errorOf(await api.fetch(route))).toMatchObject({ status: 404, code: 'NotFound' });
  });

  it("ARM's refusal passes through with its own code and words", async () => {
    const answer = await errorOf(
      await api.fetch(routes.resourceGroups('99999999-9999-9999-9999-999999999999')),
    );
    expect(answer).toMatchObject({
      status: 404,
      code: 'ArmError',
      arm: { code: 'SubscriptionNotFound', message: expect.stringContaining('99999999') as string },
    });
  });
});
