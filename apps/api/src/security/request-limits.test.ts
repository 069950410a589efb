import { apiErrorSchema, routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openEvents } from '../../test/cluster.test-support.ts';
import { setMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';
import { createSmall } from '../../test/watching.test-support.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const nowhere = { subscriptionId: '11111111-1111-1111-1111-111111111111', resourceGroup: 'g', name: 'c' };
const subscription = nowhere.subscriptionId;

let cloud: RunningCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

async function withApi(
  settings: Parameters<typeof startApi>[0],
  work: (api: RunningApi) => Promise<void>,
): Promise<void> {
  const api = await startApi({ ...cloud.settings, ...settings });
  try {
    await work(api);
  } finally {
    await api.close();
  }
}

/** Sends the same until it is refused for being too much; answers how often it was taken, and the refusal. */
async function untilRefused(send: () => Promise<Response>, most: number) {
  for (let taken = 0; taken <= most; taken += 1) {
    const answer = await send();
    const { status } = answer;
    const retryAfter = answer.headers.get('retry-after');
    const text = await answer.text();
    if (status === 429) return { taken, retryAfter, error: apiErrorSchema.parse(JSON.parse(text)).error };
  }
  throw new Error('Nothing was refused.');
}

/** As if a proxy had passed it on from this address. */
const from = (api: RunningApi, address: string) =>
  api.fetch(routes.subscriptions(), { headers: { 'x-forwarded-for': address } });

describe('the number of requests in a minute', () => {
  it.each([
    ['read', 20, 'requests', (api: RunningApi) => api.fetch(routes.resourceGroups(subscription))],
    [
      'DNS check',
      4,
      'checks',
      (api: RunningApi) => api.fetch(routes.dnsAvailability(subscription, 'westeurope', 'abc')),
    ],
    [
      'validation',
      4,
      'checks',
      (api: RunningApi) => api.send('POST', routes.validateCluster(), { spec: {} }),
    ],
    [
      'check of an entrance',
      4,
      'checks',
      (api: RunningApi) => api.send('POST', routes.checkEntrance(nowhere), { kind: 'ssh', port: 22 }),
    ],
    ['creation', 2, 'changes', (api: RunningApi) => api.send('POST', routes.clusters(), {})],
    [
      'delete',
      2,
      'changes',
      (api: RunningApi) => api.send('DELETE', routes.cluster(nowhere), { confirmName: 'c' }),
    ],
    [
      'delete of a cluster that is called like a check',
      2,
      'changes',
      (api: RunningApi) =>
        api.send('DELETE', routes.cluster({ ...nowhere, resourceGroup: 'connect', name: 'check' }), {
          confirmName: 'check',
        }),
    ],
    ['cancel', 2, 'changes', (api: RunningApi) => api.send('POST', routes.cancelDeployment(nowhere))],
    ['redeploy', 2, 'changes', (api: RunningApi) => api.send('POST', routes.redeployCluster(nowhere), {})],
  ] as const)(
    'is limited for a %s, and the refusal says when to try again',
    async (_name, limit, word, send) => {
      await withApi({ requestsPerMinute: 20 }, async (api) => {
        const { taken, retryAfter, error } = await untilRefused(() => send(api), 20);
        expect(taken).toBe(limit);
        expect(error.code).toBe('TooManyRequests');
        expect(Number(retryAfter)).toBeGreaterThan(0);
        expect(Number(retryAfter)).toBeLessThanOrEqual(60);
        expect(error.message).toMatch(
          new RegExp(`^More than ${limit} ${word} .* Try again in ${retryAfter} second`),
        );
        // The rest goes on: pages, health, the session.
        expect((await api.fetch(routes.health())).status).toBe(200);
        expect((await api.session()).signedIn).toBe(true);
      });
    },
  );

  it('is counted apart for each person who has signed in, and by address before that', async () => {
    const accessSecret = 'correct horse battery staple';
    await withApi({ requestsPerMinute: 20, accessSecret }, async (api) => {
      await api.send('POST', routes.signIn(), { secret: accessSecret });
      const read = () => api.fetch(routes.subscriptions());
      expect((await untilRefused(read, 20)).taken).toBe(20);
      await api.session();
      await api.send('POST', routes.signIn(), { secret: accessSecret });
      expect((await read()).status).toBe(200);
    });
  });

  it('goes by the address that a proxy tells only where that proxy is trusted', async () => {
    await withApi({ requestsPerMinute: 20 }, async (api) => {
      let turn = 0;
      expect((await untilRefused(() => from(api, `198.51.100.${(turn += 1)}`), 20)).taken).toBe(20);
    });
    await withApi({ requestsPerMinute: 20, trustedProxies: ['127.0.0.1'] }, async (api) => {
      expect((await untilRefused(() => from(api, '198.51.100.1'), 20)).taken).toBe(20);
      expect((await from(api, '198.51.100.2')).status).toBe(200);
    });
  });
});

describe('event streams', () => {
  it('are limited for one client and for all, until some are closed', async () => {
    await setMoods(cloud, { work: [{ mood: 'never-ends', action: 'write' }] });
    await withApi({ eventStreams: 12, trustedProxies: ['127.0.0.1'] }, async (api) => {
      const path = await createSmall(api, 'full');
      const route = routes.clusterDeploymentEvents(path);
      const open = async (address: string) => {
        const aborted = new AbortController();
        const response = await api.fetch(route, {
          signal: aborted.signal,
          headers: { 'x-forwarded-for': address },
        });
        return { response, stop: () => aborted.abort() };
      };
      const one = [await open('198.51.100.1'), await open('198.51.100.1'), await open('198.51.100.1')];
      expect(one.map(({ response }) => response.status)).toEqual([200, 200, 200]);
      const tooMany = (await open('198.51.100.1')).response;
      expect(tooMany.status).toBe(429);
      expect(tooMany.headers.get('retry-after')).toBe('10');
      expect(apiErrorSchema.parse(await tooMany.json()).error).toMatchObject({
        code: 'TooManyRequests',
        message: expect.stringMatching(/^You have 3 event streams open/) as string,
      });
      for (const client of [2, 3, 4])
        for (let turn = 0; turn < 3; turn += 1)
          expect((await open(`198.51.100.${client}`)).response.status).toBe(200);
      const full = (await open('198.51.100.5')).response;
      expect(apiErrorSchema.parse(await full.json()).error).toMatchObject({
        code: 'TooManyRequests',
        message: expect.stringMatching(/^The portal has 12 event streams open/) as string,
      });
      for (const { stop } of one) stop();
      await expect
        .poll(async () => {
          const { response, stop } = await open('198.51.100.5');
          stop();
          return response.status;
        })
        .toBe(200);
    });
  });

  it('that could not be opened take no place', async () => {
    await withApi({ eventStreams: 4 }, async (api) => {
      for (let turn = 0; turn < 10; turn += 1) {
        const { response, stop } = await openEvents(api, routes.clusterDeploymentEvents(nowhere));
        expect(response.status).toBe(404);
        stop();
      }
    });
  });
});
