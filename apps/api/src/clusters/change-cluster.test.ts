import { randomUUID } from 'node:crypto';
import { type AgentPort, CLUSTER_TAG, type ClusterSpec, defaultAgentPorts } from '@slipway/cluster';
import {
  type Cluster,
  type ClusterChangesRequest,
  type MachineSizes,
  apiErrorSchema,
  armResourceSchema,
  clusterSchema,
  machineSizesSchema,
  routes,
} from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// Whole clusters, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const spec = specOf({
  basics: { serviceName: 'living', resourceGroup: { kind: 'new', name: 'living-group' } },
  master: { dnsPrefix: 'living', count: 3 },
  agent: { count: 2 },
});

let cloud: RunningCloud;
let api: RunningApi;
let otherApi: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  [api, otherApi] = await Promise.all([startApi(cloud.settings), startApi(cloud.settings)]);
  await created(spec);
});
afterEach(() => setMoods(cloud, {}));
afterAll(async () => {
  await Promise.all([api.close(), otherApi.close()]);
  await cloud.close();
});

const read = async (of: ClusterSpec = spec): Promise<Cluster> =>
  clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(of)))).json());
const settled = (state: Cluster['state'] = 'succeeded', of: ClusterSpec = spec): Promise<Cluster> =>
  vi.waitFor(
    async () => {
      const cluster = await read(of);
      expect(cluster.state).toBe(state);
      return cluster;
    },
    { timeout: 30_000, interval: 25 },
  );
async function created(of: ClusterSpec): Promise<void> {
  const made = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec: of });
  expect(made.status).toBe(201);
  await settled('succeeded', of);
}
/** Sends a change as somebody sends it who has seen the cluster as it is now. */
async function change(
  changes: ClusterChangesRequest,
  { of = spec, requestId = randomUUID(), through = api, after = '' } = {},
): Promise<Response> {
  const { deploymentId } = await read(of);
  const afterDeploymentId = after || deploymentId;
  return through.send('POST', routes.redeployCluster(pathOf(of)), {
    requestId,
    afterDeploymentId,
    ...changes,
  });
}
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
const resources = async () =>
  z
    .array(armResourceSchema)
    .parse(await (await api.fetch(routes.clusterResources(pathOf(spec)))).json())
    .toSorted((one, other) => one.id.localeCompare(other.id));
const ofMasters = async () =>
  (await resources()).filter(
    ({ id, type }) =>
      /swarm-master/.test(id) && /virtualMachines|loadBalancers|networkInterfaces|extensions/i.test(type),
  );
const agents = async () => {
  const found = await resources();
  const scaleSet = found.find(({ type }) => /virtualMachineScaleSets$/i.test(type))!;
  return {
    capacity: z.object({ capacity: z.number() }).parse(scaleSet['sku']).capacity,
    instances: found.filter(({ type }) => /virtualMachineScaleSets\/virtualMachines$/i.test(type)).length,
  };
};

const itemsSchema = z.array(z.object({ name: z.string(), properties: z.record(z.string(), z.unknown()) }));
/** What Azure's own resources say of the agents' ports. */
async function portsInAzure() {
  const found = await resources();
  const itemsOf = (name: RegExp, member: string) =>
    itemsSchema.parse(found.find((resource) => name.test(resource.name))?.properties?.[member]);
  return {
    rules: itemsOf(/^swarm-agent-lb/, 'loadBalancingRules').map(({ name, properties }) => [
      name,
      properties['frontendPort'],
      properties['backendPort'],
    ]),
    probes: itemsOf(/^swarm-agent-lb/, 'probes').map(({ name, properties }) => [name, properties['port']]),
    security: itemsOf(/^swarm-agent-nsg/, 'securityRules').map(({ name, properties }) => [
      name,
      properties['destinationPortRange'],
    ]),
  };
}
const inAzure = (ports: readonly AgentPort[]) => ({
  rules: ports.map(({ name, port }) => [`LBRule${name}`, port, port]),
  probes: ports.map(({ name, port }) => [`tcp${name}Probe`, port]),
  security: ports.map(({ name, port }) => [`allow-${name}`, String(port)]),
});
const sizesOf = async (of: ClusterSpec): Promise<MachineSizes> =>
  machineSizesSchema.parse(
    await (await api.fetch(routes.machineSizes(subscriptionId, of.basics.region))).json(),
  );

describe('the number of agents', () => {
  it('goes up and down, and nothing of the masters is touched', async () => {
    const before = await ofMasters();
    expect(before.length).toBeGreaterThan(9);
    expect(await agents()).toEqual({ capacity: 2, instances: 2 });
    let from = (await agents()).capacity;
    for (const agentCount of [4, 1]) {
      expect((await change({ agentCount })).status).toBe(202);
      const cluster = await settled();
      expect(cluster).toMatchObject({ agentCount, masterCount: 3, agentPorts: defaultAgentPorts });
      expect(await agents()).toEqual({ capacity: agentCount, instances: agentCount });
      // Whoever looks is told what the deployment was for, through whichever process.
      expect(cluster.change).toEqual({ kind: 'agents', from, to: agentCount });
      from = agentCount;
    }
    expect(await ofMasters()).toEqual(before);
  });

  it('changes once, however often the same request comes and through whichever process', async () => {
    const before = await read();
    const requestId = randomUUID();
    await setMoods(cloud, {
      requests: [{ mood: 'lost-answer', method: 'PUT', path: '*/deploymentstacks/*', times: 1 }],
    });
    expect((await change({ agentCount: 3 }, { requestId })).status).toBe(202);
    const after = await settled();
    expect(after.deploymentId).not.toBe(before.deploymentId);
    const again = { requestId, after: before.deploymentId ?? '' };
    expect((await change({ agentCount: 3 }, again)).status).toBe(202);
    expect((await change({ agentCount: 3 }, { ...again, through: otherApi })).status).toBe(202);
    expect((await settled()).deploymentId).toBe(after.deploymentId);
  });

  it('that the quota does not allow is refused at its field, before ARM is asked', async () => {
    const big = specOf({
      basics: { serviceName: 'big', resourceGroup: { kind: 'new', name: 'big-group' } },
      master: { dnsPrefix: 'bigone' },
      agent: { count: 1, machineSize: 'Standard_D16s_v5' },
    });
    await created(big);
    const before = await read(big);
    const { sizes, regionCoresLeft = Infinity } = await sizesOf(big);
    const size = sizes.find(({ name }) => name === before.machineSize)!;
    const left = Math.min(regionCoresLeft, size.familyCoresLeft ?? Infinity);
    const most = 1 + Math.floor(left / size.vCpus);
    expect(most).toBeLessThan(100);
    const error = await errorOf(await change({ agentCount: most + 1 }, { of: big }));
    expect(error).toMatchObject({
      status: 400,
      code: 'ValidationFailed',
      fields: [{ path: 'agentCount', message: expect.stringContaining(`the quota leaves ${left}`) }],
    });
    expect(error).not.toHaveProperty('arm');
    expect(await read(big)).toEqual(before);
    expect((await change({ agentCount: most }, { of: big })).status).toBe(202);
    expect(await settled('succeeded', big)).toMatchObject({ agentCount: most });
  });

  it('that failed to be made may be asked for again, or less: what counts is what there is', async () => {
    await setMoods(cloud, {
      work: [{ mood: 'fails', type: 'Microsoft.Compute/virtualMachineScaleSets', times: 1 }],
    });
    expect((await change({ agentCount: 5 })).status).toBe(202);
    const failed = await settled('failed');
    expect(failed.error?.code).toBeTruthy();
    expect((await change({ agentCount: 2 })).status).toBe(202);
    await settled();
    expect(await agents()).toEqual({ capacity: 2, instances: 2 });
  });
});

describe('the ports of the agents', () => {
  it('are added, changed and removed with rule, probe and security rule, in one', async () => {
    const before = await ofMasters();
    expect(await portsInAzure()).toEqual(inAzure(defaultAgentPorts));
    const added = [...defaultAgentPorts, { name: 'Grafana', port: 3000 }];
    expect((await change({ agentPorts: added })).status).toBe(202);
    expect((await settled()).agentPorts).toEqual(added);
    expect(await portsInAzure()).toEqual(inAzure(added));

    const other = [
      { name: 'HTTPS', port: 8443 },
      { name: 'Metrics', port: 3000 },
    ];
    expect((await change({ agentPorts: other, agentCount: 1 })).status).toBe(202);
    expect(await settled()).toMatchObject({ agentPorts: other, agentCount: 1 });
    expect(await portsInAzure()).toEqual(inAzure(other));
    expect(await ofMasters()).toEqual(before);
  });

  it.each([
    ['none', [], 'agentPorts'],
    ['SSH’s', [{ name: 'Ssh', port: 22 }], 'agentPorts.0.port'],
    ['Swarm’s', [{ name: 'Swarm', port: 2377 }], 'agentPorts.0.port'],
    ['none that there is', [{ name: 'High', port: 65_536 }], 'agentPorts.0.port'],
    ['a name with markup', [{ name: '<b>', port: 80 }], 'agentPorts.0.name'],
    [
      'one name twice',
      [
        { name: 'Web', port: 80 },
        { name: 'WEB', port: 81 },
      ],
      'agentPorts.1.name',
    ],
    [
      'one number twice',
      [
        { name: 'A', port: 80 },
        { name: 'B', port: 80 },
      ],
      'agentPorts.1.port',
    ],
  ])('are refused at their field: %s', async (_what, agentPorts, path) => {
    const before = await read();
    expect(await errorOf(await change({ agentPorts }))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      fields: [{ path }],
    });
    expect(await read()).toEqual(before);
  });
});

describe('a change is refused', () => {
  it('when somebody else was quicker, while one runs, and while the cluster is being deleted', async () => {
    const seen = await read();
    await setMoods(cloud, {
      work: [{ mood: 'slow', delayMs: 1_500, type: 'Microsoft.Network/publicIPAddresses', times: 1 }],
    });
    expect((await change({ agentCount: 2 }, { through: otherApi })).status).toBe(202);
    expect(await errorOf(await change({ agentCount: 4 }))).toMatchObject({
      status: 409,
      code: 'DeploymentRunning',
    });
    await settled();
    expect(await errorOf(await change({ agentCount: 4 }, { after: seen.deploymentId ?? '' }))).toMatchObject({
      status: 409,
      code: 'ClusterChanged',
    });

    const going = specOf({
      basics: { serviceName: 'going', resourceGroup: { kind: 'new', name: 'going-group' } },
      master: { dnsPrefix: 'going' },
      agent: { count: 1 },
    });
    expect((await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec: going })).status).toBe(
      201,
    );
    await settled('succeeded', going);
    await setMoods(cloud, { work: [{ mood: 'slow', delayMs: 1_000, action: 'delete' }] });
    const confirmation = { confirmName: 'going' };
    expect((await api.send('DELETE', routes.cluster(pathOf(going)), confirmation)).status).toBe(202);
    expect(await errorOf(await change({ agentCount: 4 }, { of: going }))).toMatchObject({
      status: 409,
      code: 'ClusterChanged',
      message: 'going is being deleted.',
    });
  });

  it('where the template of the stack does not take it, at its field', async () => {
    const group = 'other-template';
    const { resources: groups, stacks } = await armOf(cloud).clients(subscriptionId);
    await groups.resourceGroups.createOrUpdate(group, { location: 'westeurope' });
    const values = ['dnsPrefix', 'adminUsername', 'sshPublicKey', 'image', 'masterCloudInit'];
    await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(group, 'foreign', {
      tags: { [CLUSTER_TAG]: 'foreign' },
      properties: {
        template: {
          $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
          contentVersion: '1.0.0.0',
          parameters: Object.fromEntries(values.map((name) => [name, { type: 'string' }])),
          resources: [],
        },
        parameters: Object.fromEntries(values.map((name) => [name, { value: name }])),
        actionOnUnmanage: { resources: 'delete' },
        denySettings: { mode: 'none' },
      },
    });
    const of = specOf({
      basics: { serviceName: 'foreign', resourceGroup: { kind: 'existing', name: group } },
    });
    const untaken = { agentCount: 2, agentPorts: [...defaultAgentPorts] };
    const refused = {
      status: 400,
      code: 'ValidationFailed',
      fields: [{ path: 'agentCount' }, { path: 'agentPorts' }],
    };
    expect(await errorOf(await change(untaken, { of }))).toMatchObject(refused);
    expect(await errorOf(await api.send('POST', routes.whatIfCluster(pathOf(of)), untaken))).toMatchObject(
      refused,
    );
    expect(await read(of)).not.toHaveProperty('agentPorts');
  });

  it('by ARM, in ARM’s own words', async () => {
    await setMoods(cloud, {
      requests: [{ mood: 'status', status: 403, method: 'PUT', path: '*/deploymentstacks/*', times: 1 }],
    });
    const error = await errorOf(await change({ agentCount: 3 }));
    expect(error).toMatchObject({ status: 403, code: 'ArmError' });
    expect(error.arm?.code).toBeTruthy();
  });
});
