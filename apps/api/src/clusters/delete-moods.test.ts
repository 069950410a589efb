import { randomUUID } from 'node:crypto';
import type { ClusterSpec } from '@slipway/cluster';
import {
  type Cluster,
  apiErrorSchema,
  clusterSchema,
  deploymentSnapshotSchema,
  readUnread,
  routes,
  unreadHeader,
} from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type GateAnswer, type GateRequest, startGate } from '../../test/gate.test-support.ts';
import { setMoods, struckMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';
import { listGroupResources } from '../arm/resources.ts';

// Several whole clusters a test, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let cloud: RunningCloud;
let gate: Awaited<ReturnType<typeof startGate>>;
let api: RunningApi;
let gatedApi: RunningApi;
/** What `gatedApi` is answered in the cloud's place. */
let before: (request: GateRequest) => Promise<GateAnswer | void>;
const nothing = () => Promise.resolve();
beforeAll(async () => {
  cloud = await startCloud();
  before = nothing;
  gate = await startGate(cloud, (request) => before(request));
  [api, gatedApi] = await Promise.all([startApi(cloud.settings), startApi(gate.settings)]);
});
afterEach(() => {
  before = nothing;
  return setMoods(cloud, {});
});
afterAll(async () => {
  await Promise.all([api.close(), gatedApi.close()]);
  await gate.close();
  await cloud.close();
});

let count = 0;
function ownSpec(): ClusterSpec {
  count += 1;
  return specOf({
    basics: { serviceName: `gone-${count}`, resourceGroup: { kind: 'new', name: `gone-group-${count}` } },
    master: { dnsPrefix: `gone${count}` },
    agent: { count: 1 },
  });
}
const clusterAnswer = (spec: ClusterSpec) => api.fetch(routes.cluster(pathOf(spec)));
const untilState = (spec: ClusterSpec, state: Cluster['state']): Promise<Cluster> =>
  vi.waitFor(
    async () => {
      const cluster = clusterSchema.parse(await (await clusterAnswer(spec)).json());
      expect(cluster.state).toBe(state);
      return cluster;
    },
    { timeout: 30_000, interval: 25 },
  );
async function created(state: Cluster['state'] = 'succeeded'): Promise<ClusterSpec> {
  const spec = ownSpec();
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
  await untilState(spec, state);
  return spec;
}
const remove = (spec: ClusterSpec, deleteResourceGroup = false, through = api) =>
  through.send('DELETE', routes.cluster(pathOf(spec)), {
    confirmName: spec.basics.serviceName,
    deleteResourceGroup,
  });
const untilGone = (spec: ClusterSpec) =>
  vi.waitFor(async () => expect((await clusterAnswer(spec)).status).toBe(404), {
    timeout: 30_000,
    interval: 25,
  });
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
async function listed(through: RunningApi) {
  const answer = await through.fetch(routes.clusters());
  expect(answer.status).toBe(200);
  return {
    names: z
      .array(clusterSchema)
      .parse(await answer.json())
      .map(({ name }) => name),
    unread: readUnread(answer.headers.get(unreadHeader)),
  };
}
const stacks = '*/deploymentstacks/*';
const groups = '*/resourcegroups/gone-group-*';

describe('a delete', () => {
  it.each([
    ['the stack', false, stacks, 'lost-answer'],
    ['the stack', false, stacks, 'reset'],
    ['the group', true, groups, 'lost-answer'],
  ])(
    'of %s (group: %s) whose answer is lost or never came is not noticed',
    async (_what, group, path, mood) => {
      const spec = await created();
      await setMoods(cloud, { requests: [{ mood, method: 'DELETE', path, times: 2 }] });
      expect((await remove(spec, group)).status).toBe(202);
      expect((await struckMoods(cloud))[0]).toBeGreaterThan(0);
      await untilGone(spec);
      const left = await listGroupResources(armOf(cloud), subscriptionId, spec.basics.resourceGroup.name);
      expect(left).toEqual(group ? undefined : []);
    },
  );

  it('that runs is not begun a second time, whoever asks for it, and however often', async () => {
    const spec = await created();
    await setMoods(cloud, { work: [{ mood: 'slow', delayMs: 1_000, action: 'delete' }] });
    const answers = await Promise.all([remove(spec), remove(spec, false, gatedApi), remove(spec)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await untilGone(spec);
  });

  it('that fails at one resource says so at the cluster, and can be repeated', async () => {
    const spec = await created();
    const error = { code: 'InUseByAnother', message: 'The address is still in use elsewhere.' };
    await setMoods(cloud, {
      work: [{ mood: 'fails', action: 'delete', type: 'Microsoft.Network/publicIPAddresses', error }],
    });
    expect((await remove(spec)).status).toBe(202);
    const cluster = await untilState(spec, 'failed');
    expect(JSON.stringify(cluster.error)).toContain(error.message);
    expect((await listed(api)).names).toContain(spec.basics.serviceName);
    await setMoods(cloud, {});
    expect((await remove(spec)).status).toBe(202);
    await untilGone(spec);
    const { resourceGroup } = spec.basics;
    expect(await listGroupResources(armOf(cloud), subscriptionId, resourceGroup.name)).toEqual([]);
  });

  it('of the whole group by somebody else ends as a cluster that is not there, and the list goes on', async () => {
    const [spec, other] = [await created(), await created()];
    const arm = armOf(cloud);
    const { resources } = await arm.clients(subscriptionId);
    let deleted: Promise<unknown> | undefined;
    // Just when the list has learnt of the group, it goes.
    before = async ({ path }) => {
      const isStacks = path
        .toLowerCase()
        .endsWith(`/${spec.basics.resourceGroup.name}/providers/microsoft.resources/deploymentstacks`);
      if (!isStacks) return;
      deleted ??= resources.resourceGroups.delete(spec.basics.resourceGroup.name);
      await deleted;
    };
    const { names, unread } = await listed(gatedApi);
    expect(deleted).toBeDefined();
    expect(names).toContain(other.basics.serviceName);
    expect(names).not.toContain(spec.basics.serviceName);
    expect(unread).toEqual([]);
    expect(await findResourceGroup(arm, subscriptionId, spec.basics.resourceGroup.name)).toBeUndefined();
    for (const route of [
      routes.cluster(pathOf(spec)),
      routes.clusterResources(pathOf(spec)),
      routes.clusterTopology(pathOf(spec)),
      routes.clusterConnect(pathOf(spec)),
    ])
      expect(await errorOf(await api.fetch(route))).toMatchObject({ status: 404, code: 'ClusterNotFound' });
    expect(await errorOf(await remove(spec))).toMatchObject({ status: 404, code: 'ClusterNotFound' });
  });
});

describe('a deployment that somebody else cancels', () => {
  it('is told as canceled, at the cluster and at the deployment, and the cluster can be deleted', async () => {
    const arm = armOf(cloud);
    const { deployments } = await arm.clients(subscriptionId);
    await setMoods(cloud, {
      work: [{ mood: 'never-ends', type: 'Microsoft.Compute/virtualMachineScaleSets' }],
    });
    const spec = await created('deploying');
    const { deployment } = await vi.waitFor(async () => {
      const route = routes.clusterDeployment(pathOf(spec));
      const snapshot = deploymentSnapshotSchema.parse(await (await api.fetch(route)).json());
      expect(snapshot.deployment.id).toBeDefined();
      return snapshot;
    }, 30_000);
    await deployments.deployments.cancel(spec.basics.resourceGroup.name, deployment.id!.split('/').at(-1)!);
    const cluster = await untilState(spec, 'canceled');
    expect(cluster.error?.code).toBeTruthy();
    expect(
      await errorOf(await api.send('POST', routes.cancelDeployment(pathOf(spec)), undefined)),
    ).toMatchObject({ status: 409, code: 'DeploymentNotRunning' });
    await setMoods(cloud, {});
    expect((await remove(spec)).status).toBe(202);
    await untilGone(spec);
  });
});

describe('the list of clusters', () => {
  const secondId = '22222222-2222-2222-2222-222222222222';
  const twoSubscriptions: GateAnswer = {
    status: 200,
    body: {
      value: [subscriptionId, secondId].map((id) => ({
        id: `/subscriptions/${id}`,
        subscriptionId: id,
        displayName: id,
        state: 'Enabled',
      })),
    },
  };
  const trouble: GateAnswer = {
    status: 400,
    body: { error: { code: 'SubscriptionInTrouble', message: 'This subscription is in trouble.' } },
  };
  const forbidden: GateAnswer = {
    status: 403,
    body: { error: { code: 'AuthorizationFailed', message: 'The client may not read.' } },
  };

  it('shows what can be read, and names the subscription that cannot', async () => {
    const spec = await created();
    before = async ({ path }) => {
      if (path === '/subscriptions') return twoSubscriptions;
      return path.includes(secondId) ? trouble : undefined;
    };
    const { names, unread } = await listed(gatedApi);
    expect(names).toContain(spec.basics.serviceName);
    expect(unread).toEqual([{ subscriptionId: secondId, message: 'This subscription is in trouble.' }]);
  });

  it('shows what can be read, and names the group that cannot', async () => {
    const [spec, hidden] = [await created(), await created()];
    before = async ({ path }) =>
      path.endsWith(`/${hidden.basics.resourceGroup.name}/providers/Microsoft.Resources/deploymentStacks`)
        ? { status: 200, body: '<html>not ARM at all</html>' }
        : undefined;
    const { names, unread } = await listed(gatedApi);
    expect(names).toContain(spec.basics.serviceName);
    expect(unread).toEqual([
      {
        subscriptionId,
        resourceGroup: hidden.basics.resourceGroup.name,
        message: expect.stringContaining('cannot be read') as string,
      },
    ]);
  });

  it('holds no clusters of places that one may not read, and says nothing of them', async () => {
    before = async ({ path }) => {
      if (path === '/subscriptions') return twoSubscriptions;
      return path.includes(secondId) ? forbidden : undefined;
    };
    expect((await listed(gatedApi)).unread).toEqual([]);
  });

  it('is an error where nothing at all can be read', async () => {
    before = async ({ path }) => (path.includes(subscriptionId) ? trouble : undefined);
    expect(await errorOf(await gatedApi.fetch(routes.clusters()))).toMatchObject({
      status: 400,
      code: 'ArmError',
      arm: { code: 'SubscriptionInTrouble' },
    });
  });
});
