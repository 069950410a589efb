import { randomUUID } from 'node:crypto';
import { CHANGE_TAG, CLUSTER_TAG, type ClusterSpec, REQUEST_ID_TAG, UPDATE_ID_TAG } from '@slipway/cluster';
import {
  type Cluster,
  apiErrorSchema,
  armResourceSchema,
  clusterSchema,
  deploymentSnapshotSchema,
  routes,
} from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// Several whole clusters a test, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let cloud: RunningCloud;
let api: RunningApi;
let otherApi: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  [api, otherApi] = await Promise.all([startApi(cloud.settings), startApi(cloud.settings)]);
});
afterEach(() => setMoods(cloud, {}));
afterAll(async () => {
  await Promise.all([api.close(), otherApi.close()]);
  await cloud.close();
});

let count = 0;
function ownSpec(masters: 1 | 3 = 1): ClusterSpec {
  count += 1;
  return specOf({
    basics: { serviceName: `again-${count}`, resourceGroup: { kind: 'new', name: `again-group-${count}` } },
    master: { dnsPrefix: `again${count}`, count: masters },
    agent: { count: 1 },
  });
}
const read = async (spec: ClusterSpec): Promise<Cluster> =>
  clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(spec)))).json());
const untilState = (spec: ClusterSpec, state: Cluster['state']): Promise<Cluster> =>
  vi.waitFor(
    async () => {
      const cluster = await read(spec);
      expect(cluster.state).toBe(state);
      return cluster;
    },
    { timeout: 30_000, interval: 25 },
  );
async function created(spec: ClusterSpec, state: Cluster['state'] = 'succeeded'): Promise<void> {
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
  await untilState(spec, state);
}
const deploymentOf = async (spec: ClusterSpec) =>
  deploymentSnapshotSchema.parse(await (await api.fetch(routes.clusterDeployment(pathOf(spec)))).json())
    .deployment.id;
const redeploy = (spec: ClusterSpec, afterDeploymentId?: string, requestId = randomUUID(), through = api) =>
  through.send('POST', routes.redeployCluster(pathOf(spec)), { requestId, afterDeploymentId });
const resourcesOf = async (spec: ClusterSpec) =>
  z
    .array(armResourceSchema)
    .parse(await (await api.fetch(routes.clusterResources(pathOf(spec)))).json())
    .toSorted((one, other) => one.id.localeCompare(other.id));
async function deploymentCount(spec: ClusterSpec): Promise<number> {
  const { deployments } = await armOf(cloud).clients(subscriptionId);
  const pages = deployments.deployments.listByResourceGroup(spec.basics.resourceGroup.name).byPage();
  let found = 0;
  for await (const page of pages) found += page.length;
  return found;
}
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
const stackOf = async (spec: ClusterSpec) => {
  const { stacks } = await armOf(cloud).clients(subscriptionId);
  return stacks.deploymentStacks.getAtResourceGroup(spec.basics.resourceGroup.name, spec.basics.serviceName);
};
/** What tells one making of a resource from another. */
const identityOf = (resource: z.infer<typeof armResourceSchema>) => ({
  id: resource.id,
  etag: resource['etag'],
  vmId: resource.properties?.['vmId'],
  guid: resource.properties?.['resourceGuid'],
  createdAt: resource.properties?.['timeCreated'],
});

describe('a redeployment', () => {
  it('after a failure makes only what is missing', async () => {
    await setMoods(cloud, {
      work: [
        { mood: 'fails', type: 'Microsoft.Compute/virtualMachines/extensions', name: '*-1/*', times: 1 },
      ],
    });
    const spec = ownSpec(3);
    await created(spec, 'failed');
    const before = await resourcesOf(spec);
    expect(before.some(({ type }) => /virtualMachineScaleSets$/i.test(type))).toBe(false);

    expect((await redeploy(spec, await deploymentOf(spec))).status).toBe(202);
    const cluster = await untilState(spec, 'succeeded');
    expect(cluster).not.toHaveProperty('error');
    const after = await resourcesOf(spec);
    const kept = before.filter(({ type }) => !/extensions$/i.test(type)).map(identityOf);
    expect(kept.filter(({ vmId }) => vmId !== undefined)).toHaveLength(3);
    expect(kept.filter(({ etag }) => etag !== undefined).length).toBeGreaterThan(5);
    expect(after.map(identityOf)).toEqual(expect.arrayContaining(kept));
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.some(({ type }) => /virtualMachineScaleSets$/i.test(type))).toBe(true);
  });

  it('brings back what was deleted by hand, and leaves the rest as it is', async () => {
    const spec = ownSpec();
    await created(spec);
    const before = await resourcesOf(spec);
    const machine = before.find(({ type }) => type === 'Microsoft.Compute/virtualMachines')!;
    const { compute } = await armOf(cloud).clients(subscriptionId);
    await compute.virtualMachines.delete(spec.basics.resourceGroup.name, machine.name);
    await vi.waitFor(
      async () => expect((await resourcesOf(spec)).map(({ id }) => id)).not.toContain(machine.id),
      30_000,
    );

    expect((await redeploy(spec, await deploymentOf(spec))).status).toBe(202);
    await untilState(spec, 'succeeded');
    const after = await vi.waitFor(async () => {
      const now = await resourcesOf(spec);
      expect(now.map(({ type }) => type)).toEqual(before.map(({ type }) => type));
      return now;
    }, 30_000);
    const ofMachine = new RegExp(`${machine.name}(?:$|[_/])`);
    const others = before.filter(({ id }) => !ofMachine.test(id) && !/\/networkInterfaces\//.test(id));
    expect(after.map(identityOf)).toEqual(expect.arrayContaining(others.map(identityOf)));
    const made = after.find(({ id }) => id === machine.id)!;
    expect(made.properties?.['vmId']).not.toBe(machine.properties?.['vmId']);
  });

  it('works after a cancel, keeps the tags of the stack, and says how it governs', async () => {
    const scaleSets = 'Microsoft.Compute/virtualMachineScaleSets';
    await setMoods(cloud, { work: [{ mood: 'never-ends', type: scaleSets }] });
    const spec = ownSpec();
    const requestId = randomUUID();
    expect((await api.send('POST', routes.clusters(), { requestId, spec })).status).toBe(201);
    await vi.waitFor(
      async () =>
        expect((await api.send('POST', routes.cancelDeployment(pathOf(spec)), undefined)).status).toBe(202),
      30_000,
    );
    await untilState(spec, 'canceled');
    await setMoods(cloud, {});
    const updateId = randomUUID();
    expect((await redeploy(spec, await deploymentOf(spec), updateId)).status).toBe(202);
    await untilState(spec, 'succeeded');
    const { tags, properties } = await stackOf(spec);
    expect(tags).toEqual({
      [CLUSTER_TAG]: spec.basics.serviceName,
      [REQUEST_ID_TAG]: requestId,
      [UPDATE_ID_TAG]: updateId,
      [CHANGE_TAG]: 'again',
    });
    expect(properties).toMatchObject({
      actionOnUnmanage: { resources: 'delete', resourceGroups: 'detach' },
      denySettings: { mode: 'none' },
    });
    // The submission that made the cluster still finds it.
    expect((await api.send('POST', routes.clusters(), { requestId, spec })).status).toBe(200);
  });

  it('is started once, however often the same request comes and whatever becomes of its answer', async () => {
    const spec = ownSpec();
    await created(spec);
    const before = await deploymentOf(spec);
    const requestId = randomUUID();
    await setMoods(cloud, {
      requests: [
        { mood: 'lost-answer', method: 'PUT', path: '*/deploymentstacks/*', times: 1 },
        { mood: 'status', status: 500, method: 'PUT', path: '*/deploymentstacks/*', times: 1 },
      ],
    });
    expect((await redeploy(spec, before, requestId)).status).toBe(202);
    await untilState(spec, 'succeeded');
    expect((await redeploy(spec, before, requestId)).status).toBe(202);
    expect((await redeploy(spec, before, requestId, otherApi)).status).toBe(202);
    expect(await deploymentCount(spec)).toBe(2);
    expect(await deploymentOf(spec)).not.toBe(before);
  });

  it('changes no value: what the stack was given is given again to the byte', async () => {
    const spec = ownSpec();
    await created(spec);
    const before = await stackOf(spec);
    expect((await redeploy(spec, await deploymentOf(spec))).status).toBe(202);
    await untilState(spec, 'succeeded');
    expect((await stackOf(spec)).properties?.parameters).toEqual(before.properties?.parameters);
  });
});

describe('a redeployment is refused', () => {
  it('when somebody else has deployed since, and says so', async () => {
    const spec = ownSpec();
    await created(spec);
    const seen = await deploymentOf(spec);
    expect((await redeploy(spec, seen, randomUUID(), otherApi)).status).toBe(202);
    await untilState(spec, 'succeeded');
    expect(await errorOf(await redeploy(spec, seen))).toMatchObject({
      status: 409,
      code: 'ClusterChanged',
      message: `Somebody else has deployed ${spec.basics.serviceName} meanwhile.`,
    });
    expect(await errorOf(await redeploy(spec))).toMatchObject({ code: 'ClusterChanged' });
    expect(await deploymentCount(spec)).toBe(2);
  });

  it('to all but one of those who press at the same moment, through one process or two', async () => {
    const spec = ownSpec();
    await created(spec);
    const seen = await deploymentOf(spec);
    // Long enough that ARM itself can tell: two processes have no other judge.
    await setMoods(cloud, {
      work: [{ mood: 'slow', delayMs: 2_000, type: 'Microsoft.Network/publicIPAddresses' }],
    });
    const answers = await Promise.all([
      redeploy(spec, seen),
      redeploy(spec, seen),
      redeploy(spec, seen, randomUUID(), otherApi),
      redeploy(spec, seen, randomUUID(), otherApi),
    ]);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 202))
      expect(['ClusterChanged', 'DeploymentRunning']).toContain((await errorOf(answer)).code);
    await untilState(spec, 'succeeded');
    expect(await deploymentCount(spec)).toBe(2);
  });

  it('while the cluster is being deleted; and a delete while it runs', async () => {
    const spec = ownSpec();
    await created(spec);
    const seen = await deploymentOf(spec);
    await setMoods(cloud, {
      work: [
        { mood: 'slow', delayMs: 1_000, type: 'Microsoft.Network/publicIPAddresses', times: 1 },
        { mood: 'slow', delayMs: 1_000, action: 'delete' },
      ],
    });
    expect((await redeploy(spec, seen)).status).toBe(202);
    const confirmation = { confirmName: spec.basics.serviceName };
    expect(
      await errorOf(await otherApi.send('DELETE', routes.cluster(pathOf(spec)), confirmation)),
    ).toMatchObject({ status: 409, code: 'DeploymentRunning' });
    await untilState(spec, 'succeeded');
    const now = await deploymentOf(spec);
    expect((await otherApi.send('DELETE', routes.cluster(pathOf(spec)), confirmation)).status).toBe(202);
    expect(await errorOf(await redeploy(spec, now))).toMatchObject({
      status: 409,
      code: 'ClusterChanged',
      message: `${spec.basics.serviceName} is being deleted.`,
    });
    await vi.waitFor(async () => expect((await redeploy(spec, now)).status).toBe(404), {
      timeout: 30_000,
      interval: 100,
    });
  });

  it('when ARM does not tell all that it needs: nothing is guessed', async () => {
    const group = 'again-secret';
    const { resources, stacks } = await armOf(cloud).clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate(group, { location: 'westeurope' });
    await stacks.deploymentStacks.beginCreateOrUpdateAtResourceGroupAndWait(group, 'secretive', {
      tags: { [CLUSTER_TAG]: 'secretive' },
      properties: {
        template: {
          $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
          contentVersion: '1.0.0.0',
          parameters: {
            dnsPrefix: { type: 'string' },
            token: { type: 'secureString', defaultValue: 'none' },
          },
          resources: [],
        },
        parameters: { dnsPrefix: { value: 'secretive' }, token: { value: 'only ARM knows' } },
        actionOnUnmanage: { resources: 'delete' },
        denySettings: { mode: 'none' },
      },
    });
    const spec = specOf({
      basics: { serviceName: 'secretive', resourceGroup: { kind: 'existing', name: group } },
    });
    const error = await errorOf(await redeploy(spec, await deploymentOf(spec)));
    expect(error).toMatchObject({ status: 409, code: 'ValuesMissing' });
    expect(error.message).toContain('token');
    expect(await deploymentCount(spec)).toBe(1);
  });

  it('where there is no cluster', async () => {
    expect(await errorOf(await redeploy(ownSpec()))).toMatchObject({ status: 404, code: 'ClusterNotFound' });
  });
});
