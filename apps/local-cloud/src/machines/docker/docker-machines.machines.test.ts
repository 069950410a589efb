import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { machineTemplate, rule, sshRule } from './machine-template.test-support.ts';
import { RealCloud, docker, firstWords } from './real-cloud.test-support.ts';

// Machines boot slowly on a computer that is busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

/** Serves a page that names the machine, as a service of its own that comes back at every boot. */
const webServer = `#cloud-config
write_files:
  - path: /srv/index.html
    content: this is the machine
  - path: /etc/systemd/system/web.service
    content: |
      [Service]
      ExecStart=/usr/bin/python3 -m http.server 80 --directory /srv
      [Install]
      WantedBy=multi-user.target
runcmd:
  - systemctl daemon-reload
  - systemctl enable --now web.service
`;

const get = 'GET / HTTP/1.0\r\n\r\n';

let cloud: RealCloud;
beforeAll(async () => {
  cloud = await RealCloud.start();
});
afterAll(() => cloud.remove());

const soon = { timeout: 60_000, interval: 250 };

describe('a machine', () => {
  const group = 'one';
  beforeAll(async () => {
    const script = '#!/bin/bash\necho "$(hostname) as $(id -un)" >/srv/extended\n';
    expect(await cloud.deploy(group, machineTemplate({ cloudInit: webServer, script }))).toBeUndefined();
  });
  afterAll(() => cloud.deleteGroup(group));

  const bootId = () =>
    cloud.ssh(group, 'cat /proc/sys/kernel/random/boot_id; systemctl show -p UserspaceTimestampMonotonic');
  const webPage = async () => {
    const { address, localPort } = await cloud.endpoint(group, 80);
    return firstWords(address, localPort, get);
  };

  test('has what ARM reports: its name, exactly its address, its admin user with the key, and its cloud-init', async () => {
    expect(await cloud.untilSsh(group, 'hostname; id -un; sudo -n id -u')).toBe('machine\nsailor\n0');
    expect(await cloud.ssh(group, 'ip -4 -o address show scope global | grep -v docker')).toMatch(
      /^\d+: eth0 +inet 10\.1\.0\.10\/32 [^\n]*$/,
    );
    expect(await cloud.ssh(group, 'cloud-init status --wait; cat /srv/index.html')).toMatch(
      /done[^]*this is the machine/,
    );
  });

  test('ran the extension as root, and its script can be read by root only', async () => {
    expect(await cloud.ssh(group, 'cat /srv/extended')).toBe('machine as root');
    const folder = '/var/lib/waagent/custom-script/download/0';
    expect(
      await cloud.ssh(
        group,
        `sudo stat -c %a ${folder} ${folder}/script.sh; cat ${folder}/script.sh 2>&1 | tail -1`,
      ),
    ).toMatch(/^700\n700\n.*Permission denied$/);
  });

  test('answers through the load balancer only what the security group lets in', async () => {
    expect(await webPage()).not.toContain('200 OK');
    await cloud.put(group, 'Microsoft.Network/networkSecurityGroups/rules', {
      location: 'eastus',
      properties: { securityRules: [sshRule, rule('web', 110, '80')] },
    });
    await expect.poll(webPage, soon).toContain('200 OK');
    await cloud.put(group, 'Microsoft.Network/networkSecurityGroups/rules', {
      location: 'eastus',
      properties: { securityRules: [sshRule, rule('web', 110, '80', 'Deny')] },
    });
    expect(await webPage()).not.toContain('200 OK');
  });

  test('knows itself by the metadata service, and its names by DNS', async () => {
    const compute = 'http://169.254.169.254/metadata/instance/compute';
    expect(
      await cloud.ssh(
        group,
        `curl -s -H Metadata:true '${compute}/name?api-version=2021-02-01&format=text'; getent hosts machine`,
      ),
    ).toMatch(/^machine/);
    expect(
      await cloud.ssh(group, `curl -s -o /dev/null -w '%{http_code}' '${compute}?api-version=2021-02-01'`),
    ).toBe('400');
  });

  test('restarts when it asks for it itself', async () => {
    const before = await bootId();
    await cloud.ssh(group, 'sudo systemctl reboot >/dev/null 2>&1 &').catch(() => undefined);
    await expect.poll(() => bootId().catch(() => before), soon).not.toBe(before);
    expect(await cloud.ssh(group, 'cat /srv/index.html')).toBe('this is the machine');
  });

  test('is stopped, started and deallocated through ARM, and its console is its boot log', async () => {
    const { virtualMachines } = cloud.compute;
    const powerOf = async (): Promise<string | undefined> =>
      (await virtualMachines.instanceView(group, 'machine')).statuses?.at(-1)?.code;
    const before = await bootId();
    await virtualMachines.powerOff(group, 'machine');
    expect(await powerOf()).toBe('PowerState/stopped');
    expect((await cloud.nodes()).map(({ State }) => State)).toEqual(['exited']);
    await virtualMachines.start(group, 'machine');
    expect(await powerOf()).toBe('PowerState/running');
    expect(await cloud.untilSsh(group, 'cat /srv/index.html')).toBe('this is the machine');
    expect(await bootId()).not.toBe(before);
    const { serialConsoleLogBlobUri } = await virtualMachines.retrieveBootDiagnosticsData(group, 'machine');
    const log = await cloud.clients.send('GET', serialConsoleLogBlobUri ?? '', {
      headers: { authorization: '' },
    });
    expect(log.text).toMatch(/Reached target.*cloud-init.*SSH HOST KEY FINGERPRINTS/s);
    await docker.getContainer((await cloud.nodes())[0]?.Id ?? '').kill();
    await expect.poll(powerOf, soon).toBe('PowerState/stopped');
    await virtualMachines.start(group, 'machine');
    await virtualMachines.deallocate(group, 'machine');
    expect(await powerOf()).toBe('PowerState/deallocated');
    await cloud.restart();
    expect((await cloud.nodes()).map(({ State }) => State)).toEqual(['exited']);
    await cloud.compute.virtualMachines.start(group, 'machine');
    expect(await cloud.untilSsh(group, 'hostname')).toBe('machine');
  });

  test('that is killed is started again when Slipway starts anew, with its disk', async () => {
    await cloud.ssh(group, 'echo kept | sudo tee /srv/kept >/dev/null');
    const [node] = await cloud.nodes();
    await docker.getContainer(node?.Id ?? '').kill();
    await cloud.restart();
    await expect.poll(() => cloud.ssh(group, 'cat /srv/kept').catch(() => ''), soon).toBe('kept');
  });
});

describe('what goes wrong', () => {
  const group = 'wrong';
  afterEach(() => cloud.deleteGroup(group));

  test('an extension that fails fails its deployment with the tail of what it wrote, and can be repaired', async () => {
    const script = '#!/bin/bash\necho working\necho "the sails are torn" >&2\nexit 7\n';
    const error = await cloud.deploy(group, machineTemplate({ script }));
    expect(error).toMatchObject({ code: 'VMExtensionProvisioningError' });
    expect(error?.message).toMatch(/extension 'script'[^]*exit status=7[^]*working[^]*the sails are torn/);
    expect(await cloud.deploy(group, machineTemplate({ script: '#!/bin/bash\ntrue\n' }))).toBeUndefined();
  });

  test('an instance whose script fails fails the scale set, and says so', async () => {
    const instanceScript = '#!/bin/bash\necho "no wind" >&2\nexit 3\n';
    const error = await cloud.deploy(group, machineTemplate({ instances: 1, instanceScript }));
    expect(error?.message).toMatch(/exit status=3[^]*no wind/);
  });

  test('a port that is taken on this computer is published at another one, and ARM says where', async () => {
    await cloud.deploy(group, machineTemplate());
    const { address } = await cloud.endpoint(group, 2200);
    await cloud.deleteGroup(group);
    // The driver looks whether anybody answers and hangs up without listening, which resets the connection.
    const taken = createServer((socket) => {
      socket.on('error', () => undefined).end('somebody else');
    }).listen(2200, address);
    await once(taken, 'listening');
    try {
      expect(await cloud.deploy(group, machineTemplate())).toBeUndefined();
      expect(await cloud.endpoint(group, 2200)).toEqual({
        protocol: 'Tcp',
        port: 2200,
        address,
        localPort: 22_200,
      });
      expect(await cloud.untilSsh(group, 'hostname')).toBe('machine');
    } finally {
      taken.close();
    }
  });

  test('Slipway killed while machines are being made goes on, and makes none twice', async () => {
    const template = machineTemplate({ instances: 2, instanceScript: '#!/bin/bash\nsleep 3\n' });
    const path = await cloud.submit(group, template);
    await expect.poll(async () => (await cloud.nodes()).length, soon).toBeGreaterThan(1);
    await cloud.restart();
    const state = async () => (await cloud.clients.send('GET', path)).json.properties.provisioningState;
    await expect.poll(state, { timeout: 400_000 }).toBe('Succeeded');
    const resources = (await cloud.nodes()).map(({ Labels }) => Labels['slipway.resource']);
    expect(resources).toHaveLength(3);
    expect(new Set(resources).size).toBe(3);
  });
});

test('machines of which nobody knows any more are removed at the next start', async () => {
  expect(await cloud.deploy('forgotten', machineTemplate())).toBeUndefined();
  expect(await cloud.belongings()).not.toEqual([]);
  await cloud.server.kill();
  const folder = join(cloud.server.dataDir, 'local-cloud');
  for (const name of readdirSync(folder)) if (name.startsWith('state.sqlite')) rmSync(join(folder, name));
  await cloud.restart();
  await expect.poll(() => cloud.belongings(), soon).toEqual([]);
});

test('two networks with the same ranges do not reach each other', async () => {
  const template = machineTemplate({ cloudInit: webServer, rules: [rule('web', 110, '80')] });
  expect(await Promise.all([cloud.deploy('left', template), cloud.deploy('right', template)])).toEqual([
    undefined,
    undefined,
  ]);
  const name = 'cat /var/lib/cloud/data/instance-id';
  const [left, right] = await Promise.all([cloud.untilSsh('left', name), cloud.untilSsh('right', name)]);
  expect(left).not.toBe(right);
  // The other machine would be at the very address that this one has itself: one of the same range that is free answers nobody.
  await cloud.ssh(
    'left',
    "cloud-init status --wait && sudo sed -i 's/machine/left machine/' /srv/index.html",
  );
  const page = async (group: string) => {
    const { address, localPort } = await cloud.endpoint(group, 80);
    return firstWords(address, localPort, get);
  };
  await expect.poll(() => page('left'), soon).toContain('200 OK');
  await expect.poll(() => page('right'), soon).toContain('200 OK');
  expect(await cloud.ssh('left', 'curl -s http://10.1.0.10/')).toContain('left machine');
  expect(await cloud.ssh('right', 'curl -s http://10.1.0.10/')).not.toContain('left machine');
  await Promise.all([cloud.deleteGroup('left'), cloud.deleteGroup('right')]);
});

test('nothing is left of what was deleted', async () => {
  await expect.poll(() => cloud.belongings(), soon).toEqual([]);
});
