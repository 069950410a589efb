import { randomUUID } from 'node:crypto';
import {
  type DeploymentSnapshot,
  applyStreamEvent,
  apiErrorSchema,
  clusterSchema,
  deploymentSnapshotSchema,
  routes,
} from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SeenEvent, openEvents, pathOf, specOf } from '../../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud('fast');
  api = await startApi(cloud.settings);
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

let count = 0;
async function createOwn(): Promise<ReturnType<typeof pathOf>> {
  count += 1;
  const spec = specOf({
    basics: { serviceName: `live-${count}`, resourceGroup: { kind: 'new', name: `live-group-${count}` } },
    master: { dnsPrefix: `live${count}` },
    agent: { count: 1, machineSize: 'Standard_D2s_v5' },
  });
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
  expect(clusterSchema.parse(await answer.json()).state).toBe('deploying');
  return pathOf(spec);
}

const replay = (events: readonly SeenEvent[], from?: DeploymentSnapshot) =>
  events.reduce<DeploymentSnapshot | undefined>((known, { event }) => applyStreamEvent(known, event), from);

async function collect(events: AsyncIterable<SeenEvent>): Promise<SeenEvent[]> {
  const seen: SeenEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

const byId = (snapshot: DeploymentSnapshot | undefined) =>
  snapshot?.rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));

describe('a cluster whose deployment runs', () => {
  it('is not deleted: ARM refuses, and the remedy is to cancel first, after which it can be', async () => {
    const path = await createOwn();
    const confirmName = path.name;
    const refused = await api.send('DELETE', routes.cluster(path), { confirmName });
    expect(refused.status).toBe(409);
    expect(apiErrorSchema.parse(await refused.json()).error).toMatchObject({
      code: 'DeploymentRunning',
      remedy: 'Cancel the deployment first, or wait until it has ended.',
      arm: { code: 'DeploymentStackInNonTerminalState' },
    });
    const { events } = await openEvents(api, routes.clusterDeploymentEvents(path));
    expect((await api.send('POST', routes.cancelDeployment(path))).status).toBe(202);
    expect((await collect(events)).at(-1)?.event.type).toBe('ended');
    expect((await api.send('DELETE', routes.cluster(path), { confirmName })).status).toBe(202);
    // Asked for twice, it is under way all the same.
    expect([202, 404]).toContain((await api.send('DELETE', routes.cluster(path), { confirmName })).status);
    await expect
      .poll(async () => (await api.fetch(routes.cluster(path))).status, { timeout: 15_000 })
      .toBe(404);
  }, 40_000);
});

describe('the events of a deployment', () => {
  it('tell its whole course, survive a restart of the backend without loss or repetition, and end', async () => {
    const path = await createOwn();
    const before = await openEvents(api, routes.clusterDeploymentEvents(path));
    expect(before.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const seen: SeenEvent[] = [];
    for await (const event of before.events) {
      seen.push(event);
      if (seen.filter(({ event: { type } }) => type === 'row').length === 6) break;
    }
    expect(seen[0]?.event.type).toBe('snapshot');
    const known = replay(seen);
    await api.close();

    // What happens while no backend runs is what the reader has missed.
    api = await startApi(cloud.settings);
    await expect
      .poll(
        async () => {
          const answer = await api.fetch(routes.clusterDeployment(path));
          const now = deploymentSnapshotSchema.parse(await answer.json());
          return JSON.stringify(byId(now)) === JSON.stringify(byId(known));
        },
        { timeout: 10_000, interval: 20 },
      )
      .toBe(false);
    const lastId = seen.at(-1)?.id;
    const after = await openEvents(api, routes.clusterDeploymentEvents(path), lastId);
    const rest = await collect(after.events);

    expect(rest.map(({ event }) => event.type)).not.toContain('snapshot');
    expect(rest.at(-1)?.event.type).toBe('ended');
    const told = [...seen, ...rest].flatMap(({ event }) =>
      event.type === 'row' ? [`${event.row.id} ${event.row.state} ${event.row.changedAt}`] : [],
    );
    expect(new Set(told).size).toBe(told.length);
    const truth = deploymentSnapshotSchema.parse(
      await (await api.fetch(routes.clusterDeployment(path))).json(),
    );
    const replayed = replay(rest, known);
    expect(byId(replayed)).toEqual(byId(truth));
    expect(replayed?.deployment).toEqual(truth.deployment);
    expect(truth.deployment).toMatchObject({ state: 'Succeeded', durationMs: expect.any(Number) as number });
    expect(truth.rows.every(({ state }) => state === 'Succeeded')).toBe(true);
    expect(truth.deployment.outputs).toHaveProperty('masterFQDN');

    // At the end, too, a reader who knows all is told nothing but the end.
    const late = await collect(
      (await openEvents(api, routes.clusterDeploymentEvents(path), rest.findLast(({ id }) => id)?.id)).events,
    );
    expect(late.map(({ event }) => event.type)).toEqual(['deployment', 'ended']);
  }, 40_000);

  it('begin with a snapshot for a cursor that does not fit, and follow a cancel to its end', async () => {
    const path = await createOwn();
    const strange = await openEvents(
      api,
      routes.clusterDeploymentEvents(path),
      '00000000-0000-0000-0000-000000000000~2020-01-01T00:00:00.000Z~1~x',
    );
    const seen: SeenEvent[] = [];
    for await (const event of strange.events) {
      seen.push(event);
      if (seen.length === 2) expect((await api.send('POST', routes.cancelDeployment(path))).status).toBe(202);
    }
    expect(seen[0]?.event.type).toBe('snapshot');
    expect(replay(seen)?.deployment.state).toBe('Canceled');
    expect(seen.at(-1)?.event.type).toBe('ended');

    const again = await api.send('POST', routes.cancelDeployment(path));
    expect(again.status).toBe(409);
    expect(apiErrorSchema.parse(await again.json()).error.code).toBe('DeploymentNotRunning');
    const connect = await api.fetch(routes.clusterConnect(path));
    expect(apiErrorSchema.parse(await connect.json()).error.code).toBe('ClusterNotReady');
  }, 40_000);

  it('follow a delete until nothing is left', async () => {
    const path = await createOwn();
    await collect((await openEvents(api, routes.clusterDeploymentEvents(path))).events);
    const accepted = await api.send('DELETE', routes.cluster(path), {
      confirmName: path.name,
      deleteResourceGroup: true,
    });
    expect(accepted.status).toBe(202);
    const seen = await collect((await openEvents(api, routes.clusterDeploymentEvents(path))).events);
    expect(replay(seen)?.deployment.state).toBe('Deleting');
    expect(seen.at(-1)?.event.type).toBe('ended');
    expect((await api.fetch(routes.cluster(path))).status).toBe(404);
  }, 40_000);

  it('say when ARM cannot be reached, and go on when it can', async () => {
    const path = await createOwn();
    const { events } = await openEvents(api, routes.clusterDeploymentEvents(path));
    const seen: SeenEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (seen.length === 1) await cloud.stop();
      if (event.event.type !== 'problem') continue;
      expect(event.event.message).toContain('cannot be reached');
      await cloud.start();
    }
    const types = seen.map(({ event }) => event.type);
    expect(types.filter((type) => type === 'problem')).toHaveLength(1);
    expect(types.slice(types.indexOf('problem'))).toContain('deployment');
    expect(replay(seen)?.deployment.state).toBe('Succeeded');
  }, 40_000);
});
