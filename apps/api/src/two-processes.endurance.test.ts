import { routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from '../test/api-process.test-support.ts';
import { type SeenEvent, openEvents } from '../test/cluster.test-support.ts';
import { type ApiClient, type RunningCloud, clientOf, startCloud } from '../test/portal.test-support.ts';
import { type RoundRobin, startRoundRobin } from '../test/round-robin.test-support.ts';
import { byId, createSmall, replay, snapshotOf, typesOf } from '../test/watching.test-support.ts';

// Processes start slowly on a machine that is busy.
vi.setConfig({ hookTimeout: 300_000, testTimeout: 900_000 });

const secret = 'correct horse battery staple';

let cloud: RunningCloud;
let processes: ApiProcess[];
let proxy: RoundRobin;
beforeAll(async () => {
  cloud = await startCloud('fast');
  const environment = { SLIPWAY_ACCESS_SECRET: secret };
  processes = await Promise.all([startApiProcess(cloud, environment), startApiProcess(cloud, environment)]);
  proxy = await startRoundRobin(processes.map(({ port }) => port));
});
afterAll(async () => {
  await proxy.close();
  await Promise.all(processes.map(({ kill }) => kill('SIGKILL')));
  await cloud.close();
});

const throughProxy = (): ApiClient => clientOf(proxy.address);

/** Reads until `enough`, or until the line is cut. */
async function readUntil(
  events: AsyncIterable<SeenEvent>,
  seen: SeenEvent[],
  enough: () => boolean,
): Promise<void> {
  try {
    for await (const event of events) {
      if (event.event.type !== 'alive') seen.push(event);
      if (enough()) return;
    }
  } catch {
    // The line was cut: what is seen is what counts.
  }
}

const told = (events: readonly SeenEvent[]) =>
  events.flatMap(({ event }) =>
    event.type === 'row' ? [`${event.row.id} ${event.row.state} ${event.row.changedAt}`] : [],
  );

describe('two processes behind a proxy that knows no sessions', () => {
  it('know who has signed in at the other, and a signed-out session at neither', async () => {
    const client = throughProxy();
    const { csrfToken } = await client.session();
    for (let turn = 0; turn < 4; turn += 1) expect((await client.session()).csrfToken).toBe(csrfToken);
    expect((await client.fetch(routes.subscriptions())).status).toBe(401);
    expect((await client.send('POST', routes.signIn(), { secret })).status).toBe(200);
    await client.session();
    for (let turn = 0; turn < 4; turn += 1)
      expect((await client.fetch(routes.subscriptions())).status).toBe(200);
    for (let turn = 0; turn < 2; turn += 1)
      expect((await client.send('POST', routes.clusters(), {})).status).toBe(400);
    expect((await client.send('POST', routes.signOut())).status).toBe(200);
    for (let turn = 0; turn < 2; turn += 1)
      expect((await client.fetch(routes.subscriptions())).status).toBe(401);
  });

  it('go on for each other: a process is killed in mid-stream, and nothing is lost or told twice', async () => {
    const client = throughProxy();
    await client.session();
    expect((await client.send('POST', routes.signIn(), { secret })).status).toBe(200);
    await client.session();
    const path = await createSmall(client, 'pair');
    const route = routes.clusterDeploymentEvents(path);
    const watchers = await Promise.all(
      Array.from({ length: 6 }, async () => ({
        seen: [] as SeenEvent[],
        stream: await openEvents(client, route),
      })),
    );
    expect(proxy.given.every((count) => count >= 3)).toBe(true);
    const firstParts = watchers.map(({ stream, seen }) =>
      readUntil(stream.events, seen, () => seen.at(-1)?.event.type === 'ended'),
    );
    await expect
      .poll(() => Math.min(...watchers.map(({ seen }) => told(seen).length)), { timeout: 120_000 })
      .toBeGreaterThan(3);
    await processes[0]!.kill('SIGKILL');
    // Those of the other process do not notice.
    const cut = await Promise.race(firstParts.map((part, index) => part.then(() => index)));
    expect(watchers[cut]?.seen.at(-1)?.event.type).not.toBe('ended');

    const lost = new Set<number>();
    await Promise.all(
      firstParts.map(async (part, index) => {
        await part;
        const watcher = watchers[index]!;
        if (watcher.seen.at(-1)?.event.type === 'ended') return;
        lost.add(index);
        const again = await openEvents(client, route, watcher.seen.findLast(({ id }) => id)?.id);
        expect(again.response.status).toBe(200);
        const before = watcher.seen.length;
        await readUntil(again.events, watcher.seen, () => watcher.seen.at(-1)?.event.type === 'ended');
        expect(typesOf(watcher.seen.slice(before))).not.toContain('snapshot');
      }),
    );
    expect(lost.size).toBe(3);
    const truth = await snapshotOf(client, path);
    expect(truth.deployment.state).toBe('Succeeded');
    for (const { seen } of watchers) {
      expect(seen.at(-1)?.event.type).toBe('ended');
      expect(new Set(told(seen)).size).toBe(told(seen).length);
      expect(byId(replay(seen))).toEqual(byId(truth));
      expect(replay(seen)?.deployment).toEqual(truth.deployment);
    }
  });
});
