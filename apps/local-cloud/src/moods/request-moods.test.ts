import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ResourceManagementClient } from '@azure/arm-resources';
import {
  connect,
  plainRequest,
  rejection,
  startTestCloud,
  subscription,
  testSecret,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { testProvider } from '../test-provider.test-support.ts';

// The machine may be busy with other tests.
vi.setConfig({ testTimeout: 60_000, expect: { poll: { timeout: 20_000 } } });

let cloud: TestCloud;
/** Microsoft's client as programs use it: it tries again by itself. */
let patient: ResourceManagementClient;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
  patient = new ResourceManagementClient(cloud.access.credential, subscription, {
    ...cloud.access.options,
    retryOptions: { maxRetries: 3, retryDelayInMs: 1 },
  });
  await cloud.resources.resourceGroups.createOrUpdate('rg', { location: 'eastus' });
});
afterAll(() => cloud.close());
afterEach(() => setMoods());

const group = `/subscriptions/${subscription}/resourcegroups`;
const read = (name = 'rg') => cloud.send('GET', `${group}/${name}?api-version=2025-04-01`);
const setMoods = (...requests: object[]) => cloud.send('PUT', '/slipway/moods', { body: { requests } });
const strikes = async () =>
  (await cloud.send('GET', '/slipway/moods')).json.requests.map(
    ({ struck }: { struck: number }) => struck,
  ) as number[];
/** How each of so many reads ends: its status, or the error of the connection. */
async function ends(times: number): Promise<(number | string)[]> {
  const found: (number | string)[] = [];
  for (let index = 0; index < times; index += 1)
    found.push(
      await read().then(
        ({ status }) => status,
        ({ code }: { code: string }) => code,
      ),
    );
  return found;
}

/** How thirty reads end when a share of them is struck. */
async function draw(share: number, seed: number): Promise<(number | string)[]> {
  await setMoods({ mood: 'status', status: 500, share, seed });
  return ends(30);
}
const groupReads = async () =>
  (await cloud.send('GET', '/slipway/requests')).json.counts[
    'GET /subscriptions/{subscriptionId}/resourcegroups/{resourceGroup}'
  ] as number;

describe('a mood of a request', () => {
  test("that is a status answers in Azure's words and form, and the SDK tries again", async () => {
    await setMoods({ mood: 'status', status: 429, retryAfterSeconds: 0, times: 2 });
    const refused = await rejection(cloud.resources.resourceGroups.get('rg'));
    expect(refused).toMatchObject({ code: 'SubscriptionRequestsThrottled', statusCode: 429 });
    expect(refused.message).toContain("Number of 'read' requests");
    expect(await patient.resourceGroups.get('rg')).toMatchObject({ name: 'rg' });
    expect(await strikes()).toEqual([2]);
  });

  test.each([
    [{ status: 429 }, 'SubscriptionRequestsThrottled', '1'],
    [{ status: 429, retryAfterSeconds: 17 }, 'SubscriptionRequestsThrottled', '17'],
    [{ status: 500 }, 'InternalServerError', undefined],
    [{ status: 503, retryAfterSeconds: 5 }, 'ServiceUnavailable', '5'],
    [{ status: 504 }, 'GatewayTimeout', undefined],
    [{ status: 409, code: 'Conflict', message: 'Not now.' }, 'Conflict', undefined],
  ])('%o answers %s and, where it has one, when to come back', async (mood, code, retryAfter) => {
    await setMoods({ mood: 'status', ...mood });
    const answer = await read();
    expect(answer.status).toBe(mood.status);
    expect(answer.json.error.code).toBe(code);
    expect(answer.json.error.message).toContain('message' in mood ? mood.message : ' ');
    expect(answer.headers['retry-after']).toBe(retryAfter);
    expect(answer.headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('that is a reset cuts the connection before anything is done, and the SDK tries again', async () => {
    await setMoods({ mood: 'reset', method: 'PUT', times: 1 });
    const lost = await rejection(
      cloud.send('PUT', `${group}/never?api-version=2025-04-01`, { body: { location: 'eastus' } }),
    );
    expect(lost.code).toBe('ECONNRESET');
    expect((await read('never')).status).toBe(404);
    await setMoods({ mood: 'reset', times: 2 });
    expect(await patient.resourceGroups.get('rg')).toMatchObject({ name: 'rg' });
    expect(await strikes()).toEqual([2]);
  });

  test('that is a lost answer cuts the connection after the work is done', async () => {
    await setMoods({ mood: 'lost-answer', method: 'PUT', times: 1 });
    const lost = await rejection(
      cloud.send('PUT', `${group}/made?api-version=2025-04-01`, { body: { location: 'eastus' } }),
    );
    expect(lost.code).toBe('ECONNRESET');
    expect((await read('made')).status).toBe(200);
  });

  test('that is slow carries out the work at once and holds the answer back', async () => {
    await setMoods({ mood: 'slow', delayMs: 3_600_000, method: 'PUT' });
    const answer = cloud.send('PUT', `${group}/late?api-version=2025-04-01`, {
      body: { location: 'eastus' },
    });
    await expect.poll(async () => (await read('late')).status).toBe(200);
    await setMoods({ mood: 'slow', delayMs: 1 });
    expect((await read()).status).toBe(200);
    const state = await Promise.race([answer.then(() => 'answered'), read().then(() => 'not answered')]);
    expect(state).toBe('not answered');
    void answer.catch(() => undefined);
  });

  test("that is an expired token answers as Azure does, and the SDK tells the error's name", async () => {
    await setMoods({ mood: 'expired-token' });
    const answer = await read();
    expect([answer.status, answer.json.error.code]).toEqual([401, 'ExpiredAuthenticationToken']);
    expect(answer.json.error.message).toMatch(
      /^The access token expiry UTC time '\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M' is earlier than current UTC time '/,
    );
    expect(answer.headers['www-authenticate']).toMatch(
      /^Bearer authorization_uri="https:\/\/localhost:\d+\/adfs", error="invalid_token"/,
    );
    expect(await rejection(cloud.resources.resourceGroups.get('rg'))).toMatchObject({
      code: 'ExpiredAuthenticationToken',
      statusCode: 401,
    });
  });
});

describe('which requests a mood strikes', () => {
  test('is told by method and by a glob over the path, whatever its case', async () => {
    await setMoods({
      mood: 'status',
      status: 503,
      method: 'get',
      path: '/subscriptions/*/resourceGroups/R?',
    });
    expect((await read()).status).toBe(200);
    await setMoods({
      mood: 'status',
      status: 503,
      method: 'get',
      path: '/subscriptions/*/resourceGroups/R*',
    });
    expect((await read()).status).toBe(503);
    expect((await read('made')).status).toBe(200);
    const put = await cloud.send('PUT', `${group}/rg?api-version=2025-04-01`, {
      body: { location: 'eastus' },
    });
    expect(put.status).toBe(200);
  });

  test('is told by how many pass first and how often it strikes', async () => {
    await setMoods({ mood: 'status', status: 500, skip: 2, times: 1 });
    expect(await ends(5)).toEqual([200, 200, 500, 200, 200]);
  });

  test('is told by a share, the same requests for the same seed', async () => {
    const first = await draw(0.5, 7);
    expect(await draw(0.5, 7)).toEqual(first);
    expect(await draw(0.5, 8)).not.toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(new Set(await draw(0, 7))).toEqual(new Set([200]));
    expect(new Set(await draw(1, 7))).toEqual(new Set([500]));
  });

  test('is told by their order: the first that strikes is the one', async () => {
    await setMoods(
      { mood: 'status', status: 429, times: 1 },
      { mood: 'reset', times: 1 },
      { mood: 'status', status: 503, times: 1 },
    );
    expect(await ends(4)).toEqual([429, 'ECONNRESET', 503, 200]);
    expect(await strikes()).toEqual([1, 1, 1]);
  });

  test('includes sign-in only where the path says so, and never the moods themselves', async () => {
    const signIn = () =>
      plainRequest(new URL('/adfs/oauth2/token', cloud.cloud.endpoint), cloud.cloud.certificatePem, 'POST', {
        body: `grant_type=client_credentials&client_id=slipway-local&client_secret=${encodeURIComponent(testSecret)}`,
      });
    await setMoods({ mood: 'status', status: 503 });
    expect([(await signIn()).status, (await read()).status]).toEqual([200, 503]);
    await setMoods({ mood: 'status', status: 503, path: '/adfs/*' });
    expect([(await signIn()).status, (await read()).status]).toEqual([503, 200]);
    await setMoods({ mood: 'reset', path: '*' });
    expect((await cloud.send('GET', '/SLIPWAY/Moods')).json.requests).toEqual([
      { mood: 'reset', path: '*', struck: 0 },
    ]);
  });

  test('does not change what is counted: every request that came in', async () => {
    const before = await groupReads();
    await setMoods({ mood: 'reset', times: 1 }, { mood: 'status', status: 500, times: 1 });
    await ends(3);
    expect(await groupReads()).toBe(before + 3);
  });
});

describe('the address of the moods', () => {
  test('needs a token', async () => {
    const answer = await cloud.send('PUT', '/slipway/moods', {
      body: {},
      headers: { authorization: 'none' },
    });
    expect(answer.status).toBe(401);
  });

  test('takes back what it answered, and counts anew', async () => {
    await setMoods({ mood: 'status', status: 500, times: 1 });
    await ends(1);
    const told = (await cloud.send('GET', '/slipway/moods')).json;
    expect(told).toEqual({ requests: [{ mood: 'status', status: 500, times: 1, struck: 1 }], work: [] });
    const put = await cloud.send('PUT', '/slipway/moods', { body: told });
    expect([put.status, put.json.requests[0].struck]).toEqual([200, 0]);
  });

  test.each([
    [[], /expected object/],
    [{ request: [] }, /"request"/],
    [{ requests: [{ mood: 'sulks' }] }, /requests\[0\]\.mood/],
    [{ requests: [{ mood: 'reset' }, { mood: 'status', status: 200 }] }, /requests\[1\]\.status/],
    [{ requests: [{ mood: 'reset', share: 2 }] }, /requests\[0\]\.share/],
    [{ work: [{ mood: 'slow', delayMs: '1' }] }, /work\[0\]\.delayMs/],
    [{ work: [{ mood: 'fails', error: { code: 'x' } }] }, /work\[0\]\.error\.message/],
  ])('refuses %j and says where it is wrong', async (body, place) => {
    const kept = await setMoods({ mood: 'status', status: 500, path: '/kept' });
    const answer = await cloud.send('PUT', '/slipway/moods', { body });
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidRequestContent']);
    expect(answer.json.error.message).toMatch(place);
    expect((await cloud.send('GET', '/slipway/moods')).json).toEqual(kept.json);
  });
});

test('a cloud that ends answers late requests before it does', async () => {
  const ending = await startTestCloud({
    settings: { moods: { requests: [{ mood: 'slow', delayMs: 3_600_000 }], work: [] } },
  });
  const { send } = connect(ending.cloud.endpoint, ending.cloud.certificatePem, testSecret);
  const answer = send('GET', '/subscriptions?api-version=2022-12-01');
  const struck = async () => (await send('GET', '/slipway/moods')).json.requests[0].struck;
  await expect.poll(struck).toBe(1);
  await ending.close();
  expect((await answer).status).toBe(200);
});
