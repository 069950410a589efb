import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { csrfHeader, routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiProcess, startApiProcess } from '../test/api-process.test-support.ts';
import { specOf } from '../test/cluster.test-support.ts';
import { type ApiClient, type RunningCloud, clientOf, startCloud } from '../test/portal.test-support.ts';
import { type RoundRobin, startRoundRobin } from '../test/round-robin.test-support.ts';
import { createSmall, follow } from '../test/watching.test-support.ts';

// Two processes and a whole journey, on a machine that may be busy.
vi.setConfig({ hookTimeout: 150_000, testTimeout: 60_000 });

const accessSecret = 'access-secret-7f3a9c-do-not-tell';
const localSecret = 'local-secret-e41b07-do-not-tell';
const wrongSecret = 'wrong-secret-55d2-do-not-tell';
const privateHalf = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz';
const privateKey = `-----BEGIN OPENSSH PRIVATE KEY-----\n${privateHalf}\n-----END OPENSSH PRIVATE KEY-----`;
/** What the local cloud's tokens look like, and Azure's. */
const bearerToken = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|Bearer [\w.~+/-]{10,}/;

let cloud: RunningCloud;
let processes: ApiProcess[];
let proxy: RoundRobin;
/** Every answer, as text: address, headers, body. */
const answers: { address: string; headers: string; body: string }[] = [];
const cookies = new Set<string>();
const csrfTokens = new Set<string>();

const keep = async (route: string, answer: Response): Promise<Response> => {
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0]?.split('=', 2)[1];
  if (cookie) cookies.add(cookie);
  const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie');
  const body = await answer.clone().text();
  const token = /"csrfToken":"([^"]+)"/.exec(body)?.[1];
  if (token) csrfTokens.add(token);
  const told = body.replace(/"csrfToken":"[^"]+"/, '');
  answers.push({ address: route, headers: JSON.stringify(headers), body: told });
  return answer;
};

/** A client that keeps what it is answered. */
function keepingClient(): ApiClient {
  const client = clientOf(proxy.address);
  return {
    ...client,
    fetch: async (route, init) => keep(route, await client.fetch(route, init)),
    send: async (method, route, body) => keep(route, await client.send(method, route, body)),
    session: async () => {
      const session = await client.session();
      csrfTokens.add(session.csrfToken);
      return session;
    },
  };
}

/** The whole journey with its wrong turns. */
async function travel(): Promise<void> {
  const client = keepingClient();
  await client.fetch(routes.subscriptions());
  await client.fetch(routes.session());
  await client.send('POST', routes.signIn(), { secret: wrongSecret });
  await client.send('POST', routes.signIn(), { secret: accessSecret });
  await client.fetch(routes.session());
  await client.session();
  const { subscriptionId, region } = specOf({}).basics;
  for (const route of [
    routes.subscriptions(),
    routes.regions(subscriptionId),
    routes.resourceGroups(subscriptionId),
    routes.machineSizes(subscriptionId, region),
    routes.dnsAvailability(subscriptionId, region, 'told'),
    routes.clusters(),
    routes.openapi(),
    '/api/nothing',
    '/api/%zz',
  ])
    await client.fetch(route);
  await client.fetch(routes.signOut(), { method: 'POST', headers: { [csrfHeader]: [...csrfTokens][0]! } });
  await client.send('POST', routes.validateCluster(), {
    spec: specOf({ master: { sshPublicKey: privateKey } }),
  });
  await client.send('POST', routes.clusters(), { requestId: randomUUID(), spec: { note: privateKey } });
  await client.send('POST', routes.clusters(), privateKey);
  await client.send('POST', routes.validateCluster(), { spec: specOf({}) });
  await client.send('POST', routes.whatIfSpec(), { spec: specOf({}) });

  const cluster = await createSmall(client, 'told');
  await follow(client, cluster);
  for (const route of [
    routes.cluster(cluster),
    routes.clusterDeployment(cluster),
    routes.clusterDeploymentEvents(cluster),
    routes.clusterResources(cluster),
    routes.clusterTopology(cluster),
    routes.clusterPlan(cluster),
    routes.clusterConnect(cluster),
    routes.clusterMachines(cluster),
    routes.groupResources(subscriptionId, cluster.resourceGroup),
    routes.groupTopology(subscriptionId, cluster.resourceGroup),
  ])
    expect((await client.fetch(route)).status, route).toBe(200);
  await client.send('POST', routes.whatIfCluster(cluster), { agentCount: 2 });
  await client.send('POST', routes.cancelDeployment(cluster));
  await client.send('POST', routes.redeployCluster(cluster), { requestId: randomUUID() });
  await client.send('DELETE', routes.cluster(cluster), { confirmName: accessSecret.slice(0, 3) });
  // While ARM cannot be reached, too.
  await cloud.stop();
  await client.fetch(routes.clusters());
  await client.fetch(routes.clusterDeploymentEvents(cluster));
  await cloud.start();
  await client.send('DELETE', routes.cluster(cluster), {
    confirmName: cluster.name,
    deleteResourceGroup: true,
  });
  await follow(client, cluster);
  await client.send('POST', routes.signOut());
}

beforeAll(async () => {
  cloud = await startCloud('instant', localSecret);
  const environment = { SLIPWAY_ACCESS_SECRET: accessSecret, SLIPWAY_LOG_LEVEL: 'trace' };
  processes = await Promise.all([startApiProcess(cloud, environment), startApiProcess(cloud, environment)]);
  proxy = await startRoundRobin(processes.map(({ port }) => port));
  await travel();
});
afterAll(async () => {
  await proxy.close();
  await Promise.all(processes.map(({ kill }) => kill('SIGKILL')));
  await cloud.close();
});

/** Secrets and where they come from, by name. */
const secrets = (): [string, string][] => [
  ['access secret', accessSecret],
  ['local secret', localSecret],
  ['wrong secret', wrongSecret],
  ['private key', privateHalf],
  ...[...cookies].map((cookie): [string, string] => ['session cookie', cookie]),
  ...[...cookies].map((cookie): [string, string] => ['session id', cookie.split('.', 1)[0]!]),
  ...[...csrfTokens].map((token): [string, string] => ['CSRF token', token]),
];

function expectNoSecrets(text: string, where: string): void {
  for (const [name, secret] of secrets())
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').slice(0, -4),
    ])
      expect(text.includes(form), `The ${name} is in ${where}.`).toBe(false);
}

describe('a whole journey through two processes that log everything', () => {
  it('was one: it has answers of all kinds, lines of every request, cookies and tokens to look for', () => {
    expect(answers.length).toBeGreaterThan(30);
    expect(cookies.size).toBeGreaterThan(2);
    expect(csrfTokens.size).toBeGreaterThan(2);
    for (const { output } of processes) expect(output().split('\n').length).toBeGreaterThan(20);
    const bodies = answers.map(({ body }) => body).join('\n');
    for (const code of [
      'WrongAccessSecret',
      'PrivateKeyRefused',
      'SignInRequired',
      'NotFound',
      'CloudUnreachable',
    ])
      expect(bodies).toContain(`"code":"${code}"`);
    expect(bodies).toContain('"type":"snapshot"');
  });

  it('leaves no secret in the logs', () => {
    for (const { output } of processes) {
      expectNoSecrets(output(), 'a log');
      expect(output()).not.toMatch(bearerToken);
      expect(output()).not.toMatch(/"(?:cookie|authorization|x-slipway-csrf)":"(?!\[Redacted\])/i);
    }
  });

  it('tells no secret in answers, events, errors, headers and addresses', () => {
    for (const { address, headers, body } of answers) {
      expectNoSecrets(`${address}\n${headers}\n${body}`, `the answer of ${address}`);
      expect(`${headers}\n${body}`, address).not.toMatch(bearerToken);
      expect(body, address).not.toMatch(/"(?:customData|protectedSettings|adminPassword)":/i);
    }
  });

  it('leaves no secret on the disk', async () => {
    const folder = cloud.settings.dataDir;
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    let read = 0;
    for (const file of files.filter((entry) => entry.isFile())) {
      const content = await readFile(path.join(file.parentPath, file.name), 'latin1');
      expectNoSecrets(content, file.name);
      read += 1;
    }
    expect(read).toBeGreaterThan(1);
  });
});
