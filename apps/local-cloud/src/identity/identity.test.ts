import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connect,
  plainRequest,
  startTestCloud,
  testSecret,
  testSettings,
  type TestCloud,
} from '../local-cloud.test-support.ts';
import { startLocalCloud } from '../local-cloud.ts';
import { readSettings } from '../settings.ts';
import { HandClock } from '../test-provider.test-support.ts';
import { AccessTokens } from './access-tokens.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [] });
});
afterAll(() => cloud.close());

const ask = (method: string, path: string, options = {}) =>
  plainRequest(new URL(path, cloud.cloud.endpoint), cloud.cloud.certificatePem, method, options);

const askToken = (form: Record<string, string>) =>
  ask('POST', '/adfs/oauth2/token', {
    body: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

const goodForm = { grant_type: 'client_credentials', client_id: 'slipway-local', client_secret: testSecret };

test('the metadata lead a client to the token endpoint, without a token', async () => {
  const metadata = await ask('GET', '/metadata/endpoints?api-version=2015-01-01');
  expect(metadata.json.authentication.loginEndpoint).toBe(`${cloud.cloud.endpoint}/adfs`);
  expect(metadata.json.slipway).toEqual({
    dnsSuffix: 'cloudapp.slipway.internal',
    machines: 'simulated',
    pace: 'instant',
  });
  const discovery = await ask('GET', '/adfs/.well-known/openid-configuration');
  expect(discovery.json.token_endpoint).toBe(`${cloud.cloud.endpoint}/adfs/oauth2/token`);
});

test('client credentials get a token that opens the subscription', async () => {
  const { json } = await askToken({ ...goodForm, scope: 'https://management.azure.com/.default' });
  expect(json).toMatchObject({ token_type: 'bearer', expires_in: 3600 });
  const answer = await ask('GET', '/subscriptions?api-version=2022-12-01', {
    headers: { authorization: `Bearer ${json.access_token}` },
  });
  expect(answer.json.value[0].displayName).toBe('Local subscription');
});

test.each([
  ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client'],
  ['another client', { client_id: 'someone' }, 401, 'invalid_client'],
  ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
])('%s gets no token', async (_name, change, status, error) => {
  const answer = await askToken({ ...goodForm, ...change });
  expect([answer.status, answer.json.error]).toEqual([status, error]);
  expect(answer.text).not.toContain('access_token');
});

test("without a valid token every path gets Azure's 401", async () => {
  const missing = await ask('GET', '/subscriptions?api-version=2022-12-01');
  expect([missing.status, missing.json.error.code]).toEqual([401, 'AuthenticationFailed']);
  expect(missing.headers['www-authenticate']).toContain(`authorization_uri="${cloud.cloud.endpoint}/adfs"`);
  const { json } = await askToken(goodForm);
  for (const token of [`${json.access_token}x`, 'a.b.c', json.access_token.replace(/^[^.]+/, 'e30')]) {
    const answer = await ask('GET', '/no/such/path', { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, answer.json.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
  }
});

test('a token runs out after an hour', async () => {
  const clock = new HandClock();
  const slow = await startTestCloud({ providers: [], clock });
  const list = () => slow.send('GET', '/subscriptions?api-version=2022-12-01');
  expect((await list()).status).toBe(200);
  clock.advance(3_600_000);
  const late = await list();
  expect([late.status, late.json.error.code]).toEqual([401, 'ExpiredAuthenticationToken']);
  await slow.close();
});

test('a token of another cloud is worth nothing', () => {
  const now = new Date();
  const token = new AccessTokens(Buffer.alloc(32, 1), 'tenant').issue('slipway-local', 'arm', now);
  expect(new AccessTokens(Buffer.alloc(32, 1), 'tenant').check(token, now)).toEqual({
    caller: 'slipway-local',
  });
  expect(new AccessTokens(Buffer.alloc(32, 2), 'tenant').check(token, now)).toBe('invalid');
  expect(new AccessTokens(Buffer.alloc(32, 1), 'other').check(token, now)).toBe('invalid');
});

test('certificate and tokens outlive a restart, and private files are private', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'slipway-cloud-'));
  const settings = testSettings({ dataDir });
  const first = await startLocalCloud(settings, { providers: [] });
  const clients = connect(first.endpoint, first.certificatePem, settings.secret);
  await clients.send('GET', '/tenants?api-version=2022-12-01');
  await first.close();
  const port = Number(new URL(first.endpoint).port);
  const second = await startLocalCloud({ ...settings, port }, { providers: [] });
  expect(second.certificatePem).toBe(first.certificatePem);
  expect(readFileSync(join(dataDir, 'local-cloud', 'certificate.pem'), 'utf8')).toBe(first.certificatePem);
  expect((await clients.send('GET', '/tenants?api-version=2022-12-01')).status).toBe(200);
  for (const name of ['key', 'certificate-key.pem'])
    expect(statSync(join(dataDir, 'local-cloud', name)).mode & 0o777).toBe(0o600);
  await second.close();
  rmSync(dataDir, { recursive: true });
});

test('the default secret opens loopback only', async () => {
  expect(() => readSettings({ SLIPWAY_ARM_HOST: '0.0.0.0' })).toThrow(/SLIPWAY_LOCAL_SECRET/);
  expect(readSettings({ SLIPWAY_ARM_HOST: '0.0.0.0', SLIPWAY_LOCAL_SECRET: 'mine' }).host).toBe('0.0.0.0');
  expect(readSettings({ SLIPWAY_ARM_HOST: '127.0.0.1' }).secret).toBe('slipway-local');
  await expect(startLocalCloud(testSettings({ host: '0.0.0.0', secret: 'slipway-local' }))).rejects.toThrow(
    /SLIPWAY_LOCAL_SECRET/,
  );
});

test.each([
  ['SLIPWAY_PACE', 'hurried'],
  ['SLIPWAY_PACE_FACTOR', '0'],
  ['SLIPWAY_PACE_FACTOR', '-1'],
  ['SLIPWAY_PACE_FACTOR', 'twice'],
  ['SLIPWAY_PACE_FACTOR', ''],
  ['SLIPWAY_ARM_PORT', '70000'],
  ['SLIPWAY_ARM_HOST', 'a b'],
  ['SLIPWAY_LOG_LEVEL', 'loud'],
  ['SLIPWAY_LOCAL_SECRET', ''],
])('a bad %s stops the start with one sentence that names it', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^The setting ${name} must [^.]+\\.$`));
});

test('the factor of the pace is 1 unless it is set', () => {
  expect(readSettings({}).paceFactor).toBe(1);
  expect(readSettings({ SLIPWAY_PACE_FACTOR: '0.25' }).paceFactor).toBe(0.25);
});

test('a port that is taken is told by the name of its setting', async () => {
  const port = Number(new URL(cloud.cloud.endpoint).port);
  await expect(startLocalCloud(testSettings({ port }), { providers: [] })).rejects.toThrow(
    /SLIPWAY_ARM_PORT/,
  );
});
