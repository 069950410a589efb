import { randomUUID } from 'node:crypto';
import { type ClusterSpec, defaultAgentPorts } from '@slipway/cluster';
import {
  type WhatIf,
  apiErrorSchema,
  armResourceSchema,
  clusterSchema,
  csrfHeader,
  routes,
  whatIfSchema,
} from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type GateAnswer, startGate } from '../../test/gate.test-support.ts';
import { setMoods, struckMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';
import { findResourceGroup } from '../arm/resource-groups.ts';

// Whole clusters, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const spec = specOf({
  basics: { serviceName: 'asked', resourceGroup: { kind: 'new', name: 'asked-group' } },
  master: { dnsPrefix: 'asked' },
});

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
  const made = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(made.status).toBe(201);
  await vi.waitFor(async () => expect(await stateOf(spec)).toBe('succeeded'), {
    timeout: 30_000,
    interval: 25,
  });
});
afterEach(() => setMoods(cloud, {}));
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const stateOf = async (of: ClusterSpec) =>
  clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(of)))).json()).state;
const askSpec = (of: unknown, through = api) => through.send('POST', routes.whatIfSpec(), { spec: of });
const askChange = (change: unknown, through = api, of = spec) =>
  through.send('POST', routes.whatIfCluster(pathOf(of)), change);
async function answerOf(answer: Promise<Response>): Promise<WhatIf> {
  const response = await answer;
  const body: unknown = await response.json();
  expect(response.status, JSON.stringify(body).slice(0, 500)).toBe(200);
  return whatIfSchema.parse(body);
}
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
const changedIn = ({ resources }: WhatIf) =>
  resources.filter(({ outcome }) => outcome !== 'unchanged' && outcome !== 'untouched');

describe('what a spec would build', () => {
  const fresh = specOf({
    basics: { serviceName: 'fresh', resourceGroup: { kind: 'new', name: 'fresh-group' } },
    master: { dnsPrefix: 'fresh', count: 3 },
  });

  it('in a group that does not exist yet: the group and all that is in it, and nothing is made', async () => {
    const answer = await answerOf(askSpec(fresh));
    expect(new Set(answer.resources.map(({ outcome }) => outcome))).toEqual(new Set(['added']));
    expect(answer.resources[0]).toMatchObject({
      type: 'Microsoft.Resources/resourceGroups',
      name: 'fresh-group',
      armChange: 'Create',
    });
    expect(answer.counts).toMatchObject({ added: answer.resources.length, changed: 0, untouched: 0 });
    const titles = answer.pieces.map(({ title }) => title);
    for (const title of ['Agents', "Masters' load balancer", 'Master 0', 'Master 2'])
      expect(titles).toContain(title);
    expect(answer.summary).toMatch(/^Would be added: .* more\. All else stays as it is\.$/);
    expect(await findResourceGroup(armOf(cloud), subscriptionId, 'fresh-group')).toBeUndefined();
  });

  it('in a group that exists: what else is in it is left alone', async () => {
    const { resources } = await armOf(cloud).clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate('shared', { location: 'westeurope' });
    const other = {
      ...fresh,
      basics: { ...fresh.basics, resourceGroup: { kind: 'existing', name: 'shared' } },
    };
    const answer = await answerOf(askSpec(other));
    expect(new Set(answer.resources.map(({ outcome }) => outcome))).toEqual(new Set(['added']));
    expect(answer.resources.some(({ type }) => type.endsWith('resourceGroups'))).toBe(false);
  });

  it('that cannot be built is refused as the validation refuses it', async () => {
    expect(await errorOf(await askSpec(spec))).toMatchObject({ status: 400, code: 'ValidationFailed' });
    expect(await errorOf(await askSpec(specOf({ master: { count: 2 as 1 } })))).toMatchObject({
      status: 400,
      code: 'InvalidSpec',
      fields: [{ path: 'master.count' }],
    });
    expect(
      await errorOf(await askSpec({ ...fresh, agent: { count: 100, machineSize: 'Standard_D64s_v5' } })),
    ).toMatchObject({ status: 400, code: 'ValidationFailed' });
  });
});

describe('what a change of a cluster would do', () => {
  it('none: nothing, and no noise', async () => {
    const answer = await answerOf(askChange({}));
    expect(changedIn(answer)).toEqual([]);
    expect(answer.pieces).toEqual([]);
    expect(answer.summary).toBe('Nothing would change.');
    expect(answer.notes).toEqual([]);
    expect(answer.counts.untouched).toBe(1);
  });

  it('two agents more: one number, in the portal’s words and in ARM’s', async () => {
    const answer = await answerOf(askChange({ agentCount: 4 }));
    expect(changedIn(answer)).toMatchObject([
      {
        type: 'Microsoft.Compute/virtualMachineScaleSets',
        outcome: 'changed',
        armChange: 'Modify',
        properties: [{ path: 'sku.capacity', change: 'changed', before: 2, after: 4 }],
        before: { sku: { capacity: 2 } },
        after: { sku: { capacity: 4 } },
      },
    ]);
    expect(answer.pieces).toMatchObject([
      {
        title: 'Agents',
        kind: 'scaleSet',
        change: 'changed',
        details: [{ label: 'Machines', before: '2', after: '4' }],
      },
    ]);
    expect(answer.summary).toBe('Would change: Agents (Machines 2 → 4). All else stays as it is.');
  });

  it('one port more: a rule of the load balancer and one of the security group are added', async () => {
    const answer = await answerOf(
      askChange({ agentPorts: [...defaultAgentPorts, { name: 'Grafana', port: 3000 }] }),
    );
    expect(
      changedIn(answer)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(['Microsoft.Network/loadBalancers', 'Microsoft.Network/networkSecurityGroups']);
    const added = answer.pieces.filter(({ change }) => change === 'added');
    expect(added.map(({ kind }) => kind).toSorted()).toEqual(['loadBalancerRule', 'securityRule']);
    const balancer = answer.resources.find(
      ({ type, outcome }) => type.endsWith('loadBalancers') && outcome === 'changed',
    )!;
    expect(balancer.properties.map(({ path, change }) => [path, change])).toEqual([
      ['properties.loadBalancingRules[3]', 'added'],
      ['properties.probes[3]', 'added'],
    ]);
  });

  it('is not done by asking', async () => {
    const before = await (await api.fetch(routes.clusterResources(pathOf(spec)))).json();
    await answerOf(askChange({ agentCount: 9, agentPorts: [{ name: 'HTTP', port: 80 }] }));
    expect(await (await api.fetch(routes.clusterResources(pathOf(spec)))).json()).toEqual(before);
    expect(await stateOf(spec)).toBe('succeeded');
  });

  it.each([
    ['no agents', { agentCount: 0 }, 'agentCount'],
    ['half an agent', { agentCount: 1.5 }, 'agentCount'],
    ['no ports', { agentPorts: [] }, 'agentPorts'],
    ['a port that there is not', { agentPorts: [{ name: 'A', port: 70_000 }] }, 'agentPorts.0.port'],
    [
      'two ports of one name',
      {
        agentPorts: [
          { name: 'A', port: 1 },
          { name: 'a', port: 2 },
        ],
      },
      'agentPorts.1.name',
    ],
    [
      'one port twice',
      {
        agentPorts: [
          { name: 'A', port: 1 },
          { name: 'B', port: 1 },
        ],
      },
      'agentPorts.1.port',
    ],
    ['what cannot be changed', { dnsPrefix: 'other' }, 'body'],
  ])('with %s is refused at its field', async (_what, change, path) => {
    expect(await errorOf(await askChange(change))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
      fields: [{ path }],
    });
  });

  it('that ARM would refuse is refused in its words', async () => {
    const big = specOf({
      basics: { serviceName: 'big', resourceGroup: { kind: 'new', name: 'big-group' } },
      master: { dnsPrefix: 'bigone' },
      agent: { count: 1, machineSize: 'Standard_D16s_v5' },
    });
    expect((await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec: big })).status).toBe(
      201,
    );
    await vi.waitFor(async () => expect(await stateOf(big)).toBe('succeeded'), {
      timeout: 30_000,
      interval: 25,
    });
    const error = await errorOf(await askChange({ agentCount: 100 }, api, big));
    expect(error).toMatchObject({ status: 400, code: 'ValidationFailed' });
    expect(error.message).toMatch(/^Azure Resource Manager would refuse this: /);
    expect(JSON.stringify(error.arm)).toMatch(/Quota/);
  });

  it('of a cluster that there is not, or that is being deployed, is refused', async () => {
    const missing = specOf({ basics: { serviceName: 'missing' } });
    expect(await errorOf(await askChange({}, api, missing))).toMatchObject({
      status: 404,
      code: 'ClusterNotFound',
    });
    await setMoods(cloud, { work: [{ mood: 'never-ends', type: 'Microsoft.Network/virtualNetworks' }] });
    const slow = specOf({
      basics: { serviceName: 'slow', resourceGroup: { kind: 'new', name: 'slow-group' } },
      master: { dnsPrefix: 'slowone' },
      agent: { count: 1 },
    });
    expect((await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec: slow })).status).toBe(
      201,
    );
    expect(await errorOf(await askChange({}, api, slow))).toMatchObject({
      status: 409,
      code: 'DeploymentRunning',
    });
  });

  it('tells no secret and nothing write-only', async () => {
    const text = await (await askChange({ agentCount: 5 })).text();
    expect(text).not.toMatch(/customData|protectedSettings|adminPassword/i);
    const { stacks } = await armOf(cloud).clients(subscriptionId);
    const { properties } = await stacks.deploymentStacks.getAtResourceGroup('asked-group', 'asked');
    const script = String(properties?.parameters?.['configureScript']?.value);
    expect(script.length).toBeGreaterThan(100);
    expect(text).not.toContain(script.slice(0, 60));
    expect(text).not.toContain(Buffer.from(script).toString('base64').slice(8, 60));
  });
});

describe('on the way to ARM', () => {
  it('faults that pass and lost answers are not noticed: the question is asked again', async () => {
    await setMoods(cloud, {
      requests: [
        { mood: 'status', status: 503, method: 'POST', path: '*/whatif', times: 1 },
        { mood: 'lost-answer', method: 'POST', path: '*/whatif', times: 1 },
        { mood: 'status', status: 500, method: 'GET', path: '*/whatifresults/*', times: 1 },
      ],
    });
    expect((await answerOf(askChange({ agentCount: 3 }))).counts.changed).toBe(1);
    expect(await struckMoods(cloud)).toEqual([1, 1, 1]);
  });

  it('an answer that never comes ends in time', async () => {
    const { asked, close } = await askedThrough(() => running, { armTimeLimitMs: 1_000 });
    expect(await errorOf(await askChange({}, asked))).toMatchObject({ status: 504, code: 'CloudTimeout' });
    await close();
  });

  it('nobody is asked any more when whoever asked has left', async () => {
    let polls = 0;
    const left = new AbortController();
    const { asked, close } = await askedThrough(() => {
      polls += 1;
      if (polls === 2) left.abort();
      return running;
    });
    const { csrfToken } = await asked.session();
    await expect(
      asked.fetch(routes.whatIfCluster(pathOf(spec)), {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', [csrfHeader]: csrfToken },
        signal: left.signal,
      }),
    ).rejects.toThrow();
    // The backend closes when its requests have ended: none goes on asking.
    await close();
    expect(polls).toBeLessThan(10);
  });

  it('what Azure lists although nothing changes is told with its doubt, and does not count as a change', async () => {
    const found = z
      .array(armResourceSchema)
      .parse(await (await api.fetch(routes.clusterResources(pathOf(spec)))).json());
    const [machine, agents] = ['virtualMachines', 'virtualMachineScaleSets'].map((type) =>
      found.find((resource) => resource.type === `Microsoft.Compute/${type}`)!,
    );
    const noise = [
      {
        path: 'properties.diagnosticsProfile.bootDiagnostics.storageUri',
        propertyChangeType: 'Modify',
        before: 'https://account.blob.core.windows.net/',
        after: "[reference('/subscriptions/x', '2025-06-01').primaryEndpoints.blob]",
      },
      { path: 'properties.osProfile.customData', propertyChangeType: 'Create', after: '*******' },
      { path: 'properties.priority', propertyChangeType: 'Delete', before: 'Regular' },
      { path: 'properties.vmId', propertyChangeType: 'NoEffect', after: 'x' },
    ];
    const capacity = { path: 'sku.capacity', propertyChangeType: 'Modify', before: 2, after: 4 };
    const sku = { name: 'Standard_D2s_v5', tier: 'Standard' };
    const changes = [
      { resourceId: machine!.id, changeType: 'Modify', before: machine, after: machine, delta: noise },
      {
        resourceId: agents!.id,
        changeType: 'Modify',
        before: agents,
        after: { ...agents, sku: { ...sku, capacity: 4 } },
        delta: [capacity, noise[0]],
      },
    ];
    const { asked, close } = await askedThrough(() => ({
      status: 200,
      body: { status: 'Succeeded', properties: { changes } },
    }));
    const answer = await answerOf(askChange({ agentCount: 4 }, asked));
    expect(answer.resources[0]).toMatchObject({
      outcome: 'uncertain',
      armChange: 'Modify',
      properties: [
        { path: noise[0]!.path, doubt: expect.stringContaining('only while') },
        { path: noise[1]!.path, doubt: expect.stringContaining('secret') },
        { path: noise[2]!.path, change: 'removed', doubt: expect.stringContaining('says nothing') },
      ],
    });
    expect(JSON.stringify(answer.resources[0]!.properties)).not.toContain('*******');
    expect(answer.resources[1]).toMatchObject({
      outcome: 'changed',
      properties: [{ path: 'sku.capacity' }, {}],
    });
    expect(answer.pieces.map(({ kind, details }) => [kind, details.map(({ path }) => path)])).toEqual([
      ['scaleSet', ['sku.capacity']],
    ]);
    expect(answer.summary).toMatch(
      /^Would change: .* 2 → 4\)\. All else that is known stays as it is\. Of 1 resource it shows only then whether anything changes\.$/,
    );
    await close();
  });

  it('that only a secret changes is told, and not to what; and so is what no piece shows', async () => {
    let changes = [changedExtension('e', 'properties.protectedSettings')];
    const { asked, close } = await askedThrough(() => ({ status: 200, body: { properties: { changes } } }));
    const answer = await answerOf(askChange({}, asked));
    expect(answer.resources).toMatchObject([
      { outcome: 'changed', properties: [{ path: 'properties.protectedSettings', change: 'changed' }] },
    ]);
    expect(answer.summary).toBe(
      'In 1 resource a script or password would change, which is never shown. All else stays as it is.',
    );
    expect(JSON.stringify(answer)).not.toContain('told by mistake');
    changes = [...changes, changedExtension('f', 'properties.settings')];
    expect((await answerOf(askChange({}, asked))).summary).toBe(
      'In 1 resource a script or password would change, which is never shown. Of 1 resource more the properties tell what would change. All else stays as it is.',
    );
    await close();
  });

  it('an answer that is not what it should be is told as ARM’s fault, or read as far as it can be', async () => {
    let body: unknown;
    const { asked, close } = await askedThrough(() => ({ status: 200, body }));
    for (body of [
      'null',
      '[]',
      '{',
      { properties: { changes: 'all' } },
      { properties: { changes: [null] } },
      {},
    ]) {
      const answer = await askChange({}, asked);
      expect([200, 502], `${JSON.stringify(body)} ${await answer.text()}`).toContain(answer.status);
    }
    const deep = Array.from({ length: 200 }).reduce<object>(
      (children) => ({ path: 'a', propertyChangeType: 'Array', children: [children] }),
      {},
    );
    body = {
      properties: {
        changes: [
          { changeType: 'Modify' },
          7,
          { resourceId: '/x', changeType: 'New', before: 1 },
          { resourceId: '/y', changeType: 'Modify', delta: [deep, {}] },
        ],
        diagnostics: [{ level: 'Warning', code: 'Some', message: 'thing' }, {}],
      },
    };
    expect(await answerOf(askChange({}, asked))).toMatchObject({
      resources: [
        { id: '/x', outcome: 'unknown', properties: [] },
        { id: '/y', outcome: 'uncertain', properties: [] },
      ],
      notes: [{ code: 'Some', message: 'thing' }],
    });
    body = { status: 'Failed', error: { code: 'Broken', message: 'It is broken.' } };
    expect(await errorOf(await askChange({}, asked))).toMatchObject({
      status: 400,
      code: 'ValidationFailed',
      arm: { code: 'Broken' },
    });
    await close();
  });
});

/** ARM’s word of a change of an extension, which no piece shows. */
const changedExtension = (name: string, path: string) => ({
  resourceId: `/subscriptions/${subscriptionId}/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/m/extensions/${name}`,
  changeType: 'Modify',
  delta: [{ path, propertyChangeType: 'Modify', before: 'told by mistake', after: 'told by mistake' }],
});

const running: GateAnswer = { status: 202, body: '', headers: { 'retry-after': '0' } };

/** An API that asks the cloud through a gate, where what-ifs are answered by `answer`. */
async function askedThrough(
  answer: () => GateAnswer,
  settings: Parameters<typeof startApi>[0] = {},
): Promise<{ asked: RunningApi; close: () => Promise<void> }> {
  let address = '';
  const gate = await startGate(cloud, async ({ path }) => {
    if (/\/whatif$/i.test(path)) return { ...running, headers: { location: address, 'retry-after': '0' } };
    const own = path === '/answer' ? answer() : undefined;
    return (
      own && { ...own, headers: { ...own.headers, ...(own.status === 202 ? { location: address } : {}) } }
    );
  });
  address = `https://localhost:${gate.settings.armPort}/answer`;
  const asked = await startApi({ ...gate.settings, ...settings });
  return {
    asked,
    close: async () => {
      await asked.close();
      await gate.close();
    },
  };
}
