import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainRequest, startTestCloud, subscription, type TestCloud } from '../local-cloud.test-support.ts';
import { testProvider } from '../test-provider.test-support.ts';
import { pathSegments, RouteTable } from './route-table.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ providers: [testProvider] });
});
afterAll(() => cloud.close());

describe('routes', () => {
  const table = new RouteTable(
    ['/a/{x}/c', '/a/b', '/a/b/{y}', '/a/*', '/a/*/on/it', '/a/*/on/{thing}/it'].map((path) => ({
      path,
      methods: {},
    })),
  );
  const find = (path: string) => table.find(pathSegments(path) ?? []);

  test('a literal wins over a placeholder, and a placeholder over the rest', () => {
    expect(find('/a/b/c')?.route.path).toBe('/a/b/{y}');
    expect(find('/a/z/c')?.route.path).toBe('/a/{x}/c');
    expect(find('/a/z/d')).toMatchObject({ route: { path: '/a/*' }, rest: ['z', 'd'] });
  });

  test('the rest goes up to the longest end that fits, and is never empty', () => {
    expect(find('/a/y/z/ON/it')).toMatchObject({ route: { path: '/a/*/on/it' }, rest: ['y', 'z'] });
    expect(find('/a/y/on/the/it')).toMatchObject({
      route: { path: '/a/*/on/{thing}/it' },
      params: { thing: 'the' },
      rest: ['y'],
    });
    expect(find('/a/on/it')).toMatchObject({ route: { path: '/a/*' }, rest: ['on', 'it'] });
    expect(find('/a/y/on/it/then')).toMatchObject({ route: { path: '/a/*' } });
  });

  test('case and empty segments do not count, and names keep their case', () => {
    expect(find('//A//Some%20Name/C/')?.params).toEqual({ x: 'Some Name' });
  });

  test('broken percent encoding has no segments', () => {
    expect(pathSegments('/a/%zz')).toBeUndefined();
  });
});

describe('every request', () => {
  test('needs an api-version, which is a date', async () => {
    const missing = await cloud.send('GET', '/subscriptions');
    expect([missing.status, missing.json.error.code]).toEqual([400, 'MissingApiVersionParameter']);
    const wrong = await cloud.send('GET', '/subscriptions?api-version=latest');
    expect([wrong.status, wrong.json.error.code]).toEqual([400, 'InvalidApiVersionParameter']);
    const preview = await cloud.send('GET', '/subscriptions?api-version=2024-03-01-preview');
    expect(preview.status).toBe(200);
  });

  test('is routed without regard to case, double and trailing slashes', async () => {
    await cloud.resources.resourceGroups.createOrUpdate('CaseGroup', { location: 'eastus' });
    const path = `/SUBSCRIPTIONS/${subscription}//resourcegroups/casegroup/?API-version=2024-01-01`;
    const answer = await cloud.send('GET', path);
    expect(answer.json.id).toBe(`/subscriptions/${subscription}/resourceGroups/CaseGroup`);
  });

  test("is answered with Azure's standard headers", async () => {
    const correlationId = 'a5bfc9e6-1111-4222-8333-c0ffee000000';
    const answer = await cloud.send('GET', '/subscriptions?api-version=2022-12-01', {
      headers: {
        'x-ms-correlation-request-id': correlationId,
        'x-ms-client-request-id': 'mine',
        'x-ms-return-client-request-id': 'true',
      },
    });
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-cache',
      pragma: 'no-cache',
      expires: '-1',
      'x-content-type-options': 'nosniff',
      'x-ms-correlation-request-id': correlationId,
      'x-ms-client-request-id': 'mine',
    });
    expect(answer.headers['x-ms-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers['x-ms-routing-request-id']).toMatch(/^LOCAL:\d{8}T\d{6}Z:/);
    expect(Number(answer.headers['x-ms-ratelimit-remaining-tenant-reads'])).toBeLessThan(12_000);
  });

  test('must name this server in its Host header', async () => {
    const answer = await cloud.send('GET', '/subscriptions?api-version=2022-12-01', {
      headers: { host: 'evil.example:443' },
    });
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidHostName']);
    const signIn = await plainRequest(
      new URL('/metadata/endpoints', cloud.cloud.endpoint),
      cloud.cloud.certificatePem,
      'GET',
      { headers: { host: 'evil.example' } },
    );
    expect(signIn.status).toBe(400);
  });

  test('to nowhere gets 404, and with a method that is not served 405', async () => {
    const nowhere = await cloud.send('GET', '/nowhere/at/all?api-version=2022-12-01');
    expect([nowhere.status, nowhere.json.error.code]).toEqual([404, 'InvalidResourceType']);
    const method = await cloud.send('DELETE', '/subscriptions?api-version=2022-12-01');
    expect([method.status, method.json.error.code]).toEqual([405, 'MethodNotAllowed']);
    const broken = await cloud.send('GET', '/subscriptions/%zz?api-version=2022-12-01');
    expect(broken.status).toBe(400);
  });

  test('is counted by method and route', async () => {
    const counts = async () => (await cloud.send('GET', '/slipway/requests')).json.counts;
    const before = (await counts())['GET /tenants'] ?? 0;
    await cloud.send('GET', '/tenants?api-version=2022-12-01');
    await cloud.send('GET', '/TENANTS?api-version=2022-12-01');
    expect((await counts())['GET /tenants']).toBe(before + 2);
  });
});

describe('a request body', () => {
  const group = `/subscriptions/${subscription}/resourcegroups/bodies?api-version=2022-12-01`;

  test('may be what Azure lets pass: comments, unquoted keys, single quotes', async () => {
    const body = "\uFEFF{ /* here */ location: 'East US', // there\n tags: { 'big': \"yes\", } }";
    const answer = await cloud.send('PUT', group, { body });
    expect(answer.status).toBe(201);
    expect(answer.json.location).toBe('eastus');
  });

  test.each([
    ['no JSON', '{"location": '],
    ['no object', '[1, 2]'],
    ['not there', ''],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1')],
  ])('that is %s gets 400', async (_name, body) => {
    const answer = await cloud.send('PUT', group, { body });
    expect([answer.status, answer.json.error.code]).toEqual([400, 'InvalidRequestContent']);
  });

  test('that is too large gets 413', async () => {
    const answer = await cloud.send('PUT', group, { body: `{"location":"${'x'.repeat(9 * 1024 * 1024)}"}` });
    expect([answer.status, answer.json.error.code]).toEqual([413, 'RequestContentTooLarge']);
  });

  test('keeps integers that a double cannot hold', async () => {
    const path = `/subscriptions/${subscription}/resourcegroups/bodies/providers/Microsoft.Test/others/big?api-version=2026-01-01`;
    await cloud.send('PUT', path, { body: '{"properties":{"big":9007199254740993}}' });
    const answer = await cloud.send('GET', path);
    expect(answer.text).toContain('"big":9007199254740993');
  });
});
