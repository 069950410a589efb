import { randomUUID } from 'node:crypto';
import { type ClusterSpec, REQUEST_ID_TAG } from '@slipway/cluster';
import { apiErrorSchema, clusterSchema, routes } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApiProcess } from '../../test/api-process.test-support.ts';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type GateRequest, startGate } from '../../test/gate.test-support.ts';
import { setMoods, struckMoods } from '../../test/moods.test-support.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';
import {
  type RunningApi,
  type RunningCloud,
  clientOf,
  patientSettings,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';

// Several whole clusters a test, with the waits that faults ask for, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });
const deadlineMs = 120_000;

let cloud: RunningCloud;
let gate: Awaited<ReturnType<typeof startGate>>;
let api: RunningApi;
let otherApi: RunningApi;
let gatedApi: RunningApi;
/** What happens just before a request of `gatedApi` arrives at the cloud. */
let before: (request: GateRequest) => Promise<void>;
const nothing = () => Promise.resolve();
beforeAll(async () => {
  cloud = await startCloud();
  before = nothing;
  gate = await startGate(cloud, (request) => before(request));
  [api, otherApi, gatedApi] = await Promise.all([
    startApi({ ...cloud.settings, ...patientSettings }),
    startApi({ ...cloud.settings, ...patientSettings }),
    startApi({ ...gate.settings, ...patientSettings }),
  ]);
});
afterEach(() => {
  before = nothing;
  return setMoods(cloud, {});
});
afterAll(async () => {
  await Promise.all([api.close(), otherApi.close(), gatedApi.close()]);
  await gate.close();
  await cloud.close();
});

let count = 0;
/** A spec of its own, in a group of its own; regions in turn, because each has a quota. */
function ownSpec(changes: Parameters<typeof specOf>[0] = {}): ClusterSpec {
  count += 1;
  const regions = ['westeurope', 'northeurope', 'eastus', 'westus2'];
  return specOf({
    basics: {
      serviceName: `moody-${count}`,
      resourceGroup: { kind: 'new', name: `moody-group-${count}` },
      region: regions[count % regions.length]!,
    },
    master: { dnsPrefix: `moody${count}` },
    agent: { count: 1 },
    ...changes,
  });
}
const create = (through: RunningApi, spec: ClusterSpec, requestId: string = randomUUID()) =>
  through.send('POST', routes.clusters(), { requestId, spec });
const stackPath = '*/deploymentstacks/*';
const isStackPut = ({ method, path: asked }: GateRequest) =>
  method === 'PUT' && /\/deploymentStacks\/[^/]+$/.test(asked);

/** What there is of a submission: stacks and deployments of its group, `undefined` where there is no group. */
async function whatIsThere(spec: ClusterSpec) {
  const arm = armOf(cloud);
  const { stacks, deployments } = await arm.clients(subscriptionId);
  const group = spec.basics.resourceGroup.name;
  if (!(await findResourceGroup(arm, subscriptionId, group))) return undefined;
  const there = { stacks: [] as string[], deployments: 0 };
  for await (const { name } of stacks.deploymentStacks.listAtResourceGroup(group)) there.stacks.push(name!);
  for await (const page of deployments.deployments.listByResourceGroup(group).byPage())
    there.deployments += page.length;
  return there;
}
const oneCluster = (spec: ClusterSpec) => ({ stacks: [spec.basics.serviceName], deployments: 1 });
const untilDeployed = (spec: ClusterSpec) =>
  vi.waitFor(async () => expect(await whatIsThere(spec)).toEqual(oneCluster(spec)), deadlineMs);

type Mood = Readonly<Record<string, unknown>> & { mood: string };
interface Fault {
  spec: ClusterSpec;
  requestId: string;
  moods: Mood[];
}
/** Faults that each strike a submission of their own: so they can all be tried at the same time. */
function faultsOf<Case extends { moods: (group: string) => Mood[] }>(
  cases: Readonly<Record<string, Case>>,
): (Fault & { what: string; its: Case })[] {
  return Object.entries(cases).map(([what, its]) => {
    const spec = ownSpec();
    const moods = its.moods(`*/resourcegroups/${spec.basics.resourceGroup.name}`);
    return { what, its, spec, requestId: randomUUID(), moods };
  });
}
const stackIn = (group: string) => `${group}/providers/microsoft.resources/deploymentstacks/*`;

describe('a submission makes exactly one cluster', () => {
  it('whatever happens to ARM once or twice', async () => {
    const faults = faultsOf({
      'the answer to the stack is lost': {
        moods: (group) => [{ mood: 'lost-answer', method: 'PUT', path: stackIn(group), times: 1 }],
      },
      'the stack meets a fault of ARM twice': {
        moods: (group) => [{ mood: 'status', status: 500, method: 'PUT', path: stackIn(group), times: 2 }],
      },
      'the stack meets a reset connection': {
        moods: (group) => [{ mood: 'reset', method: 'PUT', path: stackIn(group), times: 1 }],
      },
      'the stack is throttled': {
        moods: (group) => [{ mood: 'status', status: 429, method: 'PUT', path: stackIn(group), times: 2 }],
      },
      'the answer to the group is lost': {
        moods: (group) => [{ mood: 'lost-answer', method: 'PUT', path: group, times: 2 }],
      },
      'the stack cannot be read afterwards': {
        moods: (group) => [
          { mood: 'status', status: 500, method: 'GET', path: stackIn(group), skip: 3, times: 4 },
        ],
      },
    });
    await setMoods(cloud, { requests: faults.flatMap(({ moods }) => moods) });
    await Promise.all(
      faults.map(async ({ what, spec, requestId }) => {
        const answer = await create(api, spec, requestId);
        expect(answer.status, what).toBe(201);
        expect(clusterSchema.parse(await answer.json())).toMatchObject(pathOf(spec));
      }),
    );
    expect(await struckMoods(cloud)).toEqual(faults.map(({ moods }) => moods[0]!['times']));
    for (const { spec, requestId } of faults) {
      expect((await create(api, spec, requestId)).status).toBe(200);
      await untilDeployed(spec);
    }
  });

  it('when the answer to the stack comes too late for the one who waits', async () => {
    const startedAt = performance.now();
    expect((await create(api, ownSpec())).status).toBe(201);
    // Enough for every other answer, on a busy machine too, and too little for this one.
    const armTimeLimitMs = Math.min(30_000, Math.max(2_000, 5 * Math.ceil(performance.now() - startedAt)));
    const hurried = await startApi({ ...cloud.settings, armTimeLimitMs });
    await setMoods(cloud, {
      requests: [{ mood: 'slow', delayMs: 15 * armTimeLimitMs, method: 'PUT', path: stackPath, times: 1 }],
    });
    const spec = ownSpec();
    expect((await create(hurried, spec)).status).toBe(201);
    await hurried.close();
    await untilDeployed(spec);
  });

  it('when the group made for it is taken away under its hands', async () => {
    const spec = ownSpec();
    let removals = 0;
    before = async (request) => {
      if (!isStackPut(request) || removals > 0) return;
      removals += 1;
      const { resources } = await armOf(cloud).clients(subscriptionId);
      await resources.resourceGroups.delete(spec.basics.resourceGroup.name);
    };
    expect((await create(gatedApi, spec)).status).toBe(201);
    expect(removals).toBe(1);
    await untilDeployed(spec);
  });

  it('when the same submission has failed through another process, which is about to remove the group', async () => {
    const spec = ownSpec();
    const name = spec.basics.resourceGroup.name;
    const { resources } = await armOf(cloud).clients(subscriptionId);
    let isMarked = false;
    let removal: Promise<unknown> | undefined;
    before = async (request) => {
      if (isStackPut(request) && !isMarked) {
        // The other one has just looked: the group was empty. Its removal follows when the stack is there.
        isMarked = true;
        const { tags } = await resources.resourceGroups.get(name);
        await resources.resourceGroups.update(name, { tags: { ...tags, 'slipway-removal': 'now' } });
      } else if (isMarked && request.method === 'GET' && request.path.toLowerCase().endsWith(`/${name}`))
        removal ??= resources.resourceGroups.delete(name).pollUntilDone();
    };
    expect((await create(gatedApi, spec)).status).toBe(201);
    await removal;
    expect(removal).toBeDefined();
    await untilDeployed(spec);
  });

  it('when the process is killed between the group and the stack, and the page sends the same again', async () => {
    const spec = ownSpec();
    const requestId = randomUUID();
    const victim = await startApiProcess({ ...cloud, settings: gate.settings });
    const killed = new Promise<void>((resolve, reject) => {
      before = async (request) => {
        if (!isStackPut(request)) return;
        before = nothing;
        victim.kill('SIGKILL').then(resolve, reject);
        throw new Error('The process that asked is dead.');
      };
    });
    const client = clientOf(victim.address);
    const lost = client.send('POST', routes.clusters(), { requestId, spec }).catch(() => undefined);
    await killed;
    expect(await lost).toBeUndefined();
    expect(await whatIsThere(spec)).toEqual({ stacks: [], deployments: 0 });

    expect((await create(api, spec, requestId)).status).toBe(201);
    await untilDeployed(spec);
  });
});

describe('a submission that comes to nothing leaves nothing behind', () => {
  it('whatever fault of ARM it was that stayed, and can be sent again', async () => {
    const faults = faultsOf({
      'ARM has a fault that stays': {
        status: 502,
        moods: (group) => [{ mood: 'status', status: 500, method: 'PUT', path: stackIn(group) }],
      },
      'the line is cut again and again': {
        status: 503,
        moods: (group) => [{ mood: 'reset', method: 'PUT', path: stackIn(group) }],
      },
      'ARM is not to be asked for minutes': {
        status: 429,
        moods: (group) => [
          { mood: 'status', status: 429, retryAfterSeconds: 300, method: 'PUT', path: stackIn(group) },
        ],
      },
      'the removal of the group is disturbed, too': {
        status: 502,
        moods: (group) => [
          { mood: 'status', status: 500, method: 'PUT', path: stackIn(group) },
          { mood: 'lost-answer', method: 'DELETE', path: group, times: 2 },
        ],
      },
    });
    await setMoods(cloud, { requests: faults.flatMap(({ moods }) => moods) });
    await Promise.all(
      faults.map(async ({ what, its, spec, requestId }) => {
        const refused = await create(api, spec, requestId);
        expect(refused.status, what).toBe(its.status);
        expect(apiErrorSchema.parse(await refused.json()).error.message).toMatch(/\S \S/);
        expect(await whatIsThere(spec), what).toBeUndefined();
      }),
    );
    await setMoods(cloud, {});
    for (const { spec, requestId } of faults) {
      expect((await create(api, spec, requestId)).status).toBe(201);
      await untilDeployed(spec);
    }
  });

  it('also when an earlier process had made the group before it was killed', async () => {
    const spec = ownSpec({ agent: { count: 1, machineSize: 'Standard_Nothing' } });
    const requestId = randomUUID();
    const { resources } = await armOf(cloud).clients(subscriptionId);
    const group = spec.basics.resourceGroup.name;
    await resources.resourceGroups.createOrUpdate(group, {
      location: spec.basics.region,
      tags: { [REQUEST_ID_TAG]: requestId },
    });
    expect((await create(api, spec, requestId)).status).toBe(400);
    expect(await whatIsThere(spec)).toBeUndefined();
  });

  it('and overwrites nobody who has taken the name between two attempts', async () => {
    const spec = ownSpec();
    const rival = { ...ownSpec(), basics: spec.basics };
    rival.basics = {
      ...rival.basics,
      resourceGroup: { kind: 'existing', name: spec.basics.resourceGroup.name },
    };
    let attempts = 0;
    before = async (request) => {
      if (!isStackPut(request)) return;
      attempts += 1;
      if (attempts > 1) return;
      expect((await create(api, rival)).status).toBe(201);
      throw new Error('The line is cut before the request arrives.');
    };
    const refused = await create(gatedApi, spec);
    expect(apiErrorSchema.parse(await refused.json()).error).toMatchObject({
      code: 'ClusterNameTaken',
      fields: [{ path: 'basics.serviceName' }],
    });
    expect(attempts).toBe(1);
    const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(spec)))).json());
    expect(cluster.dnsPrefix).toBe(rival.master.dnsPrefix);
  });

  it('but not what somebody else has put there meanwhile', async () => {
    const spec = ownSpec();
    const { resources, network } = await armOf(cloud).clients(subscriptionId);
    const group = spec.basics.resourceGroup.name;
    await setMoods(cloud, { requests: [{ mood: 'status', status: 500, method: 'PUT', path: stackPath }] });
    before = async (request) => {
      if (!isStackPut(request)) return;
      before = nothing;
      await network.publicIPAddresses.createOrUpdate(group, 'theirs', {
        location: spec.basics.region,
        sku: { name: 'Standard' },
        publicIPAllocationMethod: 'Static',
      });
    };
    expect((await create(gatedApi, spec)).status).toBe(502);
    expect((await resources.resourceGroups.get(group)).name).toBe(group);
  });
});

describe('twenty submissions to an ARM in every mood', () => {
  it('each end in exactly one cluster, or in an error and nothing', async () => {
    const share = 0.07;
    await setMoods(cloud, {
      requests: [
        { mood: 'lost-answer', share, seed: 1 },
        { mood: 'reset', share, seed: 2 },
        { mood: 'status', status: 500, share, seed: 3 },
        { mood: 'status', status: 503, share, seed: 4 },
        { mood: 'status', status: 429, retryAfterSeconds: 1, share, seed: 5 },
        { mood: 'expired-token', share: 0.02, seed: 6 },
      ],
    });
    // Every second one comes twice, through two processes at the same moment.
    const submissions = Array.from({ length: 20 }, (_, index) => ({
      requestId: randomUUID(),
      spec: ownSpec(),
      through: index % 2 === 0 ? [api] : [api, otherApi],
    }));
    const answers = await Promise.all(
      submissions.map(({ requestId, spec, through }) =>
        Promise.all(through.map((process) => create(process, spec, requestId))),
      ),
    );
    await setMoods(cloud, {});
    for (const [index, sent] of answers.entries()) {
      const { spec } = submissions[index]!;
      const refused = sent.filter(({ status }) => status !== 200 && status !== 201);
      for (const answer of refused) {
        const { error } = apiErrorSchema.parse(await answer.json());
        expect([429, 502, 503, 504], error.message).toContain(answer.status);
      }
      if (refused.length === sent.length)
        await vi.waitFor(async () => expect(await whatIsThere(spec)).toBeUndefined(), deadlineMs);
      else if (sent.length === 1) await untilDeployed(spec);
      // Of two who put the same stack, the second may find the first one's deployment at its end already.
      else
        await vi.waitFor(
          async () => expect((await whatIsThere(spec))?.stacks).toEqual([spec.basics.serviceName]),
          deadlineMs,
        );
    }
    expect(answers.flat().filter(({ status }) => status === 201).length).toBeGreaterThan(10);
  });
});
