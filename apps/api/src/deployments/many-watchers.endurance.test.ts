import { type ClusterPath, routes } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type SeenEvent, countOf, openEvents, requestCounts } from '../../test/cluster.test-support.ts';
import { startGate } from '../../test/gate.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import {
  type RunningApi,
  type RunningCloud,
  patientSettings,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';
import { byId, collect, createSmall, replay, snapshotOf, typesOf } from '../../test/watching.test-support.ts';

// Two hundred streams in this one process, on a machine that may be busy.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

const watchIntervalMs = 100;

let cloud: RunningCloud;
let api: RunningApi;
/** How long every resource takes, so that a deployment takes some steps: it must not be over before it is watched. */
let stepMs: number;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi({ ...cloud.settings, ...patientSettings, watchIntervalMs });
  const startedAt = performance.now();
  await createSmall(api, 'first');
  stepMs = Math.min(2_000, Math.max(250, Math.ceil((performance.now() - startedAt) / 2)));
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});
afterEach(() => setMoods(cloud, {}));

const setSteps = () => setMoods(cloud, { work: [{ mood: 'slow', action: 'write', delayMs: stepMs }] });
const readsOf = async () => countOf(await requestCounts(cloud), /^GET .*operations$/i);

function openMany(path: ClusterPath, count: number) {
  return Promise.all(
    Array.from({ length: count }, () => openEvents(api, routes.clusterDeploymentEvents(path))),
  );
}

/** Follows a new deployment with so many watchers; answers what they saw and how often ARM was read meanwhile. */
async function followTogether(name: string, count: number) {
  await setSteps();
  const path = await createSmall(api, name);
  const before = await readsOf();
  const startedAt = performance.now();
  const streams = await openMany(path, count);
  const seen = await Promise.all(streams.map(({ events }) => collect(events)));
  const tookMs = performance.now() - startedAt;
  return { path, seen, reads: (await readsOf()) - before, tookMs };
}

function expectAllTold(
  seen: readonly (readonly SeenEvent[])[],
  truth: Awaited<ReturnType<typeof snapshotOf>>,
) {
  for (const events of seen) {
    expect(typesOf(events).at(-1)).toBe('ended');
    expect(byId(replay(events))).toEqual(byId(truth));
    expect(replay(events)?.deployment).toEqual(truth.deployment);
  }
}

/** As often as the interval allows in this time, and a read more for those who joined during the first one. */
const mostReads = (tookMs: number) => tookMs / watchIntervalMs + 3;

describe('many watchers', () => {
  it('of one deployment, two hundred, are told all of it for the ARM reads of one', async () => {
    const alone = await followTogether('alone', 1);
    expectAllTold(alone.seen, await snapshotOf(api, alone.path));
    const crowd = await followTogether('crowd', 200);
    const truth = await snapshotOf(api, crowd.path);
    expect(truth.deployment.state).toBe('Succeeded');
    expect(crowd.seen).toHaveLength(200);
    expectAllTold(crowd.seen, truth);

    // Not once for each.
    expect(alone.reads).toBeGreaterThan(2);
    expect(alone.reads).toBeLessThanOrEqual(mostReads(alone.tookMs));
    expect(crowd.reads).toBeLessThanOrEqual(mostReads(crowd.tookMs));
  });

  it('of four deployments, fifty each, are each told their own', async () => {
    await setSteps();
    const paths: ClusterPath[] = [];
    for (const name of ['east', 'west', 'north', 'south']) paths.push(await createSmall(api, name));
    const before = await readsOf();
    const startedAt = performance.now();
    const all = await Promise.all(
      paths.map(async (path) => {
        const streams = await openMany(path, 50);
        return { path, seen: await Promise.all(streams.map(({ events }) => collect(events))) };
      }),
    );
    const tookMs = performance.now() - startedAt;
    expect((await readsOf()) - before).toBeLessThanOrEqual(4 * mostReads(tookMs));
    for (const { path, seen } of all) {
      const truth = await snapshotOf(api, path);
      expect(truth.rows.every(({ id }) => id.includes(`/${path.resourceGroup}/`))).toBe(true);
      expectAllTold(seen, truth);
    }
  });

  it('that have all gone leave ARM alone', async () => {
    const reads = new Map<string, number>();
    let onRead: (() => void) | undefined;
    const gate = await startGate(cloud, ({ path: address }) => {
      const stack = /\/deploymentstacks\/([^/]+)$/i.exec(address)?.[1];
      if (stack !== undefined) reads.set(stack, (reads.get(stack) ?? 0) + 1);
      onRead?.();
      return Promise.resolve();
    });
    const gated = await startApi({ ...gate.settings, ...patientSettings, watchIntervalMs: 20 });
    const reached = (stack: string, count: number) =>
      new Promise<void>((resolve) => {
        onRead = () => {
          if ((reads.get(stack) ?? 0) >= count) resolve();
        };
        onRead();
      });
    try {
      await setMoods(cloud, { work: [{ mood: 'never-ends', action: 'write' }] });
      const left = await createSmall(gated, 'left');
      const clock = await createSmall(gated, 'clock');
      const ticking = await openEvents(gated, routes.clusterDeploymentEvents(clock));
      const streams = await Promise.all(
        Array.from({ length: 20 }, () => openEvents(gated, routes.clusterDeploymentEvents(left))),
      );
      await reached('left', (reads.get('left') ?? 0) + 3);
      for (const { stop } of streams) stop();
      // Time is told by a deployment that is still watched: first for what is under way, then to see that no more comes.
      await reached('clock', (reads.get('clock') ?? 0) + 5);
      const before = reads.get('left');
      await reached('clock', (reads.get('clock') ?? 0) + 20);
      expect(reads.get('left')).toBe(before);
      ticking.stop();
    } finally {
      await gated.close();
      await gate.close();
    }
  });
});
