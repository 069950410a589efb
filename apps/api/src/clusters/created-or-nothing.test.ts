import { randomUUID } from 'node:crypto';
import { type ClusterSpec, swarmDeployment } from '@slipway/cluster';
import {
  apiErrorSchema,
  clusterSchema,
  deploymentSnapshotSchema,
  resourceGroupSchema,
  routes,
  validateClusterAnswerSchema,
} from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf, takeDnsLabel } from '../../test/arm.test-support.ts';
import { openEvents, pathOf, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type GateRequest, startGate } from '../../test/gate.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';
import { readSwarmFiles } from './swarm-files.ts';

// Several whole clusters a test, on a machine that may be busy.
vi.setConfig({ testTimeout: 20_000 });

let cloud: RunningCloud;
let gate: Awaited<ReturnType<typeof startGate>>;
let api: RunningApi;
let otherApi: RunningApi;
/** What happens just before a request of `api` arrives at the cloud. */
let before: (request: GateRequest) => Promise<void>;
const nothing = () => Promise.resolve();
beforeAll(async () => {
  cloud = await startCloud();
  gate = await startGate(cloud, (request) => before(request));
  [api, otherApi] = await Promise.all([startApi(gate.settings), startApi(cloud.settings)]);
  before = nothing;
});
afterAll(async () => {
  await Promise.all([api.close(), otherApi.close()]);
  await gate.close();
  await cloud.close();
});

let count = 0;
function ownSpec(group?: string): ClusterSpec {
  count += 1;
  return specOf({
    basics: {
      serviceName: `whole-${count}`,
      resourceGroup: group
        ? { kind: 'existing', name: group }
        : { kind: 'new', name: `whole-group-${count}` },
    },
    master: { dnsPrefix: `whole${count}`, count: 3 },
    agent: { count: 1, machineSize: 'Standard_D2s_v5' },
  });
}
const create = (through: RunningApi, spec: ClusterSpec, requestId: string = randomUUID()) =>
  through.send('POST', routes.clusters(), { requestId, spec });
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
const groupNames = async () =>
  z
    .array(resourceGroupSchema)
    .parse(await (await otherApi.fetch(routes.resourceGroups(subscriptionId))).json())
    .map(({ name }) => name);
async function untilEnded(through: RunningApi, spec: ClusterSpec): Promise<void> {
  const { events } = await openEvents(through, routes.clusterDeploymentEvents(pathOf(spec)));
  for await (const { event } of events) if (event.type === 'ended') return;
  throw new Error('The events stopped before the end.');
}
const isStackPut = ({ method, path }: GateRequest) =>
  method === 'PUT' && /\/deploymentStacks\/[^/]+$/.test(path);

describe('a DNS name that is taken', () => {
  it('after the validation is refused at its field, and nothing is left', async () => {
    const spec = ownSpec();
    const validated = await api.send('POST', routes.validateCluster(), { spec });
    expect(validateClusterAnswerSchema.parse(await validated.json())).toEqual({ passed: true });
    await takeDnsLabel(cloud, 'westeurope', `${spec.master.dnsPrefix}agents`);
    const refused = await errorOf(await create(api, spec));
    expect(refused).toMatchObject({ status: 400, code: 'ValidationFailed' });
    expect(refused.fields).toEqual([
      {
        path: 'master.dnsPrefix',
        message: expect.stringContaining(`${spec.master.dnsPrefix}agents.westeurope.`) as string,
      },
    ]);
    expect(await groupNames()).not.toContain(spec.basics.resourceGroup.name);
  });
});

describe('a stack that ARM refuses at once', () => {
  /** A size whose family has a small quota, which somebody else then uses up. */
  const machineSize = 'Standard_D2s_v6';
  async function useUpCores(): Promise<void> {
    const rival = ownSpec();
    const spec = { ...rival, agent: { count: 20, machineSize } };
    expect((await create(otherApi, spec)).status).toBe(201);
    await untilEnded(otherApi, spec);
  }

  it('leaves no group behind that was made for it, and names the field', async () => {
    const spec = { ...ownSpec(), agent: { count: 1, machineSize } };
    let groupAtSubmission = false;
    let rival: Promise<void> | undefined;
    before = async (request) => {
      if (!isStackPut(request)) return;
      groupAtSubmission = (await groupNames()).includes(spec.basics.resourceGroup.name);
      rival ??= useUpCores();
      await rival;
    };
    const refused = await errorOf(await create(api, spec));
    before = nothing;
    expect(groupAtSubmission).toBe(true);
    expect(refused).toMatchObject({ status: 400, code: 'ArmError', fields: [{ path: 'agent.count' }] });
    expect(JSON.stringify(refused.arm)).toContain('QuotaExceeded');
    expect(await groupNames()).not.toContain(spec.basics.resourceGroup.name);
    expect((await api.fetch(routes.cluster(pathOf(spec)))).status).toBe(404);
  });

  it('does not cost somebody else the group when they have begun to use it', async () => {
    const scarce = 'Standard_D2as_v6';
    const spec = { ...ownSpec(), agent: { count: 1, machineSize: scarce } };
    const group = spec.basics.resourceGroup.name;
    const neighbour = { ...ownSpec(group), agent: { count: 19, machineSize: scarce } };
    before = async (request) => {
      if (!isStackPut(request)) return;
      before = nothing;
      expect((await create(otherApi, neighbour)).status).toBe(201);
      await untilEnded(otherApi, neighbour);
    };
    expect((await errorOf(await create(api, spec))).code).toBe('ArmError');
    expect(await groupNames()).toContain(group);
    expect((await otherApi.fetch(routes.cluster(pathOf(neighbour)))).status).toBe(200);
  });
});

describe('one name, wanted through two processes', () => {
  it('is given once: the other one is told that it is taken, and the cluster is what its owner asked for', async () => {
    const specs = [ownSpec(), ownSpec()].map((spec, index) => ({
      ...spec,
      basics: {
        ...spec.basics,
        serviceName: 'contested',
        resourceGroup: { kind: 'new' as const, name: 'contested-group' },
      },
      agent: { ...spec.agent, count: index + 1 },
    }));
    const answers = await Promise.all([create(api, specs[0]!), create(otherApi, specs[1]!)]);
    const won = answers.findIndex(({ status }) => status === 201);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const lost = await errorOf(answers[1 - won]!);
    expect(['ClusterNameTaken', 'ValidationFailed']).toContain(lost.code);
    expect(lost.fields?.[0]?.path).toMatch(/^basics\.(serviceName|resourceGroup\.name)$/);
    const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(specs[0]!)))).json());
    expect(cluster.agentCount).toBe(specs[won]!.agent.count);
  });

  it('and taken just before the submission, is left to the one who has it', async () => {
    const spec = ownSpec();
    const rival = { ...ownSpec(), basics: { ...spec.basics } };
    const group = spec.basics.resourceGroup.name;
    before = async ({ method, path }) => {
      if (method !== 'PUT' || !path.toLowerCase().endsWith(`/resourcegroups/${group}`)) return;
      before = nothing;
      expect((await create(otherApi, rival)).status).toBe(201);
    };
    expect(await errorOf(await create(api, spec))).toMatchObject({
      status: 409,
      code: 'ClusterNameTaken',
      fields: [{ path: 'basics.serviceName' }],
    });
    const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(spec)))).json());
    expect(cluster).toMatchObject({ dnsPrefix: rival.master.dnsPrefix, state: 'succeeded' });
  });
});

/** ARM is asked for it: its name holds a suffix that only the template engine computes. */
async function plannedAvailabilitySet(spec: ClusterSpec): Promise<string> {
  const arm = armOf(cloud);
  const { deployments } = await arm.clients(subscriptionId);
  const { template, parameters } = swarmDeployment(spec, await readSwarmFiles());
  const plan = await deployments.deployments.validate(spec.basics.resourceGroup.name, 'plan', {
    properties: { mode: 'Incremental', template, parameters },
  });
  const ids = (plan.properties?.validatedResources ?? []).map(({ id }) => id ?? '');
  return ids.find((id) => id.includes('/availabilitySets/'))!;
}

describe('a deployment that fails', () => {
  it("shows ARM's error at the resource, at the deployment and at the cluster", async () => {
    const arm = armOf(cloud);
    const { resources } = await arm.clients(subscriptionId);
    await resources.resourceGroups.createOrUpdate('failing-group', { location: 'westeurope' });
    const spec = ownSpec('failing-group');
    const id = await plannedAvailabilitySet(spec);
    await resources.resources.createOrUpdateById(id, '2025-04-01', {
      location: 'westeurope',
      sku: { name: 'Aligned' },
      properties: { platformFaultDomainCount: 1, platformUpdateDomainCount: 5 },
    });

    expect((await create(api, spec)).status).toBe(201);
    await untilEnded(api, spec);
    const { deployment, rows } = deploymentSnapshotSchema.parse(
      await (await api.fetch(routes.clusterDeployment(pathOf(spec)))).json(),
    );
    expect(deployment.state).toBe('Failed');
    expect(JSON.stringify(deployment.error)).toContain('PropertyChangeNotAllowed');
    expect(rows.find((row) => row.id.toLowerCase() === id.toLowerCase())).toMatchObject({
      state: 'Failed',
      statusCode: 'Conflict',
      error: {
        code: 'PropertyChangeNotAllowed',
        message: expect.stringContaining('platformFaultDomainCount') as string,
      },
    });
    const machines = rows.filter(({ type }) => type === 'Microsoft.Compute/virtualMachines');
    expect(machines).toHaveLength(3);
    for (const machine of machines) expect(['Waiting', 'Canceled']).toContain(machine.state);
    const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(pathOf(spec)))).json());
    expect(cluster.state).toBe('failed');
    expect(JSON.stringify(cluster.error)).toContain('PropertyChangeNotAllowed');

    const deleted = await api.send('DELETE', routes.cluster(pathOf(spec)), {
      confirmName: spec.basics.serviceName,
    });
    expect(deleted.status).toBe(202);
    await expect.poll(async () => (await api.fetch(routes.cluster(pathOf(spec)))).status).toBe(404);
  });
});
