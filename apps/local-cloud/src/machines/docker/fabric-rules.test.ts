import { describe, expect, test } from 'vitest';
import { networkPlans } from '../network/network-plan.ts';
import type { NetworkPlan } from '../network/network-plan.ts';
import { swarmCloud } from '../network/swarm-cloud.test-support.ts';
import { hasNftables, nftComplaint } from './config-checks.test-support.ts';
import { nftRuleset } from './fabric-rules.ts';
import type { TestRule } from './plan.test-support.ts';
import { testGroup, testInterface, testListener, testPlan } from './plan.test-support.ts';

/** The body of a chain, set or map, one statement a line. */
function body(ruleset: string, head: string): string[] {
  const start = ruleset.indexOf(`  ${head} {\n`);
  if (start < 0) throw new Error(`${head} is not in the ruleset`);
  const lines = ruleset.slice(start).split('\n').slice(1);
  return lines.slice(0, lines.indexOf('  }')).map((line) => line.trim());
}

/** What the inbound chain of a group says before Azure's own rules. */
function statements(rules: readonly TestRule[]): string[] {
  const plan = testPlan({
    interfaces: [testInterface('10.1.0.4', ['g'])],
    groups: [testGroup('g', rules)],
  });
  const lines = body(nftRuleset(plan), 'chain group_0_inbound');
  return lines.filter((line) => !line.startsWith('#') && !/comment "65\d{3}/.test(line)).slice(0, -1);
}

const agents = Array.from({ length: 100 }, (_, index) => `10.1.2.${index + 4}`);

describe('what the rules of a group become', () => {
  test.each<[string, TestRule, string[]]>([
    [
      'a service tag for each meaning',
      { access: 'Allow', from: 'Internet', to: 'VirtualNetwork', port: '22' },
      [
        'ip saddr != @not_internet ip daddr @virtual_network meta l4proto tcp th dport { 22 } return comment "100 rule-0"',
      ],
    ],
    [
      'the load balancer',
      { access: 'Deny', from: 'AzureLoadBalancer', protocol: '*' },
      ['ip saddr 168.63.129.16 drop comment "100 rule-0"'],
    ],
    [
      'ports of any protocol: those that have ports',
      { access: 'Deny', protocol: '*', port: '7000-7009' },
      ['meta l4proto { tcp, udp } th dport { 7000-7009 } drop comment "100 rule-0"'],
    ],
    [
      'ICMP, which has no ports',
      { access: 'Allow', protocol: 'Icmp', port: '80' },
      ['meta l4proto icmp return comment "100 rule-0"'],
    ],
    ['a tag of a service of Azure, which matches nothing', { access: 'Allow', from: 'Sql' }, []],
    ['IPv6, which matches nothing', { access: 'Allow', from: '2001:db8::/32' }, []],
  ])('%s', (_name, rule, expected) => {
    expect(statements([rule])).toEqual(expected);
  });

  test('names cannot add anything', () => {
    const name = 'a" accept\n  drop; }\\ € #';
    expect(statements([{ access: 'Allow', name, protocol: 'Esp' }])).toEqual([
      'meta l4proto esp return comment "100 a__accept___drop________"',
    ]);
  });
});

test('interfaces with the same groups share a chain, each once', () => {
  const plan = testPlan({
    interfaces: [testInterface('10.1.0.3'), ...agents.map((address) => testInterface(address, ['a', 'b']))],
    groups: [testGroup('a', []), testGroup('b', [])],
  });
  const ruleset = nftRuleset(plan);
  expect(body(ruleset, 'chain inbound_0_1')).toEqual(['jump group_0_inbound', 'jump group_1_inbound']);
  expect(body(ruleset, 'chain outbound_1_0')).toEqual(['jump group_1_outbound', 'jump group_0_outbound']);
  const map = body(ruleset, 'map inbound_of').join('');
  expect(map.match(/jump inbound_0_1/g)).toHaveLength(100);
  expect(map).not.toContain('10.1.0.3 ');
  expect(ruleset.match(/chain group_/g)).toHaveLength(4);
});

test('an earlier ruleset is deleted in the same step', () => {
  const lines = nftRuleset(testPlan({})).split('\n');
  expect(lines.slice(1, 3)).toEqual(['table inet slipway {}', 'delete table inet slipway']);
});

describe.skipIf(!hasNftables())('nftables accepts', () => {
  const [swarm] = networkPlans(swarmCloud(100));
  test.each<[string, NetworkPlan]>([
    ['an empty network', testPlan({ addressPrefixes: [] })],
    ['a Swarm cluster with a hundred agents', swarm ?? testPlan({})],
    [
      'ranges and ports that overlap',
      testPlan({
        addressPrefixes: ['10.0.0.0/8', '10.1.0.0/16', '11.0.0.0/8', '168.63.129.0/24'],
        interfaces: [testInterface('10.1.0.4', ['g'])],
        groups: [
          {
            id: 'g',
            outbound: [],
            inbound: [
              {
                name: 'all',
                priority: 100,
                access: 'Allow',
                protocol: 'any',
                sources: [
                  { kind: 'prefix', prefix: '10.1.0.0/16' },
                  { kind: 'prefix', prefix: '10.0.0.0/8' },
                  { kind: 'prefix', prefix: '255.255.255.255/32' },
                  { kind: 'tag', tag: 'Internet' },
                  { kind: 'tag', tag: 'VirtualNetwork' },
                ],
                sourcePorts: [
                  { first: 5, last: 10 },
                  { first: 1, last: 7 },
                ],
                destinations: [
                  { kind: 'prefix', prefix: '10.1.0.4/32' },
                  { kind: 'tag', tag: 'AzureLoadBalancer' },
                ],
                destinationPorts: [
                  { first: 0, last: 0 },
                  { first: 65_535, last: 65_535 },
                ],
              },
            ],
          },
        ],
        listeners: [testListener(80, 80, ['10.1.0.4']), testListener(80, 81, [])],
      }),
    ],
  ])('%s', (_name, plan) => {
    expect(nftComplaint(nftRuleset(plan))).toBe('');
  });

  test('not just anything', () => {
    expect(nftComplaint(`${nftRuleset(testPlan({}))}nonsense`)).toContain('syntax error');
  });
});
