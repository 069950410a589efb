import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type RunningCloud, freePort, startCloud } from '../../test/portal.test-support.ts';
import { type ProbeKind, probe } from './probe.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((closed) => server.close(closed));
});

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
/** A server that does this with each connection. */
const serving = (work: (socket: Socket) => void): Promise<number> =>
  listen(
    createServer((socket) => {
      socket.on('error', () => undefined);
      work(socket);
    }),
  );
const tried = (kind: ProbeKind, port: number, more: { host?: string; limitMs?: number } = {}) =>
  probe(
    { host: more.host ?? '127.0.0.1', port, kind },
    {
      signal: new AbortController().signal,
      ...(more.limitMs === undefined ? {} : { limitMs: more.limitMs }),
    },
  );

describe('a probe of SSH', () => {
  it('tells the banner of the server', async () => {
    const port = await serving((socket) => socket.write('SSH-2.0-OpenSSH_9.6p1 Ubuntu-3\r\n'));
    const { outcome, detail, milliseconds } = await tried('ssh', port);
    expect(outcome).toBe('answered');
    expect(detail).toMatch(/^SSH-2\.0-OpenSSH_9\.6p1 Ubuntu-3 in \d+ ms\.$/);
    expect(milliseconds).toBeGreaterThanOrEqual(0);
  });

  it('waits for a banner that comes in pieces, behind other lines, as RFC 4253 allows', async () => {
    const port = await serving((socket) => {
      socket.setNoDelay(true);
      socket.write('Welcome to the SSH- gate\r\nSSH-2.', () => setImmediate(() => socket.write('0-x\r\n')));
    });
    expect(await tried('ssh', port)).toMatchObject({
      outcome: 'answered',
      detail: expect.stringMatching(/^SSH-2\.0-x in/) as string,
    });
  });

  it('repeats at most 100 printable characters of it', async () => {
    const port = await serving((socket) =>
      socket.write(`SSH-2.0-\u001B[31m<b>é\u0007${'x'.repeat(500)}\r\n`, 'latin1'),
    );
    const { detail } = await tried('ssh', port);
    expect(detail).toMatch(/^SSH-2\.0-\[31m<b>x{85} in \d+ ms\.$/);
  });

  it.each([
    ['something else', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /else than SSH/],
    ['no end', (socket: Socket) => socket.write('x'.repeat(1_000_000)), /else than SSH/],
    ['nothing', (socket: Socket) => socket.end(), /closed before SSH answered/],
    ['a reset', (socket: Socket) => socket.resetAndDestroy(), /cut|closed/],
  ])('that is answered by %s is closed', async (_what, work, words) => {
    const port = await serving(work);
    const { outcome, detail } = await tried('ssh', port);
    expect(outcome).toBe('closed');
    expect(detail).toMatch(words);
  });
});

describe('a probe of HTTP', () => {
  it.each([200, 404, 503])('tells status %i', async (status) => {
    let asked = '';
    const port = await listen(
      createHttpServer((request, response) => {
        asked = `${request.method} ${request.url} ${request.headers.host}`;
        response.writeHead(status).end('x'.repeat(100_000));
      }),
    );
    expect(await tried('http', port)).toMatchObject({
      outcome: 'answered',
      detail: expect.stringMatching(new RegExp(`^HTTP ${status} in \\d+ ms\\.$`)) as string,
    });
    expect(asked).toBe(`GET / 127.0.0.1:${port}`);
  });

  it.each([
    ['an SSH server', 'SSH-2.0-x\r\n'],
    ['a line that never ends', 'HTTP/1.1 '.repeat(10_000)],
  ])('that is answered by %s is closed', async (_what, words) => {
    const port = await serving((socket) => socket.write(words));
    expect(await tried('http', port)).toMatchObject({
      outcome: 'closed',
      detail: 'Something else than HTTP answers there.',
    });
  });

  it('that nobody answers is silent when its time is over, and says what may be missing', async () => {
    const port = await serving(() => undefined);
    const { outcome, detail, milliseconds } = await tried('http', port, { limitMs: 300 });
    expect(outcome).toBe('silent');
    expect(detail).toBe(
      'Connected, but nothing answered within 0.3 s: no container is published on this port yet?',
    );
    expect(milliseconds).toBeGreaterThanOrEqual(299);
  });

  it('gives up after five seconds', { timeout: 20_000 }, async () => {
    const port = await serving(() => undefined);
    const { outcome, milliseconds } = await tried('http', port);
    expect(outcome).toBe('silent');
    expect(milliseconds).toBeGreaterThanOrEqual(4_990);
    expect(milliseconds).toBeLessThan(10_000);
  });
});

describe('a probe of HTTPS', () => {
  let cloud: RunningCloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());

  it('takes any certificate and tells the status', async () => {
    const key = path.join(cloud.settings.dataDir, 'local-cloud', 'certificate-key.pem');
    const port = await listen(
      createHttpsServer(
        { cert: cloud.certificatePem, key: await readFile(key, 'utf8') },
        (_request, answer) => answer.writeHead(418).end(),
      ),
    );
    expect(await tried('https', port)).toMatchObject({
      outcome: 'answered',
      detail: expect.stringMatching(/^HTTP 418 in/) as string,
    });
  });

  it('is closed where no TLS is spoken, and silent where nothing is', async () => {
    const plain = await listen(createHttpServer((_request, response) => response.end()));
    expect(await tried('https', plain)).toMatchObject({
      outcome: 'closed',
      detail: 'Connected, but then no TLS connection came about.',
    });
    const mute = await serving(() => undefined);
    expect(await tried('https', mute, { limitMs: 300 })).toMatchObject({ outcome: 'silent' });
  });
});

describe('any probe', () => {
  it('of a port with nothing known behind it is content with a connection', async () => {
    const port = await serving(() => undefined);
    expect(await tried('tcp', port)).toMatchObject({
      outcome: 'answered',
      detail: expect.stringMatching(/^Connected in \d+ ms\.$/) as string,
    });
  });

  it.each(['ssh', 'http', 'https', 'tcp'] as const)('of a closed port is refused: %s', async (kind) => {
    expect(await tried(kind, await freePort())).toMatchObject({
      outcome: 'refused',
      detail: 'Refused: nothing listens there.',
    });
  });

  it('of a name that does not exist says so', async () => {
    const { outcome, detail } = await tried('ssh', 22, { host: 'nobody.invalid' });
    expect(outcome).toBe('unreachable');
    expect(detail).toBe("The name nobody.invalid leads to no address, as the portal's computer sees it.");
  });

  it('ends when nobody waits for it any more, and lets the connection go', async () => {
    const leaving = new AbortController();
    const gone = new Promise<void>((resolve) => {
      void serving((socket) => {
        socket.once('close', () => resolve());
        leaving.abort(new Error('left'));
      }).then((port) =>
        expect(probe({ host: '127.0.0.1', port, kind: 'ssh' }, { signal: leaving.signal })).rejects.toThrow(
          'left',
        ),
      );
    });
    await gone;
    const before = probe({ host: '127.0.0.1', port: 1, kind: 'ssh' }, { signal: leaving.signal });
    await expect(before).rejects.toThrow('left');
  });
});
