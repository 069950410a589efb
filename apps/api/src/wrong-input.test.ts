import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { apiErrorSchema, csrfHeader, routes } from '@slipway/contract';
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
  body: boolean;
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
  // Thousands of requests in a minute are what this is about.
  api = await startApi({
    ...cloud.settings,
    requestsPerMinute: 1_000_000,
    trustedProxies: ['127.0.0.1'],
  });
  session = await sessionHeaders(api.address);
  const { paths } = z
    .object({
      paths: z.record(z.string(), z.record(z.string(), z.object({ requestBody: z.unknown().optional() }))),
    })
    .parse(await (await api.fetch(routes.openapi())).json());
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      body: requestBody !== undefined,
    })),
  );
});
afterAll(async () => {
  await api.close();
  await cloud.close();
});

let sent = 0;
/** Every request comes from an address of its own: the limit of sign-ins is not what is tested here. */
const send = (request: RawRequest) => {
  sent += 1;
  const from = { 'x-forwarded-for': `10.${sent >> 16}.${(sent >> 8) & 255}.${sent & 255}` };
  return sendRaw(api.address, { ...request, headers: { ...session, ...from, ...request.headers } });
};
const json = { 'content-type': 'application/json' };
const fill = (path: string, value: (name: string) => string) =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => value(name));
const wellFormed: Readonly<Record<string, string>> = {
  subscriptionId,
  resourceGroup: 'nowhere',
  name: 'nothing',
  region: 'westeurope',
};
const addressOf = ({ path }: Pick<Operation, 'path'>) => fill(path, (name) => wellFormed[name] ?? 'x');
const takesBody = ({ body }: Operation) => body;

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
          await expectRefusal({ method, url: addressOf({ path }) }, [404, 405]);
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

  it('refuses a name that would be a step in the path of what ARM is asked', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{')))
      for (const step of ['%2e', '%2e%2e']) {
        const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const url = fill(operation.path, (name) =>
          name === names.at(-1) ? step : (wellFormed[name] ?? 'x'),
        );
        await expectRefusal(
          {
            method: operation.method,
            url,
            headers: takesBody(operation) ? json : {},
            body: takesBody(operation) ? '{}' : '',
          },
          [400],
        );
      }
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
        // A value that no field wants, of a megabyte's quarter less what the rest takes.
        JSON.stringify({ confirmName: 'x'.repeat(255 * 1024), spec: [], requestId: null, secret: 0 }),
        '\u0000',
        '{"spec":{"basics":[],"master":5,"agent":null},"requestId":{},"confirmName":[],"secret":{}}',
        '{"__proto__":{"admin":true}}',
        '{"spec":{"__proto__":{"basics":{}}}}',
        '{"constructor":{"prototype":{"admin":true}}}',
        '['.repeat(100_000),
        `${'{"spec":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
      ])
        await post(body, 'application/json', [400, 404]);
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

/** Sends a body to a route that takes one. */
const post = async (
  operation: Operation,
  body: string | Uint8Array,
  headers: RawRequest['headers'],
  more = {},
) => {
  const { method } = operation;
  return send({ method, url: addressOf(operation), body, headers: { ...json, ...headers }, ...more });
};
const bodies = () => operations.filter(takesBody);

describe('every route that takes a body', () => {
  it('refuses more than its limit, announced or not, also a megabyte of one string', async () => {
    for (const operation of bodies())
      for (const chunked of [false, true]) {
        const answer = await post(
          operation,
          JSON.stringify({ secret: 'x'.repeat(1024 * 1024) }),
          {},
          { chunked },
        );
        expect(answer.status, `${operation.path} ${answer.text}`).toBe(413);
        expect(errorIn(answer)).toMatchObject({ code: 'PayloadTooLarge' });
      }
  });

  it('refuses other encodings than UTF-8 and compressed bodies, and is not misled by them', async () => {
    const text = '{"secret":"","confirmName":"gr\u00fc\u00dfe","requestId":"\u00f6","spec":{}}';
    const utf16 = Buffer.from(text, 'utf16le');
    for (const operation of bodies()) {
      const refusals: [string | Uint8Array, RawRequest['headers'], number[]][] = [
        [utf16, {}, [400]],
        [Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), {}, [400]],
        [Buffer.from(text, 'latin1'), {}, [400]],
        [Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), {}, [400]],
        [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), {}, [400]],
        [utf16, { 'content-type': 'application/json; charset=utf-16le' }, [415]],
        [Buffer.from(text, 'latin1'), { 'content-type': 'application/json; charset=iso-8859-1' }, [415]],
        [gzipSync(text), { 'content-encoding': 'gzip' }, [415]],
        [text, { 'content-encoding': 'gzip' }, [415]],
        [gzipSync(text), {}, [400]],
        [text, { 'content-type': 'multipart/form-data; boundary=x' }, [415]],
        [text, { 'content-type': 'text/html' }, [415]],
        [text, { 'content-type': 'application/jsonp' }, [415]],
        // In UTF-8, with a byte order mark or in chunks, it is read: what it says is what is wrong.
        [`\ufeff${text}`, {}, [400, 401, 404]],
        [text, { 'content-type': 'application/json; charset="UTF-8"' }, [400, 401, 404]],
      ];
      for (const [body, headers, statuses] of refusals)
        for (const chunked of [false, true]) {
          const answer = await post(operation, body, headers, { chunked });
          expect(statuses, `${operation.path} ${JSON.stringify(headers)} ${answer.text}`).toContain(
            answer.status,
          );
          errorIn(answer);
        }
    }
  });

  it('takes headers that come twice for nothing that they are not', async () => {
    const token = session[csrfHeader] ?? '';
    for (const operation of bodies()) {
      const forged = await post(operation, '{}', { [csrfHeader]: [token, 'another'] });
      expect([forged.status, errorIn(forged).code]).toEqual([403, 'CsrfTokenInvalid']);
      const types = await post(operation, '{}', { 'content-type': ['application/json', 'text/plain'] });
      expect([400, 404, 415]).toContain(types.status);
      const ids = await post(operation, '{}', { 'x-correlation-id': ['aaaaaaaa', 'bbbbbbbb'] });
      expect(errorIn(ids).correlationId).not.toMatch(/,/);
    }
  });

  it('never lets a body reach the prototype of objects', async () => {
    const hostile = fc
      .tuple(
        fc.constantFrom('__proto__', 'constructor', 'prototype'),
        fc.constantFrom('admin', 'toString', 'then'),
      )
      .chain(([door, member]) =>
        fc.constantFrom(
          `{"${door}":{"${member}":true}}`,
          `{"spec":{"${door}":{"${member}":true}},"requestId":"${randomUUID()}"}`,
          `{"spec":{"basics":{"resourceGroup":{"${door}":{"${member}":true}}}}}`,
          `{"confirmName":"x","${door}":{"prototype":{"${member}":true}}}`,
          `[{"${door}":{"${member}":true}}]`,
        ),
      );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...bodies()), hostile, async (operation, body) => {
        const answer = await post(operation, body, {});
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
        errorIn(answer);
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as { admin?: boolean }).admin).toBeUndefined();
        expect(Object.prototype.toString.call({})).toBe('[object Object]');
      }),
      { numRuns: 100 },
    );
  });
});

describe('every route that takes no body', () => {
  it('does not mind one, whatever it is', async () => {
    for (const operation of operations.filter(
      (candidate) => !takesBody(candidate) && !candidate.path.endsWith('/events'),
    ))
      for (const [body, headers] of [
        ['{}', json],
        ['{', json],
        [gzipSync('{}'), { 'content-encoding': 'gzip', ...json }],
        ['x'.repeat(300 * 1024), { 'content-type': 'text/plain' }],
      ] as const) {
        const answer = await send({ method: operation.method, url: addressOf(operation), headers, body });
        expect(answer.status, `${operation.method} ${operation.path} ${answer.text}`).toBeLessThan(500);
        if (answer.status >= 400) errorIn(answer);
      }
  });
});

describe('the events of a deployment', () => {
  it('are given from the beginning to a reader whose last event id is nonsense', async () => {
    // Of its own: what the tests above sent at random may have made clusters.
    const spec = specOf({
      basics: { serviceName: 'events', resourceGroup: { kind: 'new', name: 'events-group' } },
      master: { dnsPrefix: 'eventstest' },
    });
    const created = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
    expect(created.status).toBe(201);
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
      'deletion~~',
      'deletion~AAAAAAAAAAAAAAAA~dddd',
      `deletion~${'A'.repeat(16)}~${'x'.repeat(900)}`,
      'deletion~__proto__~constructor',
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
