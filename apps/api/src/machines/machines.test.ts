import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import {
  type ClusterPath,
  type Machine,
  apiErrorSchema,
  bootLogSchema,
  clusterSchema,
  machineSchema,
  routes,
} from '@slipway/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { countOf, pathOf, requestCounts, specOf, subscriptionId } from '../../test/cluster.test-support.ts';
import { type GateAnswer, type GateRequest, startGate } from '../../test/gate.test-support.ts';
import { askCloud, setMoods } from '../../test/moods.test-support.ts';
import { type RunningApi, type RunningCloud, startApi, startCloud } from '../../test/portal.test-support.ts';
import { createSmall } from '../../test/watching.test-support.ts';

// A cluster is made first, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const spec = specOf({ master: { count: 3 } });
const path = pathOf(spec);
let cloud: RunningCloud;
let gate: Awaited<ReturnType<typeof startGate>>;
/** What the gate answers in the cloud's place. */
let answerInstead: (request: GateRequest) => GateAnswer | undefined;
let api: RunningApi;
let otherPath: ClusterPath;

beforeAll(async () => {
  cloud = await startCloud();
  answerInstead = () => undefined;
  gate = await startGate(
    cloud,
    (request) => Promise.resolve(answerInstead(request)),
    // The cloud names its own address in its answers; the API knows it by the gate's.
    (_request, body) => body.replaceAll(cloud.endpoint, `https://localhost:${gate.settings.armPort}`),
  );
  api = await startApi(gate.settings);
  const answer = await api.send('POST', routes.clusters(), { requestId: randomUUID(), spec });
  expect(answer.status).toBe(201);
  otherPath = await createSmall(api, 'neighbour');
  await Promise.all([path, otherPath].map(untilSucceeded));
});
beforeEach(async () => {
  answerInstead = () => undefined;
  await setMoods(cloud, {});
});
afterAll(async () => {
  await api.close();
  await gate.close();
  await cloud.close();
});

const untilSucceeded = (of: ClusterPath) =>
  vi.waitFor(
    async () => {
      const cluster = clusterSchema.parse(await (await api.fetch(routes.cluster(of))).json());
      expect(cluster.state).toBe('succeeded');
    },
    { timeout: 30_000, interval: 50 },
  );
const machinesOf = async (of = path): Promise<Machine[]> => {
  const answer = await api.fetch(routes.clusterMachines(of));
  expect(answer.status).toBe(200);
  return z.array(machineSchema).parse(await answer.json());
};
const first = async (role: 'master' | 'agent', of = path): Promise<Machine> =>
  (await machinesOf(of)).find((machine) => machine.role === role)!;
const act = (id: string, action: string, of = path) =>
  api.send('POST', routes.machineAction(of), { id, action });
const errorOf = async (answer: Response) => ({
  status: answer.status,
  ...apiErrorSchema.parse(await answer.json()).error,
});
const until = (id: string, power: Machine['power']) =>
  vi.waitFor(
    async () => {
      const machine = (await machinesOf()).find((each) => each.id === id);
      expect([machine?.power, machine?.provisioningState]).toEqual([power, 'Succeeded']);
    },
    { timeout: 10_000, interval: 20 },
  );

describe('the machines of a cluster', () => {
  it('are its masters and its agents, with what is known of each', async () => {
    const machines = await machinesOf();
    expect(machines.map(({ role }) => role)).toEqual(['master', 'master', 'master', 'agent', 'agent']);
    for (const machine of machines) {
      expect(machine).toMatchObject({
        power: 'running',
        provisioningState: 'Succeeded',
        size: expect.stringMatching(/^Standard_/) as string,
        bootDiagnostics: true,
      });
      expect(machine.addresses).toEqual([expect.stringMatching(/^(?:172|10)\.\d+\.\d+\.\d+$/)]);
      expect(machine.faultDomain).toBeTypeOf('number');
      expect(machine.updateDomain).toBeTypeOf('number');
    }
    expect(new Set(machines.map(({ id }) => id.toLowerCase())).size).toBe(5);
    expect(new Set(machines.flatMap(({ addresses }) => addresses)).size).toBe(5);
  });

  it('cost few requests when they are asked for again', async () => {
    await machinesOf();
    const before = await requestCounts(cloud);
    await machinesOf();
    const after = await requestCounts(cloud);
    const asked = countOf(after, /^GET/) - countOf(before, /^GET/);
    // The stack, its group, three machines and one list of instances; beside them the two counts themselves.
    expect(asked).toBeLessThanOrEqual(8);
  });
});

describe('an action', () => {
  it.each(['master', 'agent'] as const)('stops, starts, restarts and deallocates a %s', async (role) => {
    const { id } = await first(role);
    for (const [action, power] of [
      ['powerOff', 'stopped'],
      ['start', 'running'],
      ['restart', 'running'],
      ['deallocate', 'deallocated'],
      ['start', 'running'],
    ] as const) {
      const answer = await act(id, action);
      expect([action, answer.status, await answer.json()]).toEqual([action, 202, { accepted: true }]);
      await until(id, power);
    }
  });

  it('is answered when ARM has begun, not when it is done, and a second one is refused with ARM’s words', async () => {
    await setMoods(cloud, { work: [{ mood: 'never-ends', action: 'action' }] });
    const { id } = await first('master');
    expect((await act(id.toUpperCase(), 'powerOff')).status).toBe(202);
    expect((await first('master')).power).toBe('stopping');
    expect(await errorOf(await act(id, 'start'))).toMatchObject({
      status: 409,
      code: 'ArmError',
      arm: { code: 'AnotherOperationInProgress' },
    });
    await setMoods(cloud, {});
    await until(id, 'stopped');
    expect((await act(id, 'start')).status).toBe(202);
    await until(id, 'running');
  });

  it('that fails leaves ARM’s code and words with the machine, until another one succeeds', async () => {
    const error = { code: 'AllocationFailed', message: 'There is no room for it.' };
    await setMoods(cloud, { work: [{ mood: 'fails', action: 'action', times: 1, error }] });
    const { id } = await first('agent');
    expect((await act(id, 'deallocate')).status).toBe(202);
    await vi.waitFor(
      async () =>
        expect(await first('agent')).toMatchObject({ power: 'running', provisioningState: 'Failed', error }),
      { timeout: 20_000 },
    );
    expect((await act(id, 'restart')).status).toBe(202);
    await until(id, 'running');
    expect((await first('agent')).error).toBeUndefined();
  });

  it('is sent once also where its answer is lost', async () => {
    const { id } = await first('agent');
    const before = await requestCounts(cloud);
    await setMoods(cloud, {
      requests: [{ mood: 'lost-answer', method: 'POST', path: '*/restart', times: 1 }],
    });
    expect(await errorOf(await act(id, 'restart'))).toMatchObject({ status: 503, code: 'CloudUnreachable' });
    const after = await requestCounts(cloud);
    expect(countOf(after, /^POST .*\/restart$/) - countOf(before, /^POST .*\/restart$/)).toBe(1);
    await until(id, 'running');
  });

  it('reaches no machine of another cluster and nothing that is no machine', async () => {
    const foreign = [await first('master', otherPath), await first('agent', otherPath)];
    const resources = z
      .array(z.object({ id: z.string(), type: z.string() }))
      .parse(await (await api.fetch(routes.clusterResources(path))).json());
    const none = resources.filter(({ type }) => !/\/virtualMachines$/i.test(type));
    const { id } = await first('agent');
    for (const wrong of [...foreign, ...none]
      .map((each) => each.id)
      .concat(`${id}/../0`, `${id}x`, '/', 'x')) {
      expect([wrong, (await errorOf(await act(wrong, 'powerOff'))).code]).toEqual([wrong, 'NotFound']);
      const log = await api.fetch(routes.machineBootLog(path, wrong));
      expect([wrong, (await errorOf(log)).code]).toEqual([wrong, 'NotFound']);
    }
    for (const { power } of await machinesOf(otherPath)) expect(power).toBe('running');
  });

  it('on an instance that is gone is answered as ARM answers it', async () => {
    const { id } = await first('agent');
    expect(await errorOf(await act(id.replace(/\d+$/, '77'), 'start'))).toMatchObject({
      status: 404,
      code: 'ArmError',
      arm: { code: 'ResourceNotFound' },
    });
  });

  it('needs the token of the session', async () => {
    const { id } = await first('master');
    const answer = await api.fetch(routes.machineAction(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, action: 'powerOff' }),
    });
    expect(await errorOf(answer)).toMatchObject({ status: 403, code: 'CsrfTokenInvalid' });
    expect((await first('master')).power).toBe('running');
  });
});

const logOf = (id: string) => api.fetch(routes.machineBootLog(path, id));
const isAddressRequest = ({ path: at }: GateRequest) => at.endsWith('/retrieveBootDiagnosticsData');
const isBlob = ({ path: at }: GateRequest) => at.startsWith('/bootdiagnostics/');

describe('the boot log', () => {
  it.each(['master', 'agent'] as const)('of a %s is what its console says', async (role) => {
    const answer = await logOf((await first(role)).id);
    expect(answer.status).toBe(200);
    expect(bootLogSchema.parse(await answer.json())).toEqual({
      text: expect.stringContaining('This machine is simulated') as string,
      truncated: false,
    });
  });

  it('is read again without asking ARM again for its address; when that is refused, once anew', async () => {
    const { id } = (await machinesOf())[1]!;
    let addresses = 0;
    let blobs = 0;
    let isRefused = false;
    answerInstead = (request) => {
      if (isAddressRequest(request)) addresses += 1;
      if (!isBlob(request)) return undefined;
      blobs += 1;
      if (!isRefused) return undefined;
      isRefused = false;
      return { status: 403, body: '<Error/>', headers: { 'x-ms-error-code': 'AuthenticationFailed' } };
    };
    await logOf(id);
    await logOf(id);
    expect([addresses, blobs]).toEqual([1, 2]);
    isRefused = true;
    expect((await logOf(id)).status).toBe(200);
    expect([addresses, blobs]).toEqual([2, 4]);
  });

  it('of more than a megabyte is its end, from the beginning of a line', async () => {
    const { id } = await first('master');
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index} of a log that is long\n`).join(
      '',
    );
    answerInstead = (request) =>
      isBlob(request) ? { status: 200, body: lines, headers: { 'content-type': 'text/plain' } } : undefined;
    const log = bootLogSchema.parse(await (await logOf(id)).json());
    expect(log.truncated).toBe(true);
    expect(log.text.length).toBeLessThanOrEqual(1024 * 1024);
    expect(log.text.length).toBeGreaterThan(1024 * 1024 - 100);
    expect(log.text).toMatch(/^line \d+ of a log/);
    expect(log.text.endsWith('line 59999 of a log that is long\n')).toBe(true);
  });

  it('that is not there yet is empty, and a refusal of the storage keeps its code and words', async () => {
    const { id } = await first('master');
    let status = 404;
    answerInstead = (request) =>
      isBlob(request)
        ? {
            status,
            body: '<?xml version="1.0"?><Error><Code>Told</Code><Message>No public access.\nRequestId:1</Message></Error>',
            headers: { 'x-ms-error-code': 'PublicAccessNotPermitted' },
          }
        : undefined;
    expect(await (await logOf(id)).json()).toEqual({ text: '', truncated: false });
    status = 409;
    expect(await errorOf(await logOf(id))).toMatchObject({
      status: 409,
      arm: { code: 'PublicAccessNotPermitted', message: 'No public access.' },
    });
  });

  it('is read from nowhere but the cloud itself', async () => {
    const { id } = (await machinesOf())[2]!;
    let visits = 0;
    const elsewhere = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const { port } = elsewhere.address() as AddressInfo;
    for (const address of [
      `https://127.0.0.1:${port}/log`,
      `http://localhost:${gate.settings.armPort}/log`,
      'file:///etc/passwd',
      '/log',
      '',
    ]) {
      // Every address is asked for anew: the one before was not good.
      const fresh = await startApi(gate.settings);
      answerInstead = (request) =>
        isAddressRequest(request) ? { status: 200, body: { serialConsoleLogBlobUri: address } } : undefined;
      expect(await errorOf(await fresh.fetch(routes.machineBootLog(path, id)))).toMatchObject({
        status: 502,
        code: 'ArmError',
      });
      await fresh.close();
    }
    expect(visits).toBe(0);
    await new Promise((closed) => elsewhere.close(closed));
  });
});

describe('a machine that no cluster has', () => {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/by-hand`;
  const id = `${group}/providers/Microsoft.Compute/virtualMachines/lone`;
  const anyMachine = async () =>
    machineSchema.parse(
      await (
        await api.fetch(routes.machine(id.toUpperCase().replace(/^.SUBSCRIPTIONS/, '/subscriptions')))
      ).json(),
    );

  beforeAll(async () => {
    const location = 'westeurope';
    const network = `${group}/providers/Microsoft.Network`;
    const subnet = { id: `${network}/virtualNetworks/net/subnets/one` };
    for (const [at, version, properties] of [
      [group, '2021-04-01', undefined],
      [
        `${network}/virtualNetworks/net`,
        '2024-05-01',
        {
          addressSpace: { addressPrefixes: ['10.9.0.0/24'] },
          subnets: [{ name: 'one', properties: { addressPrefix: '10.9.0.0/24' } }],
        },
      ],
      [
        `${network}/networkInterfaces/nic`,
        '2024-05-01',
        { ipConfigurations: [{ name: 'ip', properties: { subnet } }] },
      ],
      [
        id,
        '2024-07-01',
        {
          hardwareProfile: { vmSize: 'Standard_D2s_v3' },
          storageProfile: {
            imageReference: {
              publisher: 'Canonical',
              offer: 'ubuntu-24_04-lts',
              sku: 'server',
              version: 'latest',
            },
            osDisk: { createOption: 'FromImage' },
          },
          osProfile: {
            computerName: 'lone',
            adminUsername: 'azureuser',
            linuxConfiguration: {
              disablePasswordAuthentication: true,
              ssh: {
                publicKeys: [
                  { path: '/home/azureuser/.ssh/authorized_keys', keyData: spec.master.sshPublicKey },
                ],
              },
            },
          },
          networkProfile: { networkInterfaces: [{ id: `${network}/networkInterfaces/nic` }] },
          diagnosticsProfile: { bootDiagnostics: { enabled: true } },
        },
      ],
    ] as const) {
      const { status, text } = await askCloud(cloud, 'PUT', `${at}?api-version=${version}`, {
        location,
        ...(properties ? { properties } : {}),
      });
      expect([at, status, text.slice(0, 300)]).toEqual([at, expect.toBeOneOf([200, 201]), expect.anything()]);
    }
    await vi.waitFor(
      async () =>
        expect(await anyMachine()).toMatchObject({ power: 'running', provisioningState: 'Succeeded' }),
      {
        timeout: 20_000,
      },
    );
  });

  it('is read with its power and its addresses, and nothing is said of a role', async () => {
    const machine = await anyMachine();
    expect(machine).toMatchObject({
      name: 'lone',
      computerName: 'lone',
      addresses: ['10.9.0.4'],
      bootDiagnostics: true,
    });
    expect(machine.role).toBeUndefined();
  });

  it('is stopped and started, and its boot log is read', async () => {
    for (const [action, power] of [
      ['powerOff', 'stopped'],
      ['deallocate', 'deallocated'],
      ['start', 'running'],
      ['restart', 'running'],
    ] as const) {
      expect((await api.send('POST', routes.actOnMachine(), { id, action })).status).toBe(202);
      await vi.waitFor(
        async () => expect(await anyMachine()).toMatchObject({ power, provisioningState: 'Succeeded' }),
        { timeout: 20_000 },
      );
    }
    const log = bootLogSchema.parse(await (await api.fetch(routes.bootLog(id))).json());
    expect(log.text).toContain('This machine is simulated');
  });

  it('an instance of a scale set is read, and works, by its id too', async () => {
    const agent = await first('agent', otherPath);
    const read = machineSchema.parse(await (await api.fetch(routes.machine(agent.id))).json());
    expect(read).toMatchObject({ name: agent.name, addresses: agent.addresses, power: 'running' });
    expect(read.addresses).toHaveLength(1);
  });

  it('other ids, and machines that are not there, are refused', async () => {
    const network = `${group}/providers/Microsoft.Network/virtualNetworks/net`;
    expect(await errorOf(await api.fetch(routes.machine(network)))).toMatchObject({
      status: 404,
      code: 'NotFound',
    });
    expect(await errorOf(await api.fetch(routes.bootLog(network)))).toMatchObject({
      status: 404,
      code: 'NotFound',
    });
    expect(
      await errorOf(await api.send('POST', routes.actOnMachine(), { id: network, action: 'start' })),
    ).toMatchObject({
      status: 404,
      code: 'NotFound',
    });
    expect(await errorOf(await api.fetch(routes.machine(`${id}x`)))).toMatchObject({
      status: 404,
      code: 'ResourceNotFound',
    });
    expect(await errorOf(await api.fetch(routes.machine('/etc/passwd')))).toMatchObject({ status: 400 });
  });
});
