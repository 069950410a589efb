import { apiErrorSchema, routes } from '@slipway/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, makeFolder, startApi } from '../test/portal.test-support.ts';

const subscriptionId = '11111111-1111-1111-1111-111111111111';
const validPath = { subscriptionId, resourceGroup: 'rg', name: 'c' };
const requestId = '00000000-0000-4000-8000-000000000000';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let api: RunningApi;
beforeAll(async () => {
  folder = await makeFolder();
  api = await startApi({ dataDir: folder.folder });
});
afterAll(async () => {
  await api.close();
  await folder.remove();
});

async function errorOf(answer: Response) {
  return { status: answer.status, ...apiErrorSchema.parse(await answer.json()).error };
}

describe('wrong input', () => {
  it.each([
    ['GET', routes.regions('not-a-guid'), undefined, 'subscriptionId'],
    ['GET', routes.resourceGroups('not-a-guid'), undefined, 'subscriptionId'],
    ['GET', routes.machineSizes('not-a-guid', 'westeurope'), undefined, 'subscriptionId'],
    ['GET', routes.machineSizes(subscriptionId, 'West Europe'), undefined, 'region'],
    ['GET', routes.dnsAvailability(subscriptionId, 'West/Europe', 'abc'), undefined, 'region'],
    ['GET', routes.dnsAvailability(subscriptionId, 'westeurope', 'A'), undefined, 'prefix'],
    ['GET', routes.dnsAvailability(subscriptionId, 'westeurope', 'a').split('?')[0]!, undefined, 'prefix'],
    ['GET', routes.groupResources(subscriptionId, 'a/b'), undefined, 'resourceGroup'],
    ['GET', routes.groupTopology('x', 'rg'), undefined, 'subscriptionId'],
    ['GET', routes.cluster({ ...validPath, name: 'a b' }), undefined, 'name'],
    ['GET', routes.clusterResources({ ...validPath, resourceGroup: 'ends.' }), undefined, 'resourceGroup'],
    ['GET', routes.clusterTopology({ ...validPath, subscriptionId: 'x' }), undefined, 'subscriptionId'],
    ['GET', routes.clusterConnect({ ...validPath, name: 'ü' }), undefined, 'name'],
    ['GET', routes.clusterMachines({ ...validPath, name: 'a,b' }), undefined, 'name'],
    ['GET', routes.machineBootLog(validPath, ''), undefined, 'id'],
    ['GET', routes.machineBootLog(validPath, 'x'.repeat(1025)), undefined, 'id'],
    ['POST', routes.machineAction(validPath), { id: '/any', action: 'reimage' }, 'action'],
    ['POST', routes.machineAction(validPath), { action: 'start' }, 'id'],
    ['GET', routes.clusterDeployment({ ...validPath, name: '%' }), undefined, 'name'],
    ['GET', routes.clusterDeploymentEvents({ ...validPath, name: "x'y" }), undefined, 'name'],
    ['POST', routes.cancelDeployment({ ...validPath, name: '<b>' }), undefined, 'name'],
    ['POST', routes.redeployCluster(validPath), { requestId: 'one' }, 'requestId'],
    ['POST', routes.checkEntrance(validPath), { kind: 'ssh', port: 0 }, 'port'],
    ['POST', routes.checkEntrance(validPath), { kind: 'ssh', port: 22.5 }, 'port'],
    ['POST', routes.checkEntrance(validPath), { kind: 'mail', port: 25 }, 'kind'],
    ['DELETE', routes.cluster(validPath), {}, 'confirmName'],
    ['DELETE', routes.cluster(validPath), { confirmName: 5 }, 'confirmName'],
    ['DELETE', routes.cluster(validPath), undefined, 'body'],
    ['POST', routes.signIn(), { secret: '' }, 'secret'],
    ['POST', routes.validateCluster(), {}, 'body'],
    ['POST', routes.clusters(), { requestId: 'one', spec: {} }, 'requestId'],
    ['POST', routes.clusters(), [], 'body'],
  ] as const)('%s %s with %j is refused and names %s', async (method, route, body, field) => {
    const error = await errorOf(await (method === 'GET' ? api.fetch(route) : api.send(method, route, body)));
    expect(error.status).toBe(400);
    expect(['InvalidRequest', 'InvalidSpec']).toContain(error.code);
    expect(error.remedy).not.toBe('');
    if (field === 'body') expect(error.fields?.length).toBeGreaterThan(0);
    else expect(error.fields?.map(({ path }) => path)).toContain(field);
  });

  it("names a spec's fields by their paths in the spec, on validation as on creation", async () => {
    const spec = {
      basics: {
        serviceName: 'a/b',
        subscriptionId,
        resourceGroup: { kind: 'new', name: 'rg' },
        region: 'westeurope',
      },
      master: { orchestrator: 'swarm', dnsPrefix: 'UP', adminUsername: 'root', sshPublicKey: 'x', count: 2 },
      agent: { count: 0, machineSize: '' },
    };
    for (const [route, body] of [
      [routes.validateCluster(), { spec }],
      [routes.clusters(), { requestId, spec }],
    ] as const) {
      const error = await errorOf(await api.send('POST', route, body));
      expect(error).toMatchObject({ status: 400, code: 'InvalidSpec' });
      expect(error.fields?.map(({ path }) => path)).toEqual(
        expect.arrayContaining([
          'basics.serviceName',
          'master.dnsPrefix',
          'master.adminUsername',
          'master.sshPublicKey',
          'master.count',
          'agent.count',
          'agent.machineSize',
        ]),
      );
    }
  });

  it('refuses a private key as such, wherever it is, and does not repeat it', async () => {
    const sshPublicKey =
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----';
    const answer = await api.send('POST', routes.validateCluster(), { spec: { master: { sshPublicKey } } });
    const text = await answer.clone().text();
    expect(await errorOf(answer)).toMatchObject({
      status: 400,
      code: 'PrivateKeyRefused',
      fields: [{ path: 'master.sshPublicKey' }],
    });
    expect(text).not.toContain('b3BlbnNzaC1rZXktdjE');
  });
});

describe('the form of answers', () => {
  it('refuses bodies that are no JSON, not announced as JSON, or too large', async () => {
    const { csrfToken } = await api.session();
    const post = (body: string, type: string) =>
      api.fetch(routes.clusters(), {
        method: 'POST',
        headers: { 'content-type': type, 'x-slipway-csrf': csrfToken },
        body,
      });
    expect(await errorOf(await post('{', 'application/json'))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
    });
    expect(await errorOf(await post('', 'application/json'))).toMatchObject({
      status: 400,
      code: 'InvalidRequest',
    });
    expect(await errorOf(await post('a=b', 'application/x-www-form-urlencoded'))).toMatchObject({
      status: 415,
      code: 'UnsupportedMediaType',
    });
    expect(await errorOf(await post('{}', 'text/plain'))).toMatchObject({ status: 415 });
    expect(await errorOf(await post(`"${'x'.repeat(260 * 1024)}"`, 'application/json'))).toMatchObject({
      status: 413,
      code: 'PayloadTooLarge',
    });
  });

  it('answers an unknown address of the API in the error form', async () => {
    expect(await errorOf(await api.fetch('/api/nothing?x=1'))).toMatchObject({
      status: 404,
      code: 'NotFound',
    });
    expect(await errorOf(await api.send('PUT', routes.clusters(), {}))).toMatchObject({ status: 404 });
    expect(await errorOf(await api.send('POST', '/somewhere', {}))).toMatchObject({ status: 404 });
  });

  it('repeats the correlation id that it was given, or makes one', async () => {
    const given = await api.fetch('/api/nothing', { headers: { 'x-correlation-id': 'my-correlation-id' } });
    expect(given.headers.get('x-correlation-id')).toBe('my-correlation-id');
    expect((await errorOf(given)).correlationId).toBe('my-correlation-id');
    const made = await api.fetch(routes.health(), { headers: { 'x-correlation-id': 'no good <id>' } });
    expect(made.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('describes every route of the contract in OpenAPI', async () => {
    const document = (await (await api.fetch(routes.openapi())).json()) as { paths: Record<string, object> };
    const described = Object.keys(document.paths).map((path) => path.replaceAll(/\{\w+\}/g, '1'));
    const path = { subscriptionId: '1', resourceGroup: '1', name: '1' };
    const wanted = [
      routes.health(),
      routes.session(),
      routes.signIn(),
      routes.signOut(),
      routes.subscriptions(),
      routes.regions('1'),
      routes.resourceGroups('1'),
      routes.groupResources('1', '1'),
      routes.groupTopology('1', '1'),
      routes.machineSizes('1', '1'),
      routes.dnsAvailability('1', '1', '1').split('?')[0],
      routes.validateCluster(),
      routes.clusters(),
      routes.cluster(path),
      routes.clusterResources(path),
      routes.clusterTopology(path),
      routes.clusterPlan(path),
      routes.clusterConnect(path),
      routes.checkEntrance(path),
      routes.clusterMachines(path),
      routes.machineAction(path),
      routes.machineBootLog(path, '1').split('?')[0],
      routes.clusterDeployment(path),
      routes.clusterDeploymentEvents(path),
      routes.redeployCluster(path),
      routes.cancelDeployment(path),
    ];
    expect(described.toSorted()).toEqual(expect.arrayContaining(wanted));
  });
});
