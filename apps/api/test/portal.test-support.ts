import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LocalCloud, startLocalCloud } from '@slipway/local-cloud';
import { type Session, csrfHeader, routes, sessionSchema } from '@slipway/contract';
import { type Settings, buildApp, readSettings } from '../src/app.ts';

/**
 * A free port, for what must know its port before it listens: none of those that the system lends to connections, or it
 * might be lent by the time that somebody listens there.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 20_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((closed) => server.close(closed));
    return port;
  }
}

/** An empty folder that `remove` deletes. */
export async function makeFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'slipway-api-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A browser-like client of an API, with its session. */
export interface ApiClient {
  address: string;
  fetch: (route: string, init?: RequestInit) => Promise<Response>;
  /** Sends JSON with the session's cookie and CSRF token. */
  send: (method: string, route: string, body?: unknown) => Promise<Response>;
  session: () => Promise<Session>;
}

/** A listening API and a client of it. */
export interface RunningApi extends ApiClient {
  close: () => Promise<void>;
}

/**
 * Settings of an API that asks so much at once of a cloud in the same thread that an answer may take longer there, on a busy
 * computer, than ARM ever takes: how fast the computer is says nothing about the API.
 */
export const patientSettings = { armTimeLimitMs: 300_000 } as const satisfies Partial<Settings>;

/** Starts the API on a free port. */
export async function startApi(settings: Partial<Settings>): Promise<RunningApi> {
  const app = await buildApp({
    settings: { ...readSettings({}), logLevel: 'silent', watchIntervalMs: 25, ...settings },
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { ...clientOf(address), close: () => app.close() };
}

/** A client of the API at this address; it keeps its cookie. */
export function clientOf(address: string): ApiClient {
  let cookie = '';
  let csrfToken = '';
  const call: RunningApi['fetch'] = async (route, init = {}) => {
    const headers = new Headers(init.headers);
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(`${address}${route}`, { ...init, headers });
    const set = response.headers.getSetCookie()[0];
    if (set) cookie = set.split(';', 1)[0]!;
    return response;
  };
  const session = async () => {
    const found = sessionSchema.parse(await (await call(routes.session())).json());
    csrfToken = found.csrfToken;
    return found;
  };
  return {
    address,
    fetch: call,
    session,
    send: async (method, route, body) => {
      if (!csrfToken) await session();
      return call(route, {
        method,
        headers: {
          [csrfHeader]: csrfToken,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
  };
}

/** A local cloud in this process, on a folder and port of its own. */
export interface RunningCloud {
  endpoint: string;
  certificatePem: string;
  /** What an API needs to know to talk to it. */
  settings: Pick<Settings, 'armPort' | 'dataDir' | 'localSecret' | 'cloud'>;
  /** Stops the cloud; its folder stays. */
  stop: () => Promise<void>;
  /** Starts it again on the same folder and port. */
  start: () => Promise<void>;
  /** Stops it and removes its folder. */
  close: () => Promise<void>;
}

/** Starts a local cloud; `instant` work unless told otherwise. */
export async function startCloud(
  pace: 'instant' | 'fast' | 'realistic' = 'instant',
  secret = 'slipway-local',
): Promise<RunningCloud> {
  const { folder, remove } = await makeFolder();
  const port = await freePort();
  const open = () =>
    startLocalCloud({ host: 'localhost', port, dataDir: folder, pace, secret, logLevel: 'silent' });
  let running: LocalCloud | undefined = await open();
  const stop = async () => {
    const stopping = running;
    running = undefined;
    await stopping?.close();
  };
  return {
    endpoint: running.endpoint,
    certificatePem: running.certificatePem,
    settings: { armPort: port, dataDir: folder, localSecret: secret, cloud: 'local' },
    stop,
    start: async () => {
      running = await open();
    },
    close: async () => {
      await stop();
      await remove();
    },
  };
}
