import { request as httpRequest } from 'node:http';
import { csrfHeader, routes, sessionSchema } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, makeFolder, startApi } from '../../test/portal.test-support.ts';
import { sendBytes } from '../../test/raw-requests.test-support.ts';

/** Sends exactly these headers, also a foreign `Host`, which fetch would not. */
function send(
  address: string,
  route: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; code: string | undefined }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${address}${route}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => {
        const body = text.startsWith('{') ? (JSON.parse(text) as { error?: { code?: string } }) : {};
        resolve({ status: response.statusCode ?? 0, code: body.error?.code });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Asks for a web socket as a page of this origin would. */
const handshake = (address: string, origin: string) =>
  sendBytes(
    address,
    [
      `GET ${routes.openapi()} HTTP/1.1`,
      'host: localhost:8080',
      `origin: ${origin}`,
      'connection: Upgrade, close',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  );

let folder: Awaited<ReturnType<typeof makeFolder>>;
beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());

describe('a portal on loopback', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({ dataDir: folder.folder });
  });
  afterAll(() => api.close());

  it.each(['localhost', '127.0.0.1:9999', '[::1]:8080'])('answers under %s', async (host) => {
    expect(await send(api.address, routes.health(), { host })).toEqual({ status: 200, code: undefined });
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:8080', '192.168.1.5'])(
    'refuses the host name %s, on pages as on the API',
    async (host) => {
      expect(await send(api.address, routes.health(), { host })).toEqual({
        status: 403,
        code: 'HostNotAllowed',
      });
      expect(await send(api.address, '/', { host })).toEqual({ status: 403, code: 'HostNotAllowed' });
    },
  );

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuses a change that was started by another site: %j', async (headers) => {
    const { csrfToken } = await api.session();
    const answer = await send(
      api.address,
      routes.signOut(),
      { host: 'localhost:8080', [csrfHeader]: csrfToken, ...(headers as Record<string, string>) },
      'POST',
    );
    expect(answer).toEqual({ status: 403, code: 'OriginNotAllowed' });
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:8080.evil.example' },
    { origin: 'file://' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    { origin: 'https://evil.example', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ])('refuses a read that was started by another site, with cookies or without: %j', async (headers) => {
    const cookie = (await fetch(`${api.address}${routes.session()}`)).headers.getSetCookie()[0] ?? '';
    for (const own of [{}, { cookie }])
      for (const route of [routes.session(), routes.openapi(), routes.clusters()])
        expect(
          await send(api.address, route, {
            host: 'localhost:8080',
            ...own,
            ...(headers as Record<string, string>),
          }),
        ).toEqual({ status: 403, code: 'OriginNotAllowed' });
  });

  it('lets people follow a link to it from another site', async () => {
    const link = {
      host: 'localhost:8080',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await send(api.address, routes.openapi(), link)).status).toBe(200);
    expect((await send(api.address, '/create', link)).code).toBeUndefined();
    expect(await send(api.address, routes.signOut(), link, 'POST')).toEqual({
      status: 403,
      code: 'OriginNotAllowed',
    });
  });

  it('allows no other site to read: there is no CORS header, also not for a preflight', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await fetch(`${api.address}${routes.openapi()}`, {
        method,
        headers: { origin: api.address, 'access-control-request-method': 'POST' },
      });
      for (const [name] of answer.headers) expect(name).not.toMatch(/^access-control-/);
    }
  });

  it('opens no web socket and does not hang on the wish for one', async () => {
    expect(await handshake(api.address, 'https://evil.example')).toMatch(/^HTTP\/1\.1 403 /);
    expect(await handshake(api.address, 'http://localhost:8080')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('lets the own origin pass on to the next check', async () => {
    const answer = await send(
      api.address,
      routes.signOut(),
      { host: 'localhost:8080', origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' },
      'POST',
    );
    expect(answer).toEqual({ status: 403, code: 'CsrfTokenInvalid' });
  });

  it('wants the CSRF token of the own session on every change', async () => {
    const { csrfToken } = await api.session();
    const post = (token?: string, cookie = true) =>
      (cookie ? api.fetch : (route: string, init: RequestInit) => fetch(`${api.address}${route}`, init))(
        routes.signOut(),
        { method: 'POST', headers: token === undefined ? {} : { [csrfHeader]: token } },
      );
    expect((await post()).status).toBe(403);
    expect((await post(`${csrfToken}x`)).status).toBe(403);
    expect((await post(csrfToken, false)).status).toBe(403);
    expect((await post(csrfToken)).status).toBe(200);
  });

  it('keeps a session over a restart of the backend', async () => {
    const first = await fetch(`${api.address}${routes.session()}`);
    const cookie = first.headers.getSetCookie()[0]!.split(';', 1)[0]!;
    const before = sessionSchema.parse(await first.json());
    const other = await startApi({ dataDir: folder.folder });
    try {
      const kept = await fetch(`${other.address}${routes.session()}`, { headers: { cookie } });
      expect(sessionSchema.parse(await kept.json()).csrfToken).toBe(before.csrfToken);
    } finally {
      await other.close();
    }
  });

  it('says in one sentence that the local cloud does not run', async () => {
    const { cloud } = await api.session();
    expect(cloud?.problem).toMatch(
      /^The local cloud does not answer at https:\/\/localhost:\d+.*npm start.*\.$/,
    );
    const answer = await api.fetch(routes.subscriptions());
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'CloudUnreachable' } });
  });
});

describe('a portal with an access secret', () => {
  const accessSecret = 'correct horse battery staple';
  let api: RunningApi;
  beforeAll(async () => {
    api = await startApi({ dataDir: folder.folder, accessSecret, allowedHosts: ['portal.example.org'] });
  });
  afterAll(() => api.close());

  it('answers under its configured name', async () => {
    expect((await send(api.address, routes.health(), { host: 'portal.example.org' })).status).toBe(200);
    expect((await send(api.address, routes.health(), { host: 'other.example.org' })).status).toBe(403);
  });

  it('tells nothing but health and the need to sign in', async () => {
    for (const route of [routes.subscriptions(), routes.clusters(), routes.openapi(), '/api/nothing']) {
      const answer = await api.fetch(route);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: { code: 'SignInRequired' } });
    }
    expect(await api.session()).toEqual({
      signInRequired: true,
      signedIn: false,
      csrfToken: expect.any(String) as string,
    });
  });

  it('signs in with the secret, in a new session whose cookie scripts cannot read, and signs out', async () => {
    const before = await api.session();
    const answer = await api.send('POST', routes.signIn(), { secret: accessSecret });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(/; HttpOnly; SameSite=Strict$/);
    const after = await api.session();
    expect(after).toMatchObject({ signInRequired: true, signedIn: true, cloud: { kind: 'local' } });
    expect(after.csrfToken).not.toBe(before.csrfToken);
    expect((await api.fetch(routes.openapi())).status).toBe(200);

    expect((await api.send('POST', routes.signOut())).status).toBe(200);
    expect((await api.fetch(routes.openapi())).status).toBe(401);
  });

  it('refuses a cookie that was changed', async () => {
    const { csrfToken } = await api.session();
    await api.send('POST', routes.signOut());
    const issued = (await fetch(`${api.address}${routes.session()}`)).headers
      .getSetCookie()[0]!
      .split(';', 1)[0]!;
    const answer = await fetch(`${api.address}${routes.openapi()}`, {
      headers: { cookie: issued.replace('.out.', '.in.'), [csrfHeader]: csrfToken },
    });
    expect(answer.status).toBe(401);
  });

  it('refuses wrong secrets, and soon any more attempts', async () => {
    const other = await startApi({ dataDir: folder.folder, accessSecret });
    try {
      const codes: unknown[] = [];
      let last: Response | undefined;
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const answer = await other.send('POST', routes.signIn(), { secret: `guess ${attempt}` });
        last = answer;
        codes.push([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]);
      }
      expect(codes.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => [401, 'WrongAccessSecret']));
      expect(codes[5]).toEqual([429, 'TooManyRequests']);
      expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await other.close();
    }
  });
});
