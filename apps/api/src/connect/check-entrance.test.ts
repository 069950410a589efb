import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import {
  type CheckEntranceRequest,
  type ClusterPath,
  apiErrorSchema,
  connectAnswerSchema,
  entranceCheckSchema,
  routes,
} from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pathOf, specOf } from '../../test/cluster.test-support.ts';
import { startGate } from '../../test/gate.test-support.ts';
import {
  type RunningApi,
  type RunningCloud,
  freePort,
  startApi,
  startCloud,
} from '../../test/portal.test-support.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

let cloud: RunningCloud;
let simulated: RunningApi;
let path: ClusterPath;
beforeAll(async () => {
  cloud = await startCloud();
  simulated = await startApi(cloud.settings);
  const spec = specOf({ master: { dnsPrefix: 'tried' } });
  path = pathOf(spec);
  await simulated.send('POST', routes.clusters(), { requestId: crypto.randomUUID(), spec });
  await vi.waitFor(
    async () =>
      expect(await (await simulated.fetch(routes.cluster(path))).json()).toMatchObject({
        state: 'succeeded',
      }),
    20_000,
  );
});
afterAll(async () => {
  await simulated.close();
  await cloud.close();
});

/** What a local cloud tells of a port that it serves. */
const at = (port: number, localPort: number) => ({ protocol: 'Tcp', port, address: '127.0.0.1', localPort });

const check = (api: RunningApi, body: CheckEntranceRequest) =>
  api.send('POST', routes.checkEntrance(path), body);
const checked = async (api: RunningApi, body: CheckEntranceRequest) => {
  const answer = await check(api, body);
  expect(answer.status).toBe(200);
  return entranceCheckSchema.parse(await answer.json());
};

describe('checking an entrance of a cluster with simulated machines', () => {
  it('tries nothing and says that nothing listens', async () => {
    expect(await checked(simulated, { kind: 'ssh', port: 2200 })).toEqual({
      outcome: 'unreachable',
      detail: expect.stringMatching(/simulated: nothing listens/) as string,
      milliseconds: 0,
      address: 'triedmgmt.westeurope.cloudapp.slipway.internal:2200',
    });
  });

  it.each([
    ['ssh', 80],
    ['ssh', 2375],
    ['agents', 22],
    ['agents', 2200],
    ['agents', 65_535],
  ] as const)('refuses %s on port %i, which is not among its facts', async (kind, port) => {
    const answer = await check(simulated, { kind, port });
    expect(answer.status).toBe(400);
    expect(apiErrorSchema.parse(await answer.json()).error).toMatchObject({
      code: 'InvalidRequest',
      fields: [
        {
          path: 'port',
          message: kind === 'ssh' ? 'Choose one of 22, 2200.' : 'Choose one of 80, 443, 8080.',
        },
      ],
    });
  });

  it('takes no host and no other port from whoever asks', async () => {
    const answer = await simulated.send('POST', routes.checkEntrance(path), {
      kind: 'ssh',
      port: 2200,
      host: '127.0.0.1',
      at: { host: '127.0.0.1', port: 1 },
    });
    expect(await answer.json()).toMatchObject({ address: expect.stringContaining('triedmgmt') as string });
  });

  it('is refused without the CSRF token', async () => {
    const answer = await simulated.fetch(routes.checkEntrance(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"kind":"ssh","port":2200}',
    });
    expect(answer.status).toBe(403);
  });
});

describe('checking an entrance of a cluster that is served on this computer', () => {
  const servers: Server[] = [];
  let gate: Awaited<ReturnType<typeof startGate>>;
  let api: RunningApi;
  let closedPort: number;
  let mutePort: number;

  const listen = async (server: Server): Promise<number> => {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  beforeAll(async () => {
    // Who has read the banner hangs up, which may reset the connection.
    const sshPort = await listen(
      createServer((socket) => socket.on('error', () => undefined).write('SSH-2.0-harbour\r\n')),
    );
    const httpPort = await listen(createHttpServer((_request, answer) => answer.end('hello')));
    mutePort = await listen(createServer());
    closedPort = await freePort();
    // What a local cloud tells whose machines really run.
    gate = await startGate(
      cloud,
      () => Promise.resolve(),
      (request, body) => {
        if (request.path.includes('/metadata/')) return body.replace('"simulated"', '"docker"');
        if (!/\/publicIPAddresses\/[^/]+$/i.test(request.path)) return body;
        const resource = JSON.parse(body) as { properties: { dnsSettings: { fqdn: string } } };
        const localEndpoints = resource.properties.dnsSettings.fqdn.startsWith('triedmgmt')
          ? [at(22, closedPort), at(2200, sshPort)]
          : [at(80, httpPort), at(8080, mutePort)];
        return JSON.stringify({ ...resource, properties: { ...resource.properties, localEndpoints } });
      },
    );
    api = await startApi(gate.settings);
  });
  afterAll(async () => {
    await api.close();
    await gate.close();
    for (const server of servers) server.close();
  });

  it('is offered: the facts say where each entrance is reached', async () => {
    const answer = connectAnswerSchema.parse(await (await api.fetch(routes.clusterConnect(path))).json());
    expect(answer.reachable).toBe(true);
    expect(answer.facts.ssh[0]).toMatchObject({
      port: 22,
      machineId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      at: { host: '127.0.0.1', port: closedPort },
    });
  });

  it('reads the banner of a master', async () => {
    expect(await checked(api, { kind: 'ssh', port: 2200 })).toMatchObject({
      outcome: 'answered',
      detail: expect.stringMatching(/^SSH-2\.0-harbour in/) as string,
      address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
    });
  });

  it('says that nothing listens at a closed port', async () => {
    expect(await checked(api, { kind: 'ssh', port: 22 })).toMatchObject({
      outcome: 'refused',
      address: `127.0.0.1:${closedPort}`,
    });
  });

  it('asks a port of the agents for a page', async () => {
    expect(await checked(api, { kind: 'agents', port: 80 })).toMatchObject({
      outcome: 'answered',
      detail: expect.stringMatching(/^HTTP 200 in/) as string,
    });
  });

  it('refuses a port that the cluster offers but that leads nowhere from here', async () => {
    expect((await check(api, { kind: 'agents', port: 443 })).status).toBe(400);
  });

  it('ends with whoever asked: the connection is let go', async () => {
    const server = servers.find((candidate) => (candidate.address() as AddressInfo).port === mutePort)!;
    const connection = once(server, 'connection') as Promise<[Socket]>;
    const leaving = new AbortController();
    const { csrfToken } = await api.session();
    const asked = api.fetch(routes.checkEntrance(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-slipway-csrf': csrfToken },
      body: '{"kind":"agents","port":8080}',
      signal: leaving.signal,
    });
    const [socket] = await connection;
    const startedAt = performance.now();
    const closed = once(socket.resume(), 'close');
    leaving.abort();
    await expect(asked).rejects.toThrow();
    await closed;
    expect(performance.now() - startedAt, 'not by the time limit').toBeLessThan(4_000);
  });
});
