import { apiErrorSchema, routes } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type SeenEvent, openEvents } from '../../test/cluster.test-support.ts';
import { setMoods, struckMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';
import { byId, createSmall, replay, snapshotOf, typesOf } from '../../test/watching.test-support.ts';

vi.setConfig({ testTimeout: 40_000, hookTimeout: 30_000 });

let cloud: RunningCloud;
let api: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});
afterEach(() => setMoods(cloud, {}));

const slowWork = { mood: 'slow', action: 'write', delayMs: 300 };
const stackReads = { method: 'GET', path: '*/deploymentstacks/*' };

/** Follows to the end; `onEvent` sees every event but the heartbeats as it comes. */
async function followWith(
  events: AsyncIterable<SeenEvent>,
  onEvent: (seen: readonly SeenEvent[]) => Promise<void>,
): Promise<SeenEvent[]> {
  const seen: SeenEvent[] = [];
  for await (const event of events) {
    if (event.event.type === 'alive') continue;
    seen.push(event);
    await onEvent(seen);
  }
  return seen;
}

const problemsIn = (seen: readonly SeenEvent[]) =>
  seen.flatMap(({ event }) => (event.type === 'problem' ? [event.message] : []));

describe('the events of a deployment while ARM is in trouble', () => {
  it.each([
    [
      'takes no more requests',
      { mood: 'status', status: 429, retryAfterSeconds: 30, code: 'TooManyRequests', times: 1 },
      /^Azure Resource Manager asks for fewer requests\. The next try is in 30 s\.$/,
    ],
    [
      'has a fault of its own',
      { mood: 'status', status: 503, retryAfterSeconds: 30, code: 'ServerBusy', message: 'Busy.', times: 1 },
      /^Azure Resource Manager answered: Busy \(ServerBusy\)\. The next try is in 30 s\.$/,
    ],
    [
      'refuses',
      { mood: 'status', status: 403, code: 'AuthorizationFailed', message: 'Not you.', times: 2 },
      /^Azure Resource Manager answered: Not you \(AuthorizationFailed\)\. The next try is in \d+ s\.$/,
    ],
  ] as const)('that %s say so once and in words, also to who joins then', async (name, mood, words) => {
    await setMoods(cloud, { work: [{ mood: 'never-ends', action: 'write' }] });
    const path = await createSmall(api, `troubled-${name.split(' ')[0]}`);
    const route = routes.clusterDeploymentEvents(path);
    const { events, stop } = await openEvents(api, route);
    const seen: SeenEvent[] = [];
    for await (const event of events) {
      if (event.event.type === 'alive') continue;
      seen.push(event);
      if (seen.length === 1)
        await setMoods(cloud, {
          requests: [{ ...stackReads, ...mood }],
          work: [{ mood: 'never-ends', action: 'write' }],
        });
      if (event.event.type === 'problem') break;
    }
    expect(problemsIn(seen)).toEqual([expect.stringMatching(words)]);
    const late = await openEvents(api, route);
    const lateSeen: SeenEvent[] = [];
    for await (const event of late.events) {
      lateSeen.push(event);
      if (lateSeen.length === 2) break;
    }
    // A refusal may be over by then; what ARM asks to wait for is not.
    if (name !== 'refuses') {
      expect(typesOf(lateSeen)).toEqual(['snapshot', 'problem']);
      expect(await struckMoods(cloud)).toEqual([1]);
    }
    stop();
    late.stop();
  });

  it('with resets, faults and expired tokens all over still tell the whole course', async () => {
    await setMoods(cloud, { work: [slowWork] });
    const path = await createSmall(api, 'stormy');
    const { events } = await openEvents(api, routes.clusterDeploymentEvents(path));
    const seen = await followWith(events, async (known) => {
      if (known.length !== 1) return;
      await setMoods(cloud, {
        work: [slowWork],
        requests: [
          { mood: 'reset', method: 'GET', share: 0.15, seed: 1 },
          { mood: 'status', status: 500, method: 'GET', share: 0.15, seed: 2 },
          { mood: 'status', status: 429, retryAfterSeconds: 0, method: 'GET', share: 0.1, seed: 3 },
          { mood: 'slow', delayMs: 150, method: 'GET', share: 0.1, seed: 4 },
          { mood: 'expired-token', method: 'GET', times: 2 },
        ],
      });
    });
    await setMoods(cloud, {});
    const truth = await snapshotOf(api, path);
    expect(typesOf(seen).at(-1)).toBe('ended');
    expect(truth.deployment.state).toBe('Succeeded');
    expect(byId(replay(seen))).toEqual(byId(truth));
  });

  it('are not begun where ARM tells nothing: the answer is an error, and its next one comes without asking', async () => {
    await setMoods(cloud, { work: [slowWork] });
    const path = await createSmall(api, 'unknown');
    const other = await startApi(cloud.settings);
    try {
      await setMoods(cloud, {
        work: [slowWork],
        requests: [{ ...stackReads, mood: 'status', status: 429, retryAfterSeconds: 60, times: 5 }],
      });
      for (let turn = 0; turn < 3; turn += 1) {
        const { response } = await openEvents(other, routes.clusterDeploymentEvents(path));
        expect(response.status).toBe(429);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50);
        expect(apiErrorSchema.parse(await response.json()).error.code).toBe('TooManyRequests');
      }
      expect(await struckMoods(cloud)).toEqual([1]);
    } finally {
      await other.close();
    }
  });
});
