import { randomUUID } from 'node:crypto';
import { apiErrorSchema, routes } from '@slipway/contract';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { pathOf, specOf, subscriptionId } from '../test/cluster.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../test/portal.test-support.ts';
import {
  type RawRequest,
  errorIn,
  sendBytes,
  sendRaw,
  sessionHeaders,
} from '../test/raw-requests.test-support.ts';

interface Operation {
  method: string;
  /** With `{name}` for every parameter. */
  path: string;
}

// Hundreds of requests a test, on a machine that may be busy.
vi.setConfig({ testTimeout: 20_000 });

let cloud: RunningCloud;
let api: RunningApi;
let session: Record<string, string>;
/** Every route there is, as the OpenAPI document has it. */
let operations: readonly Operation[];
beforeAll(async () => {
  cloud = await startCloud();
  api = await startApi(cloud.settings);
  session = await sessionHeaders(api.address);
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(await (await api.fetch(routes.openapi())).json());
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

const send = (request: RawRequest) =>
  sendRaw(api.address, { ...request, headers: { ...session, ...request.headers } });
const json = { 'content-type': 'application/json' };
const fill = (path: string, value: (name: string) => string) =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => value(name));
const wellFormed: Readonly<Record<string, string>> = {
  subscriptionId,
  resourceGroup: 'nowhere',
  name: 'nothing',
  region: 'westeurope',
};
const addressOf = ({ path }: Operation) => fill(path, (name) => wellFormed[name] ?? 'x');
const takesBody = ({ method, path }: Operation) =>
  method === 'DELETE' || (method === 'POST' && !/cancel$|sign-out$/.test(path));

async function expectRefusal(request: RawRequest, statuses: readonly number[]): Promise<void> {
  const answer = await send(request);
  const told = `${request.method} ${request.url}: ${answer.text}`;
  expect(statuses, told).toContain(answer.status);
  const error = errorIn(answer);
  expect(error.message, told).not.toBe('');
  expect(error.remedy, told).not.toBe('');
  expect(error.correlationId, told).toBe(answer.headers['x-correlation-id']);
}

describe('every route', () => {
  it('refuses a method that it does not have', async () => {
    const known = new Set(operations.map(({ method, path }) => `${method} ${path}`));
    for (const path of new Set(operations.map((operation) => operation.path)))
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])
        if (!known.has(`${method} ${path}`))
          await expectRefusal({ method, url: addressOf({ method, path }) }, [404, 405]);
  });

  it('refuses addresses whose encoding is broken or whose parameters are nothing of the kind', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{')))
      for (const part of ['%', '%zz', '%c3%28', '%00', '%2e%2e', '%2F', '%F0%9F%9A%A2', 'a'.repeat(400), ' '])
        await expectRefusal(
          {
            method: operation.method,
            url: fill(operation.path, () => part.replace(' ', '%20')),
            headers: takesBody(operation) ? json : {},
            body: takesBody(operation) ? '{}' : '',
          },
          [400, 404],
        );
  });

  it('with a body refuses one that is too large, no JSON, of another type, or hostile', async () => {
    for (const operation of operations.filter(takesBody)) {
      const url = addressOf(operation);
      const post = (body: string, type: string, statuses: readonly number[]) =>
        expectRefusal({ method: operation.method, url, headers: { 'content-type': type }, body }, statuses);
      await post(JSON.stringify({ filler: 'x'.repeat(300 * 1024) }), 'application/json', [413]);
      await post('{}', 'text/plain', [415]);
      await post('{}', 'application/xml', [415]);
      await post('a=b', 'application/x-www-form-urlencoded', [415]);
      for (const body of [
        '',
        '{',
        'null',
        '[]',
        '"text"',
        '1e999',
        '{}',
        '\u0000',
        '{"spec":{"basics":[],"master":5,"agent":null},"requestId":{},"confirmName":[],"secret":{}}',
        '{"__proto__":{"admin":true}}',
        '{"spec":{"__proto__":{"basics":{}}}}',
        '{"constructor":{"prototype":{"admin":true}}}',
        '['.repeat(100_000),
        `${'{"spec":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
      ])
        await post(body, 'application/json', [400, 404, 429]);
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('answers whatever it is sent in time, never with a failure, and refuses in the form of errors', async () => {
    const hostileText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.toWellFormed()),
      fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.toWellFormed()),
      fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        '..',
        '.',
        '-',
        '',
        '*',
        "' or 1 eq 1",
        '\u202e',
      ),
      fc.constantFrom(...Object.values(wellFormed)),
    );
    const segment = hostileText.map((text) => encodeURIComponent(text));
    const spec = specOf({});
    const brokenSpec = fc
      .tuple(
        fc.constantFrom(...(['basics', 'master', 'agent'] as const)),
        fc.constantFrom(...[spec.basics, spec.master, spec.agent].flatMap((step) => Object.keys(step)), 'x'),
        fc.oneof(fc.jsonValue(), hostileText),
      )
      .map(([step, field, value]) => ({ ...spec, [step]: { ...spec[step], [field]: value } }));
    const body = fc.oneof(
      fc.jsonValue().map((value) => JSON.stringify(value)),
      brokenSpec.map((broken) => JSON.stringify({ requestId: randomUUID(), spec: broken })),
      fc
        .record({ confirmName: fc.jsonValue(), deleteResourceGroup: fc.jsonValue() }, { requiredKeys: [] })
        .map((value) => JSON.stringify(value)),
      hostileText,
    );
    const type = fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'application/json; charset=utf-16',
      'application/json, text/html',
      'text/plain',
      'multipart/form-data',
      '',
    );
    const headerText = fc.string({ maxLength: 60 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?'));

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.array(segment, { minLength: 3, maxLength: 3 }),
        fc.tuple(segment, segment),
        body,
        type,
        fc.tuple(headerText, headerText, headerText),
        async (operation, segments, [queryName, queryValue], text, contentType, headerValues) => {
          const [lastEventId, correlationId, accept] = headerValues;
          const given = [...segments];
          const url = `${fill(operation.path, () => given.shift() ?? 'x')}?${queryName}=${queryValue}&prefix=${queryValue}`;
          const answer = await send({
            method: operation.method,
            url,
            headers: {
              'last-event-id': lastEventId,
              'x-correlation-id': correlationId,
              accept,
              ...(operation.method === 'GET' ? {} : { 'content-type': contentType }),
            },
            ...(operation.method === 'GET' ? {} : { body: text }),
          });
          expect(answer.status, `${operation.method} ${url}: ${answer.text}`).toBeLessThan(500);
          if (answer.status >= 400) errorIn(answer);
        },
      ),
      { numRuns: 400 },
    );
  }, 60_000);
});

describe('the events of a deployment', () => {
  it('are given from the beginning to a reader whose last event id is nonsense', async () => {
    const spec = specOf({});
    const created = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
    expect([201, 409]).toContain(created.status);
    const url = routes.clusterDeploymentEvents(pathOf(spec));
    for (const lastEventId of [
      '~~~',
      '~'.repeat(1000),
      '__proto__',
      '-1',
      '%00%0a',
      `c~${'9'.repeat(400)}~1~x`,
      'c~2026-01-01T00:00:00Z~1~\u00ff',
      '<script>',
    ]) {
      const answer = await send({ method: 'GET', url, headers: { 'last-event-id': lastEventId } });
      expect(answer.status).toBe(200);
      expect(answer.text).toMatch(/^retry: 1000\n\n(id: \S*\n)?event: snapshot\n/);
      expect(answer.text).toMatch(/event: ended\n.*\n\n$/);
    }
    await expectRefusal({ method: 'GET', url, headers: { 'last-event-id': 'x'.repeat(5000) } }, [400]);
    // No stream is opened for one who wants only the headers.
    expect((await send({ method: 'HEAD', url })).status).toBe(404);
  });
});

describe('what is no request', () => {
  it.each([
    ['no HTTP at all', 'HELLO\r\n\r\n', 400],
    [
      'a header that is too large',
      `GET /api/health HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`,
      431,
    ],
    [
      'a body of two lengths',
      'POST /api/clusters HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
    ],
    ['a null byte in a header', 'GET /api/health HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n\r\n', 400],
  ])('%s is refused in the form of errors, and the connection closed', async (_what, bytes, status) => {
    const text = await sendBytes(api.address, bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const body: unknown = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4));
    expect(apiErrorSchema.parse(body).error).toMatchObject({ code: 'InvalidRequest' });
  });
});
