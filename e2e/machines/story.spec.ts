import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  defaultAgentPorts,
  swarmDeployment,
  swarmTemplate,
  updatedDeploymentParameters,
} from '@slipway/cluster';
import { type ClusterPath, machineSchema, routes } from '@slipway/contract';
import { z } from 'zod';
import { armClients, subscriptionId } from '../fixtures/arm-clients.ts';
import { specFor } from '../fixtures/cluster-spec.ts';
import { pageOf, send } from '../fixtures/deployed-cluster.ts';
import { freePort } from '../fixtures/own-services.ts';
import { fillWizard, submit, valuesFor } from '../fixtures/wizard.ts';
import { everyAnswer } from './arm-answers.ts';
import {
  addressIn,
  asTunnel,
  type CopiedCommands,
  copyCommands,
  sshWay,
  tunnelFrom,
} from './connect-page.ts';
import { listens } from './listens.ts';
import { startMachine } from './machine-power.ts';
import { MachineSsh } from './machine-ssh.ts';
import { expectNothingForContainers, expectNothingForNobody, expectNothingForNodes } from './out-of-reach.ts';
import { ProcessWatch } from './process-watch.ts';
import { readSecrets, secretsIn, secretsInFiles, type Secrets } from './secrets.ts';
import { agentsUrl, endpointsOf } from './reached-at.ts';
import { olderFiles, olderLine, readStored, submitStack, swarmFiles, updateStack } from './stack-updates.ts';
import { openStage, type Stage } from './stage.ts';
import { Swarm, wholeSwarm } from './swarm.ts';
import { composeFile, serviceOf, serviceOnEveryAgent } from './test-services.ts';
import { ask, startTraffic, turnout } from './traffic.ts';

test.describe.configure({ mode: 'serial' });

const pathOf = (name: string): ClusterPath => ({ subscriptionId, resourceGroup: `${name}-group`, name });
const cluster = pathOf('harbour');
/** One master and one agent beside it, with the same private addresses. */
const second = pathOf('quay');

let stage: Stage;
let commands: CopiedCommands;
/** Whether Connect publishes in host mode, because Swarm's routing mesh does not work here. */
let inHostMode: boolean;
/** The Swarm through the tunnel of the Connect page, and through a tunnel to each master by its entrance's port. */
let swarm: Swarm;
const swarms = new Map<number, Swarm>();
let ssh: MachineSsh;
let secondSwarm: Swarm;
let secondSsh: MachineSsh;
let secrets: Secrets;
/** Files that were there before the first cluster. */
let filesBefore: string[];
/** The agents' address at port 80, as the Connect page has it. */
let front: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(1_500_000);
  stage = await openStage(browser, process.env['SLIPWAY_BUSYBOX'] ?? '/bin/busybox');
  filesBefore = stage.slipway.files();
});

test.afterEach(async ({}, testInfo) => {
  if (testInfo.status === testInfo.expectedStatus) return;
  await testInfo.attach('page', { body: await stage.page.screenshot(), contentType: 'image/png' });
  console.log(`What Slipway complained of:\n${stage.slipway.complaints()}`);
});

test.afterAll(() => stage.close());

/** Waits until the Swarm has this many nodes, all ready. */
const untilWhole = (masters: number, agents: number, withinMs: number): Promise<void> =>
  expect
    .poll(() => swarm.states(), { timeout: withinMs, intervals: [500], message: 'the nodes of the Swarm' })
    .toEqual(wholeSwarm(masters, agents));

const agentNodes = async () => (await swarm.nodes()).filter(({ role }) => role === 'worker');

test('in a browser: 3 masters and 2 agents are created', async () => {
  test.setTimeout(300_000);
  const { page, publicKey } = stage;
  const values = valuesFor(cluster.name, { masters: 3, agents: 2, sshPublicKey: publicKey });
  await fillWizard(page, values);
  await submit(page, values);
  await expect(page.getByRole('heading', { name: 'Your deployment is complete' })).toBeVisible({
    timeout: 240_000,
  });
});

test('the commands copied from Connect: ssh -fNL on ports 22, 2200, 2201 and 2202', async () => {
  const { page, keyFile, terminal } = stage;
  commands = await copyCommands(page, cluster, keyFile);
  inHostMode = commands.service.includes('mode=host');
  for (const command of commands.signIn) stage.removeAtEnd(sshWay(command).knownHosts ?? keyFile);
  const port = await freeDockerPort();
  await test.step(commands.tunnel, async () => {
    await terminal.run(commands.key);
    await terminal.run(tunnelFrom(commands.tunnel, port));
    swarm = new Swarm(port);
  });
  const ways = commands.signIn.map(sshWay);
  for (const [index, signIn] of commands.signIn.entries()) {
    const localPort = await freePort();
    await test.step(asTunnel(signIn, localPort), async () => {
      await terminal.run(asTunnel(signIn, localPort));
      const through = new Swarm(localPort);
      swarms.set(ways[index]?.port ?? 0, through);
      expect(await through.docker('info', '--format', '{{.Name}}')).toMatch(/^swarm-master-/);
    });
  }
  expect([...swarms.keys()]).toEqual([22, 2200, 2201, 2202]);
  const hosts = await Promise.all(
    [...swarms.values()].map((each) => each.docker('info', '--format', '{{.Name}}')),
  );
  expect(hosts[0], 'ports 22 and 2200 lead to the first master').toBe(hosts[1]);
  expect(new Set(hosts).size).toBe(3);
  ssh = new MachineSsh(stage.folder, keyFile, ways);

  await terminal.run(commands.dockerHost.replace('2375', String(port)));
});

test('docker info says Swarm active, 3 managers, 5 nodes', async () => {
  const info = await stage.terminal.run(commands.info);
  expect(info).toMatch(/Swarm: active/);
  expect(info).toMatch(/Managers: 3/);
  expect(info).toMatch(/Nodes: 5/);
  await untilWhole(3, 2, 10_000);
});

test('a service with 2 replicas of a test image answers through the balancer', async () => {
  const agents = await agentNodes();
  await test.step('the image is brought to the agents through SSH and docker load', async () => {
    for (const { address } of agents) await ssh.load(address, stage.imageFile);
  });
  await test.step('the service is created', async () => {
    await stage.terminal.run(serviceOf(commands.service));
    await expect.poll(() => swarm.runningOn('web'), { timeout: 30_000 }).toHaveLength(2);
  });
  front = addressIn(commands.open);
  await expect
    .poll(() => turnout(front), { timeout: 30_000, message: 'both replicas get traffic' })
    .toBe('2 answer');
  expect(await stage.terminal.run(commands.open)).not.toBe('');
});

test('a compose file runs as a stack', async () => {
  const { folder, terminal } = stage;
  writeFileSync(join(folder, 'docker-compose.yml'), composeFile(8080, inHostMode));
  await terminal.run(commands.stack, { withinMs: 60_000 });
  await expect.poll(() => swarm.runningOn('app_shown'), { timeout: 30_000 }).toHaveLength(2);
  const shown = await agentsUrl(stage.page.request, cluster, 8080);
  await expect.poll(() => turnout(shown), { timeout: 30_000 }).toBe('2 answer');
});

test('a task on an overlay network reaches another on another node, and the addresses of the nodes', async () => {
  const asking = await swarm.runningOn('app_shown');
  const [hiddenOn = ''] = await swarm.runningOn('app_hidden');
  const nodes = await swarm.nodes();
  const other = nodes.find(({ hostName }) => asking.includes(hostName) && hostName !== hiddenOn);
  expect(other, 'a task of one service on another node than that of the other').toBeDefined();
  const inTask = (command: string): Promise<string> =>
    ssh.run(
      other?.address ?? '',
      `docker exec $(docker ps -q -f label=com.docker.swarm.service.name=app_shown | head -1) sh -c '${command}'`,
    );
  await test.step('by the name of the service', async () => {
    const answer = await inTask(`printf "GET / HTTP/1.0\\r\\n\\r\\n" | nc -w 5 hidden 80 | tail -n 1`);
    expect(answer).toMatch(/^[0-9a-f]{12}$/);
    const there = nodes.find(({ hostName }) => hostName === hiddenOn)?.address ?? '';
    expect(await ssh.run(there, 'docker ps -q')).toContain(answer);
  });
  await test.step('masters at 2377, agents at the published port', async () => {
    for (const { address, role } of nodes)
      await inTask(`nc -w 5 ${address} ${role === 'manager' ? 2377 : 80} </dev/null`);
  });
});

test('as nobody on a master, from a container and from another node: 2375 and the tokens are out of reach', async () => {
  const nodes = await swarm.nodes();
  const masters = nodes.filter(({ role }) => role === 'manager').map(({ address }) => address);
  const agents = nodes.filter(({ role }) => role === 'worker').map(({ address }) => address);
  await test.step('as nobody on a master', () => expectNothingForNobody(ssh, 2200));
  await test.step('from inside a container on a master', async () => {
    await ssh.load(2200, stage.imageFile);
    await expectNothingForContainers(ssh, 2200, masters);
  });
  await test.step('from another node', () => expectNothingForNodes(ssh, [2201, ...agents]));
});

test('an agent killed in mid-traffic: requests are answered again once the probe has noticed', async () => {
  const killed = (await agentNodes())[0]?.hostName ?? '';
  const traffic = startTraffic(front);
  await expect.poll(() => traffic.answered.length).toBeGreaterThan(20);
  expect(traffic.failed).toEqual([]);
  await stage.engine.kill(killed, cluster.resourceGroup);
  const killedAt = Date.now();
  const quietMs = (): number => Date.now() - (traffic.failed.at(-1) ?? killedAt);
  // Longer than a request may be under way, so that none is still to fail.
  await expect.poll(() => Date.now() - killedAt > 6_000 && quietMs() > 5_000, { timeout: 30_000 }).toBe(true);
  traffic.stop();
  const troubleMs = Math.max(0, ...traffic.failed.map((sentAt) => sentAt - killedAt));
  note(
    `${traffic.failed.length} of ${traffic.answered.length} requests failed, the last ${troubleMs} ms after`,
  );
  // Two probes, each five seconds after the one before and with as long for an answer.
  expect(troubleMs).toBeLessThan(20_000);
  await test.step('it is started again through ARM and is back', async () => {
    await startMachine(stage.slipway.place, cluster, killed);
    await untilWhole(3, 2, 90_000);
    await expect.poll(() => turnout(front), { timeout: 60_000 }).toBe('2 answer');
  });
});

test('the leading master killed: the Swarm goes on', async () => {
  const leader = (await swarm.nodes()).find(({ isLeader }) => isLeader)?.hostName ?? '';
  const others: { port: number; swarm: Swarm }[] = [];
  for (const [port, through] of swarms)
    if ((await through.docker('info', '--format', '{{.Name}}')) !== leader)
      others.push({ port, swarm: through });
  const [other] = others;
  if (!other) throw new Error('There is no other master.');
  await stage.engine.kill(leader, cluster.resourceGroup);
  await test.step('another master tells of it', async () => {
    await expect
      .poll(() => other.swarm.states(), { timeout: 60_000, intervals: [500] })
      .toEqual(['manager down', 'manager ready', 'manager ready', 'worker ready', 'worker ready']);
    const leaders = (await other.swarm.nodes()).filter(({ isLeader }) => isLeader);
    expect(leaders.map(({ hostName }) => hostName)).not.toContain(leader);
    expect(leaders).toHaveLength(1);
  });
  await test.step('a service is updated', async () => {
    await other.swarm.docker('service', 'update', '--force', '--detach=false', '--quiet', 'web');
    await expect.poll(() => turnout(front), { timeout: 30_000 }).toBe('2 answer');
  });
  await test.step('it is started again through ARM and is back', async () => {
    await startMachine(stage.slipway.place, cluster, leader);
    await expect
      .poll(() => other.swarm.states(), { timeout: 90_000, intervals: [500] })
      .toEqual(wholeSwarm(3, 2));
  });
  // The tunnel to the killed master has ended with it.
  swarm = other.swarm;
  ssh.jumpThrough(other.port);
});

test('agents 2 → 4 → 1 through ARM: the node list follows, without Down entries', async () => {
  test.setTimeout(300_000);
  const watch = new ProcessWatch();
  secrets = await readSecrets(swarm, ssh, ssh.jump);
  await test.step('2 → 4', async () => {
    await updateStack(stage.slipway.place, cluster, { agentCount: 4 });
    await untilWhole(3, 4, 10_000);
  });
  const processes = watch.end();
  expect(processes, 'nodes were seen joining').toContain('/opt/slipway/configure_node.py');
  expect(secretsIn(secrets, 'the process list', processes)).toEqual([]);
  await test.step('4 → 1', async () => {
    await updateStack(stage.slipway.place, cluster, { agentCount: 1 });
    await untilWhole(3, 1, 30_000);
  });
  await expect.poll(() => turnout(front), { timeout: 30_000 }).toBe('1 answer');
});

test('port 9000 is added by a stack update with unchanged customData: it answers', async () => {
  const machines = await stage.engine.machines(cluster.resourceGroup);
  await swarm.docker(...serviceOnEveryAgent('extra', 9000, inHostMode));
  await expect.poll(() => swarm.runningOn('extra'), { timeout: 30_000 }).toHaveLength(1);
  await expect(agentsUrl(stage.page.request, cluster, 9000)).rejects.toThrow('offers no port 9000');
  await updateStack(stage.slipway.place, cluster, {
    agentPorts: [...defaultAgentPorts, { name: 'Port9000', port: 9000 }],
  });
  const extra = await agentsUrl(stage.page.request, cluster, 9000);
  await expect.poll(() => turnout(extra), { timeout: 30_000 }).toBe('1 answer');
  await expect.poll(() => turnout(front), { timeout: 30_000 }).toBe('1 answer');
  expect(await stage.engine.machines(cluster.resourceGroup), 'no machine was started anew').toEqual(machines);
});

test('one master and one agent side by side, with the same addresses: both work, and neither sees the other', async () => {
  const { slipway, keyFile, page, publicKey } = stage;
  await armClients(slipway.place).resources.resourceGroups.createOrUpdate(second.resourceGroup, {
    location: 'westeurope',
  });
  const spec = specFor(second.name);
  spec.master.sshPublicKey = publicKey;
  await submitStack(slipway.place, second, swarmDeployment(spec, olderFiles));
  const printed = await copyCommands(page, second, keyFile);
  const ways = printed.signIn.map(sshWay);
  for (const { knownHosts } of ways) stage.removeAtEnd(knownHosts ?? keyFile);
  secondSsh = new MachineSsh(stage.folder, keyFile, ways);
  const localPort = await freePort();
  await stage.terminal.run(tunnelFrom(printed.tunnel, localPort));
  secondSwarm = new Swarm(localPort);
  expect(await secondSwarm.states()).toEqual(wholeSwarm(1, 1));

  await test.step('each answers for itself', async () => {
    const agent = (await secondSwarm.nodes()).find(({ role }) => role === 'worker');
    await secondSsh.load(agent?.address ?? '', stage.imageFile);
    await secondSwarm.docker(...serviceOnEveryAgent('web', 80, inHostMode));
    const here = addressIn(printed.open);
    await expect.poll(() => turnout(here), { timeout: 30_000 }).toBe('1 answer');
    expect(await turnout(front)).toBe('1 answer');
    expect(await ask(here)).not.toBe(await ask(front));
  });
  await test.step('the same address is another machine in each', async () => {
    const certificateOf =
      'openssl s_client -connect 172.16.0.5:2378 </dev/null 2>/dev/null | openssl x509 -noout -fingerprint';
    const [agent] = (await agentNodes()).map(({ address }) => address);
    const [other] = (await secondSwarm.nodes()).filter(({ role }) => role === 'worker');
    const here = await ssh.run(agent ?? '', certificateOf);
    const there = await secondSsh.run(other?.address ?? '', certificateOf);
    expect(agent, 'the agents have the same address').toBe(other?.address);
    expect([here, there]).toEqual([
      expect.stringMatching(/Fingerprint/),
      expect.stringMatching(/Fingerprint/),
    ]);
    expect(here).not.toBe(there);
  });
  await test.step('what is only in the other network is not reached', async () => {
    const second2377 = 'timeout 5 bash -c "exec 3<>/dev/tcp/172.16.0.6/2377" && echo yes || echo no';
    expect(await ssh.run(ssh.jump, second2377), 'the second master of the first cluster').toBe('yes');
    expect(await secondSsh.run(ways[0]?.port ?? 0, second2377)).toBe('no');
  });
});

test('an update made by a template with older cloud-init files: accepted, nothing reboots', async () => {
  const machines = await stage.engine.machines(second.resourceGroup);
  const nodes = await secondSwarm.nodes();
  const stored = await readStored(stage.slipway.place, second);
  const parameters = updatedDeploymentParameters(stored.parameters, {
    agentPorts: [...defaultAgentPorts, { name: 'Port9000', port: 9000 }],
  });
  expect(parameters['masterCloudInit']?.value).toContain(olderLine);
  await submitStack(stage.slipway.place, second, {
    ...stored,
    template: swarmTemplate(swarmFiles),
    parameters,
  });
  expect(await agentsUrl(stage.page.request, second, 9000)).not.toBe('');
  expect(await stage.engine.machines(second.resourceGroup), 'no machine was started anew').toEqual(machines);
  expect(await secondSwarm.nodes()).toEqual(nodes);
});

test('the tokens appear in no API answer, history or log', async () => {
  const { slipway, engine } = stage;
  const found: string[] = [];
  await test.step('where they have to be, they are found', async () => {
    expect(secrets["the managers' join token"]).toMatch(/^SWMTKN-1-\w{50}-\w+$/);
    const script = 'sudo cat /var/lib/waagent/custom-script/download/0/script.sh';
    expect(secretsIn(secrets, 'the script', await ssh.run(ssh.jump, script))).toEqual([
      "the masters' secret in the script",
      "the agents' secret in the script",
    ]);
  });
  await test.step('ARM', async () => {
    const answers = await everyAnswer(slipway.place, cluster);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.length).toBeGreaterThan(30);
    for (const { asked, body } of answers) found.push(...secretsIn(secrets, asked, body));
  });
  await test.step("the portal's API", async () => {
    const machines = z
      .array(machineSchema)
      .parse(JSON.parse(await readRoute(routes.clusterMachines(cluster))));
    expect(machines).toHaveLength(4);
    for (const route of [
      routes.clusters(),
      routes.cluster(cluster),
      routes.clusterResources(cluster),
      routes.clusterTopology(cluster),
      routes.clusterConnect(cluster),
      routes.clusterDeployment(cluster),
      routes.clusterMachines(cluster),
      ...machines.map(({ id }) => routes.machineBootLog(cluster, id)),
    ])
      found.push(...secretsIn(secrets, route, await readRoute(route)));
  });
  await test.step('what Slipway writes and keeps', async () => {
    found.push(...secretsIn(secrets, 'its output', slipway.log()));
    found.push(...secretsInFiles(secrets, slipway.place.dataDir));
  });
  await test.step('the containers that are its machines', async () => {
    found.push(...secretsIn(secrets, 'docker inspect', await engine.inspectEverything()));
    for (const { id, hostName } of await engine.machines())
      found.push(...secretsIn(secrets, `the console of ${hostName}`, await engine.console(id)));
  });
  await test.step('the logs of the nodes', async () => {
    const patterns = `${Object.values(secrets).join('\n')}\n`;
    const search = 'sudo sh -c "cat >/run/patterns; journalctl --no-pager | grep -cFf /run/patterns;';
    const files =
      'grep -rlFf /run/patterns /var/log /tmp; ps axww -o args | grep -cFf /run/patterns; rm /run/patterns"';
    const agents = (await agentNodes()).map(({ address }) => address);
    for (const machine of [...swarms.keys(), ...agents]) {
      const { stdout } = await ssh.attempt(machine, `${search} ${files}`, patterns);
      if (stdout !== '0\n0\n') found.push(`on ${machine}: ${stdout}`);
    }
  });
  expect(found).toEqual([]);
});

test('delete: no container, network, volume, file or listening port is left', async () => {
  const { slipway, page, engine } = stage;
  const ports = [...(await endpointsOf(page.request, cluster)), ...(await endpointsOf(page.request, second))];
  expect(ports.length).toBeGreaterThan(8);
  for (const { host, port } of ports) expect(await listens(host, port), `${host}:${port}`).toBe(true);
  await test.step('the first cluster, in the browser', async () => {
    await page.goto(pageOf(cluster));
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete confirmation' });
    await dialog.getByRole('textbox').fill(cluster.name);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect
      .poll(async () => (await page.request.get(routes.cluster(cluster))).status(), { timeout: 120_000 })
      .toBe(404);
    await expect.poll(() => engine.machines(cluster.resourceGroup)).toEqual([]);
  });
  await test.step('the second one is still there', async () => {
    expect(await secondSwarm.states()).toEqual(wholeSwarm(1, 1));
    const data = { confirmName: second.name, deleteResourceGroup: true };
    await send(page.request, 'delete', routes.cluster(second), data);
  });
  await expect.poll(() => engine.everything(), { timeout: 120_000 }).toEqual([]);
  for (const { host, port } of ports) expect(await listens(host, port), `${host}:${port}`).toBe(false);
  expect(slipway.files()).toEqual(filesBefore);
  expect(secretsIn(secrets, 'its output', slipway.log())).toEqual([]);
});

/** The port that Connect names where it is free, else another one, as its note says. */
async function freeDockerPort(): Promise<number> {
  return (await listens('localhost', 2375)) ? freePort() : 2375;
}

/** What the portal's API answers. */
async function readRoute(route: string): Promise<string> {
  const answer = await stage.page.request.get(route);
  expect(answer.status(), route).toBe(200);
  return answer.text();
}

/** What was measured, for whoever reads the output. */
const note = (text: string): void => console.log(`      ${text}`);
