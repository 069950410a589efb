import { apiErrorSchema, routes, subscriptionSchema } from '@slipway/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { armOf } from '../../test/arm.test-support.ts';
import { specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { setMoods, struckMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';

// ARM is waited for in earnest, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const timeLimitMs = 600;
let cloud: RunningCloud;
let api: RunningApi;
let hurriedApi: RunningApi;
beforeAll(async () => {
  cloud = await startCloud();
  [api, hurriedApi] = await Promise.all([
    startApi(cloud.settings),
    startApi({ ...cloud.settings, armTimeLimitMs: timeLimitMs }),
  ]);
});
afterEach(() => setMoods(cloud, {}));
afterAll(async () => {
  await Promise.all([api.close(), hurriedApi.close()]);
  await cloud.close();
});

const subscriptions = '/subscriptions';
const readSubscriptions = (through: RunningApi = api) => through.fetch(routes.subscriptions());
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; tookMs: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, tookMs: performance.now() - startedAt };
}

/** Each mood strikes the list of an empty group of its own: so they are all waited for at the same time. */
async function strikeGroups(moods: readonly (Record<string, unknown> & { mood: string })[]) {
  const { resources } = await armOf(cloud).clients(subscriptionId);
  const groups = moods.map((_mood, index) => `struck-${index}`);
  await Promise.all(
    groups.map((group) => resources.resourceGroups.createOrUpdate(group, { location: 'westeurope' })),
  );
  await setMoods(cloud, {
    requests: moods.map((mood, index) => ({ ...mood, path: `*/resourcegroups/struck-${index}/resources` })),
  });
  const answers = await Promise.all(
    groups.map((group) => timed(() => api.fetch(routes.groupResources(subscriptionId, group)))),
  );
  return { answers, struck: await struckMoods(cloud) };
}

describe('a fault that passes', () => {
  it('is not noticed by the person, whatever it is', async () => {
    const { answers, struck } = await strikeGroups([
      { mood: 'status', status: 429, retryAfterSeconds: 1, times: 2 },
      { mood: 'status', status: 429, retryAfterSeconds: 2, times: 1 },
      { mood: 'status', status: 500, times: 2 },
      { mood: 'status', status: 503, times: 2 },
      { mood: 'status', status: 504, times: 2 },
      { mood: 'reset', times: 2 },
      { mood: 'lost-answer', times: 2 },
    ]);
    expect(answers.map(({ result }) => result.status)).toEqual(answers.map(() => 200));
    expect(struck).toEqual([2, 1, 2, 2, 2, 2, 2]);
    // Where ARM says how long, not less.
    expect(answers[1]!.tookMs).toBeGreaterThan(1_950);
  });

  it('may be a token that has expired before its time', async () => {
    await setMoods(cloud, { requests: [{ mood: 'expired-token', path: subscriptions, times: 1 }] });
    const answer = await readSubscriptions();
    expect(answer.status).toBe(200);
    expect(z.array(subscriptionSchema).parse(await answer.json())).toHaveLength(1);
    expect(await struckMoods(cloud)).toEqual([1]);
  });

  it('may be a token that expires before every single request of a submission', async () => {
    const requests = [
      { method: 'GET', path: '*/resourcegroups/renewed-group' },
      { method: 'GET', path: '/subscriptions/*/locations' },
      { method: 'GET', path: '*/microsoft.compute/skus' },
      { method: 'GET', path: '*/checkdnsnameavailability' },
      { method: 'POST', path: '*/deployments/*/validate' },
      { method: 'PUT', path: '*/resourcegroups/renewed-group' },
      { method: 'GET', path: '*/deploymentstacks/*' },
      { method: 'PUT', path: '*/deploymentstacks/*' },
    ];
    const moods = requests.map((match) => ({ mood: 'expired-token', ...match, times: 1 }));
    await setMoods(cloud, { requests: moods });
    const spec = specOf({
      basics: { serviceName: 'renewed', resourceGroup: { kind: 'new', name: 'renewed-group' } },
      master: { dnsPrefix: 'renewed' },
    });
    const answer = await api.send('POST', routes.clusters(), { requestId: crypto.randomUUID(), spec });
    expect(answer.status, await answer.text()).toBe(201);
    expect(await struckMoods(cloud)).toEqual(moods.map(() => 1));
  });

  it('may be on the way to a new token', async () => {
    await setMoods(cloud, {
      requests: [
        { mood: 'expired-token', path: subscriptions, times: 1 },
        { mood: 'status', status: 500, path: '/adfs/*', times: 2 },
      ],
    });
    expect((await readSubscriptions()).status).toBe(200);
    expect(await struckMoods(cloud)).toEqual([1, 2]);
  });
});

describe('a fault that stays', () => {
  it('is told with what it is and what to do, after a few attempts', async () => {
    const { answers, struck } = await strikeGroups([
      { mood: 'status', status: 500 },
      { mood: 'status', status: 503 },
      { mood: 'reset' },
      { mood: 'status', status: 429, retryAfterSeconds: 75 },
    ]);
    expect(struck).toEqual([4, 4, 4, 1]);
    const [internal, unavailable, reset, throttled] = await Promise.all(
      answers.map(({ result }) => errorOf(result)),
    );
    expect(internal).toMatchObject({ status: 502, code: 'ArmError', arm: { code: 'InternalServerError' } });
    expect(internal!.message).toMatch(/fault of its own/);
    expect(internal!.remedy).toMatch(/nothing to correct/);
    expect(unavailable).toMatchObject({ status: 502, code: 'ArmError', arm: { code: 'ServiceUnavailable' } });
    expect(reset).toMatchObject({ status: 503, code: 'CloudUnreachable' });
    // Longer than a person waits: passed on at once.
    expect(throttled).toMatchObject({
      status: 429,
      code: 'TooManyRequests',
      arm: { code: 'SubscriptionRequestsThrottled' },
    });
    expect(throttled!.message).toMatch(/Try again in 75 seconds, at \d\d:\d\d:\d\d UTC\.$/);
    expect(answers[3]!.result.headers.get('retry-after')).toBe('75');
    expect(answers[3]!.tookMs).toBeLessThan(10_000);
  });

  it('of the token is told as a matter of the credential, after one new token', async () => {
    await setMoods(cloud, { requests: [{ mood: 'expired-token', path: subscriptions }] });
    expect(await errorOf(await readSubscriptions())).toMatchObject({
      status: 503,
      code: 'CredentialUnavailable',
      arm: { code: 'ExpiredAuthenticationToken' },
    });
    expect(await struckMoods(cloud)).toEqual([2]);
  });

  it('of the token endpoint is told as such, and is over as soon as the endpoint answers', async () => {
    await setMoods(cloud, {
      requests: [
        { mood: 'expired-token', path: subscriptions, times: 1 },
        { mood: 'status', status: 500, path: '/adfs/*', times: 4 },
      ],
    });
    const error = await errorOf(await readSubscriptions());
    expect(error).toMatchObject({ status: 503, code: 'CredentialUnavailable' });
    expect(error.message).toContain('gave no access token (status 500)');
    expect((await readSubscriptions()).status).toBe(200);
  });
});

describe('an answer that takes too long', () => {
  it('is given up after the time limit, with what may have happened', async () => {
    await setMoods(cloud, { requests: [{ mood: 'slow', delayMs: 30_000, path: subscriptions }] });
    const { result, tookMs } = await timed(() => readSubscriptions(hurriedApi));
    const error = await errorOf(result);
    expect(error).toMatchObject({ status: 504, code: 'CloudTimeout' });
    expect(error.message).toBe('Azure Resource Manager did not answer within 1 second.');
    expect(error.remedy).toContain('may have been done');
    expect(tookMs).toBeLessThan(10_000);
    expect(await struckMoods(cloud)).toEqual([1]);
  });

  it('may be slow within the limit', async () => {
    await setMoods(cloud, { requests: [{ mood: 'slow', delayMs: 1_500, path: subscriptions }] });
    expect((await readSubscriptions()).status).toBe(200);
  });

  it('does not add up: a request that needs many answers ends as a whole', async () => {
    await setMoods(cloud, { requests: [{ mood: 'slow', delayMs: timeLimitMs - 150 }] });
    const spec = specOf({ master: { dnsPrefix: 'slowtest' } });
    const { result, tookMs } = await timed(() => hurriedApi.send('POST', routes.validateCluster(), { spec }));
    expect(await errorOf(result)).toMatchObject({ status: 504, code: 'CloudTimeout' });
    expect(tookMs).toBeLessThan(10_000);
  });
});

describe('a cloud where nobody listens', () => {
  it('is told as such, and is used again at once when it is back', async () => {
    await cloud.stop();
    const { result, tookMs } = await timed(() => readSubscriptions());
    expect(await errorOf(result)).toMatchObject({ status: 503, code: 'CloudUnreachable' });
    expect(tookMs).toBeLessThan(15_000);
    await cloud.start();
    expect((await readSubscriptions()).status).toBe(200);
  });

  it('is waited for a moment: a restart in between is not noticed', async () => {
    await cloud.stop();
    const reading = readSubscriptions();
    await cloud.start();
    expect((await reading).status).toBe(200);
  });
});
