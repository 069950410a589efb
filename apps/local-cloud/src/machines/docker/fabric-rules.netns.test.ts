import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { NetworkPlan } from '../network/network-plan.ts';
import { balancerSocket, haproxyConfig } from './balancer-config.ts';
import { nftRuleset } from './fabric-rules.ts';
import { hasHaproxy } from './config-checks.test-support.ts';
import { Namespaces, hasNamespaces } from './namespaces.test-support.ts';
import type { Attempt, Outcome } from './namespaces.test-support.ts';
import { testGroup, testInterface, testListener, testPlan } from './plan.test-support.ts';
import { metadataAddress, platformAddress } from './platform-addresses.ts';

vi.setConfig({
  testTimeout: 60_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 30_000, interval: 50 } },
});

const [open, guarded, narrow] = ['10.1.0.4', '10.1.0.5', '10.1.1.6'];
const foreign = '10.1.0.99';
/** Of the network's range, but somebody outside has it. */
const nobody = '10.1.0.77';
const publicAddress = '203.0.113.1';
const internet = '198.51.100.9';
/** Outwards the fabric is known by this one. */
const fabricOutside = '192.0.2.2';

const fabricV6 = 'fd00:1::1';
const hasIpv6 = existsSync('/proc/sys/net/ipv6');

const probe = { kind: 'tcp', port: 8080, intervalSeconds: 1, threshold: 1 } as const;
const plan: NetworkPlan = testPlan({
  interfaces: [
    { ...testInterface(open), outboundAccess: { kind: 'none' } },
    testInterface(guarded, ['guard']),
    testInterface(narrow, ['guard', 'narrow']),
  ],
  groups: [
    testGroup('guard', [
      { access: 'Allow', from: 'Internet', port: '8080' },
      { access: 'Allow', from: 'VirtualNetwork', port: '9000-9001' },
      { access: 'Deny', from: 'VirtualNetwork', protocol: '*' },
      { access: 'Deny', direction: 'Outbound', to: 'Internet', port: '7001' },
    ]),
    testGroup('narrow', [
      { access: 'Allow', from: guarded, port: '9000' },
      { access: 'Deny', protocol: '*' },
      { access: 'Deny', direction: 'Outbound', protocol: '*' },
    ]),
  ],
  listeners: [
    testListener(80, 8080, [guarded, narrow], { probe }),
    testListener(81, 9000, [guarded]),
    testListener(82, 8080, []),
  ],
});

const machines = { open, guarded, narrow };
type Place = keyof typeof machines | 'outside';

/** Waits long for what must pass, and as long as a drop is told by for what must not. */
const passing = (host: string, port: number): Attempt => ({ host, port, waitMs: 20_000 });
const dropped = (host: string, port: number, more: Partial<Attempt> = {}): Attempt => ({
  host,
  port,
  waitMs: 500,
  ...more,
});

describe.skipIf(!hasNamespaces() || !hasHaproxy())('the packet filter of a fabric', () => {
  const spaces = new Namespaces('rules');
  let folder = '';
  let pidFile = '';
  let socket = '';

  function load(rules: NetworkPlan): void {
    const defines = ['-D', 'vnet_device=eth1', '-D', 'internet_device=eth0'];
    spaces.exec('fabric', 'nft', [...defines, '-f', '-'], nftRuleset(rules));
  }

  const attempts = (place: Place, list: readonly Attempt[]): Promise<Outcome[]> =>
    spaces.attempt(place, list);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-fabric-'));
    [pidFile, socket] = [join(folder, 'haproxy.pid'), join(folder, 'haproxy.sock')];
    for (const name of ['switch', 'fabric', 'outside', ...Object.keys(machines)]) spaces.add(name);
    spaces.ip('switch', 'link add bridge type bridge');
    spaces.ip('switch', 'link set bridge up');
    spaces.connect('switch', 'to-fabric', 'fabric', 'eth1');
    spaces.ip('switch', 'link set to-fabric master bridge');
    spaces.connect('outside', 'eth0', 'fabric', 'eth0');
    spaces.ip('fabric', 'address add 172.30.0.1/16 dev eth1');
    spaces.ip('fabric', `address add ${fabricOutside}/24 dev eth0`);
    for (const address of [publicAddress, platformAddress, metadataAddress]) {
      spaces.ip('fabric', `address add ${address}/32 dev lo`);
    }
    for (const [name, address] of Object.entries(machines)) {
      spaces.connect('switch', name, name, 'eth0');
      spaces.ip('switch', `link set ${name} master bridge`);
      spaces.ip(name, `address add ${address}/32 dev eth0`);
      spaces.ip(name, 'route add default via 172.30.0.1 dev eth0 onlink');
      spaces.ip('fabric', `route add ${address}/32 dev eth1`);
    }
    spaces.ip('open', `address add ${foreign}/32 dev eth0`);
    spaces.ip('fabric', `route add ${foreign}/32 dev eth1`);
    if (hasIpv6) {
      spaces.ip('fabric', `address add ${fabricV6}/64 dev eth1 nodad`);
      spaces.ip('open', 'address add fd00:1::2/64 dev eth0 nodad');
    }
    spaces.ip('outside', 'address add 192.0.2.1/24 dev eth0');
    spaces.ip('outside', `address add ${internet}/32 dev lo`);
    spaces.ip('outside', `address add ${nobody}/32 dev lo`);
    spaces.ip('outside', `route add ${publicAddress}/32 via ${fabricOutside}`);
    spaces.ip('outside', `route add 10.1.0.0/16 via ${fabricOutside}`);
    spaces.ip('fabric', 'route add default via 192.0.2.1');
    spaces.exec('fabric', 'sh', [
      '-c',
      'echo 1 >/proc/sys/net/ipv4/ip_forward; for f in /proc/sys/net/ipv4/conf/*/send_redirects; do echo 0 >$f; done',
    ]);
    load(plan);
    await Promise.all([
      ...Object.entries(machines).map(([name, address]) =>
        spaces.serve(
          name,
          [8080, 9000, 9001].map((port) => [address, port] as const),
        ),
      ),
      spaces.serve('outside', [
        [internet, 7000],
        [internet, 7001],
        [nobody, 7000],
      ]),
      spaces.serve('fabric', [
        [platformAddress, 53],
        [metadataAddress, 80],
        ['172.30.0.1', 9999],
        [fabricOutside, 9999],
        ...(hasIpv6 ? [[fabricV6, 9999] as const] : []),
      ]),
    ]);
    const config = join(folder, 'haproxy.cfg');
    writeFileSync(config, haproxyConfig(plan).replace(balancerSocket, socket));
    // In the background it returns when it listens.
    spaces.exec('fabric', 'haproxy', ['-D', '-p', pidFile, '-f', config]);
  });

  afterAll(() => {
    try {
      process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
    } finally {
      spaces.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('machines reach each other where all groups of both allow it, with their own addresses', async () => {
    expect(
      await attempts('open', [passing(guarded, 9000), dropped(guarded, 8080), dropped(narrow, 9000)]),
    ).toEqual([`${guarded} saw ${open}`, 'silent', 'silent']);
    expect(
      await attempts('guarded', [passing(open, 8080), passing(narrow, 9000), dropped(narrow, 9001)]),
    ).toEqual([`${open} saw ${guarded}`, `${narrow} saw ${guarded}`, 'silent']);
    expect(await attempts('narrow', [dropped(open, 9000)])).toEqual(['silent']);
  });

  test('addresses of the network that no machine has do not lead out of it', async () => {
    expect(await attempts('guarded', [dropped(nobody, 7000)])).toEqual(['silent']);
  });

  test('a machine cannot send from an address that is not planned', async () => {
    expect(
      await attempts('open', [
        dropped(guarded, 9000, { from: foreign }),
        dropped(platformAddress, 53, { from: foreign }),
      ]),
    ).toEqual(['silent', 'silent']);
  });

  test('only machines with a way out reach the internet, as the fabric, and where their groups allow it', async () => {
    expect(await attempts('guarded', [passing(internet, 7000), dropped(internet, 7001)])).toEqual([
      `${internet} saw ${fabricOutside}`,
      'silent',
    ]);
    expect(await attempts('open', [dropped(internet, 7000)])).toEqual(['silent']);
  });

  test('the platform’s addresses answer whatever the groups say, nothing else of the fabric does', async () => {
    expect(
      await attempts('narrow', [
        passing(platformAddress, 53),
        passing(metadataAddress, 80),
        dropped('172.30.0.1', 9999),
        dropped(fabricOutside, 9999),
      ]),
    ).toEqual([`${platformAddress} saw ${narrow}`, `${metadataAddress} saw ${narrow}`, 'silent', 'silent']);
  });

  test.skipIf(!hasIpv6)('IPv6 is no way around', async () => {
    expect(await attempts('open', [dropped(fabricV6, 9999)])).toEqual(['silent']);
  });

  test('nothing comes in from outside but to listeners', async () => {
    expect(
      await attempts('outside', [
        dropped(open, 9000),
        dropped(guarded, 8080),
        dropped(fabricOutside, 9999),
        dropped(publicAddress, 83),
      ]),
    ).toEqual(['silent', 'silent', 'silent', 'silent']);
  });

  test('a listener leads to the backends whose probes pass their groups', async () => {
    // The second backend's group lets no probe in.
    await expect.poll(() => serverStates(socket)).toEqual({ [guarded]: 'UP', [narrow]: 'DOWN' });
    const four = [1, 2, 3, 4].map(() => passing(publicAddress, 80));
    const answer = `${guarded} saw ${publicAddress}`;
    expect(await attempts('outside', four)).toEqual([answer, answer, answer, answer]);
  });

  test('the groups are asked about what comes through a listener: as from the internet', async () => {
    expect(await attempts('outside', [dropped(publicAddress, 81)])).toEqual(['silent']);
  });

  test('a listener without backends closes at once', async () => {
    expect(await attempts('outside', [passing(publicAddress, 82)])).toEqual(['closed']);
  });

  test('a machine reaches listeners where its groups let it out', async () => {
    expect(await attempts('open', [passing(publicAddress, 80), dropped(publicAddress, 83)])).toEqual([
      `${guarded} saw ${publicAddress}`,
      'silent',
    ]);
    expect(await attempts('narrow', [dropped(publicAddress, 80)])).toEqual(['silent']);
  });

  test('a new ruleset takes the place of the old one', async () => {
    load({ ...plan, interfaces: [open, guarded, narrow].map((address) => testInterface(address)) });
    expect(await attempts('open', [passing(narrow, 9001), passing(internet, 7001)])).toEqual([
      `${narrow} saw ${open}`,
      `${internet} saw ${fabricOutside}`,
    ]);
    await expect.poll(() => serverStates(socket)).toEqual({ [guarded]: 'UP', [narrow]: 'UP' });
    load(plan);
    expect(await attempts('open', [dropped(narrow, 9001)])).toEqual(['silent']);
  });
});

/** The states of the servers of the one listener with a probe, by address. */
async function serverStates(socket: string): Promise<Record<string, string>> {
  const connection = connect(socket);
  connection.write('show stat\n');
  const [head = '', ...rows] = (await text(connection)).trim().split('\n');
  const columns = head.replace('# ', '').split(',');
  const states: Record<string, string> = {};
  for (const row of rows.map((line) => line.split(','))) {
    const at = (column: string): string => row[columns.indexOf(column)] ?? '';
    const state = /^(?:UP|DOWN)/.exec(at('status'))?.[0];
    if (at('pxname').startsWith('traffic-0') && at('svname') !== 'BACKEND' && state !== undefined) {
      states[at('svname').replace(/^\d+-/, '')] = state;
    }
  }
  return states;
}
