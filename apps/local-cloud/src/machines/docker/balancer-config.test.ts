import { describe, expect, test } from 'vitest';
import type { PlannedListener, PlannedProbe } from '../network/balancer-plan.ts';
import { networkPlans } from '../network/network-plan.ts';
import type { NetworkPlan } from '../network/network-plan.ts';
import { swarmCloud } from '../network/swarm-cloud.test-support.ts';
import { haproxyConfig } from './balancer-config.ts';
import { haproxyComplaint, hasHaproxy } from './config-checks.test-support.ts';
import { testListener, testPlan } from './plan.test-support.ts';

const [first, second] = ['10.1.0.4', '10.1.0.5'];
const probe: PlannedProbe = {
  kind: 'http',
  port: 8081,
  path: '/health?a=1',
  intervalSeconds: 7,
  threshold: 3,
};

/** The sections of a configuration: their lines by their first line. */
function sections(...listeners: PlannedListener[]): Map<string, string[]> {
  const parts = haproxyConfig(testPlan({ listeners })).trim().split('\n\n');
  return new Map(
    parts.map((part) => {
      const [head = '', ...lines] = part.split('\n').map((line) => line.trim());
      return [head, lines];
    }),
  );
}

const named = (parts: Map<string, string[]>, start: string): [string, string[]][] =>
  [...parts].filter(([head]) => head.startsWith(start));

test('a listener binds its address and sends on from it', () => {
  const parts = sections(testListener(2200, 22, [first], { idleTimeoutMinutes: 30 }));
  expect(parts.get('frontend listener-0-rule-2200')).toEqual([
    'bind 203.0.113.1:2200',
    'timeout client 30m',
    'tcp-request connection reject if { nbsrv(traffic-0-rule-2200) eq 0 }',
    'default_backend traffic-0-rule-2200',
  ]);
  expect(parts.get('backend traffic-0-rule-2200')).toEqual([
    'balance roundrobin',
    'timeout server 30m',
    'source 203.0.113.1',
    `server 0-${first} ${first}:22`,
  ]);
});

test('a probe comes from the platform’s address, and the traffic follows what it finds', () => {
  const parts = sections(testListener(80, 8080, [first, second], { probe }));
  const [[head, lines] = ['', []]] = named(parts, 'backend probe-');
  expect(lines).toEqual([
    'option httpchk',
    'http-check send meth GET uri /health?a=1 ver HTTP/1.1 hdr Host 168.63.129.16',
    'http-check expect status 200',
    'source 168.63.129.16',
    `server 0-${first} ${first}:8081 check inter 7s fall 3 rise 3`,
    `server 1-${second} ${second}:8081 check inter 7s fall 3 rise 3`,
  ]);
  const name = head.replace('backend ', '');
  expect(parts.get('backend traffic-0-rule-80')?.slice(-2)).toEqual([
    `server 0-${first} ${first}:8080 track ${name}/0-${first}`,
    `server 1-${second} ${second}:8080 track ${name}/1-${second}`,
  ]);
});

test('listeners share a probe only when it is the same probe of the same machines', () => {
  const shared = sections(
    testListener(80, 8080, [first, second], { probe }),
    testListener(443, 8443, [first, second], { probe: { ...probe } }),
  );
  expect(named(shared, 'backend probe-')).toHaveLength(1);
  const apart = sections(
    testListener(80, 8080, [first, second], { probe }),
    testListener(443, 8443, [first], { probe }),
    testListener(81, 8081, [first, second], { probe: { ...probe, path: '/other' } }),
  );
  expect(named(apart, 'backend probe-')).toHaveLength(3);
});

test.each([
  ['without a slash', 'health', '/health'],
  ['with what means something to HAProxy', '/a b"c\'d#e\\f$g\nh', '/a%20b%22c%27d%23e%5Cf%24g%0Ah'],
  ['with other letters', '/größe/%20', '/gr%C3%B6%C3%9Fe/%20'],
  ['that is empty', '', '/'],
  ['that is too long', `/${'x'.repeat(5_000)}`, `/${'x'.repeat(1_499)}`],
])('the path of a probe is one word: %s', (_name, path, expected) => {
  const [[, lines] = ['', []]] = named(
    sections(testListener(80, 80, [first], { probe: { ...probe, path } })),
    'backend probe-',
  );
  expect(lines).toContain(`http-check send meth GET uri ${expected} ver HTTP/1.1 hdr Host 168.63.129.16`);
});

test('names that become the same word stay apart', () => {
  const listeners = ['a b', 'a_b'].map((name, index) =>
    testListener(80 + index, 80, [first], { id: `/balancers/lb/inboundNatRules/${name}` }),
  );
  expect([...sections(...listeners).keys()]).toEqual(
    expect.arrayContaining(['frontend listener-0-a_b', 'frontend listener-1-a_b']),
  );
});

describe.skipIf(!hasHaproxy())('HAProxy accepts', () => {
  const [swarm] = networkPlans(swarmCloud(100));
  test.each<[string, NetworkPlan]>([
    ['a network without listeners', testPlan({})],
    ['a Swarm cluster with a hundred agents', swarm ?? testPlan({})],
    [
      'every kind of probe, and listeners without backends',
      testPlan({
        listeners: [
          testListener(80, 80, [first, second], { probe }),
          testListener(81, 81, [first], {
            probe: { ...probe, kind: 'https', path: `/${'ü'.repeat(3_000)}` },
          }),
          testListener(82, 82, [first], {
            probe: { kind: 'tcp', port: 82, intervalSeconds: 86_400, threshold: 100 },
            idleTimeoutMinutes: 100,
          }),
          testListener(83, 83, []),
          testListener(84, 84, [], { probe }),
        ],
      }),
    ],
  ])('%s', (_name, plan) => {
    expect(haproxyComplaint(haproxyConfig(plan))).toBe('');
  });

  test('not just anything', () => {
    expect(haproxyComplaint(`${haproxyConfig(testPlan({}))}\nnonsense\n`)).toContain('unknown keyword');
  });
});
