import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  buildTopology,
  traceConnection,
  whatItReaches,
  whatReaches,
  type Connection,
  type TopologyResource,
  type TracePath,
} from '../index.ts';
import { anyNetwork } from './any-network.test-support.ts';
import { connection, idOf, nodeOf, ref, securityGroup, types } from './small-network.test-support.ts';

const ends = fc.constantFrom(
  'internet',
  'one',
  'two',
  'three',
  '203.0.113.2',
  '198.51.100.7',
  '192.168.1.1',
  '10.0.3.9',
  'fd00::4',
  '2001:db8::1',
  idOf(types.balancer, 'lb'),
  idOf(types.gateway, 'vpn'),
  idOf(types.applicationGateway, 'web'),
  idOf(types.machine, 'nobody'),
);
const connections = fc
  .record({ from: ends, to: ends, port: fc.constantFrom(80, 443, 2375), isPing: fc.boolean() })
  .map(({ from, to, port, isPing }) => connection(from, to, isPing ? 0 : port, isPing ? 'Icmp' : 'Tcp'));

const follow = (resources: TopologyResource[], asked: Connection): TracePath[] =>
  traceConnection({ resources }, asked).paths;

/** The resources with one of them changed. */
const changed = (
  resources: readonly TopologyResource[],
  id: string,
  change: (properties: Record<string, unknown>) => Record<string, unknown>,
): TopologyResource[] =>
  resources.map((item) => (item.id === id ? { ...item, properties: change(item.properties ?? {}) } : item));

describe('whatever the network and the connection', () => {
  test('a path goes on until it ends in one way, which it is said to', () => {
    fc.assert(
      fc.property(anyNetwork, connections, (resources, asked) => {
        for (const { hops, outcome, at, summary } of follow(resources, asked)) {
          expect(hops.slice(0, -1).map(({ verdict }) => verdict)).toEqual(hops.slice(1).map(() => 'passes'));
          expect(hops.at(-1)).toMatchObject({ verdict: outcome, piece: at });
          expect(summary).toMatch(/\S\.$/);
          const isCheckable = hops.some(({ facts }) => facts.some(({ label }) => label === 'What to check'));
          if (outcome === 'notTraced' && !summary.includes('only if')) expect(isCheckable).toBe(true);
        }
      }),
    );
  });

  test('every piece on the way is one of the diagram', () => {
    fc.assert(
      fc.property(anyNetwork, connections, (resources, asked) => {
        const { nodes } = buildTopology({ serviceName: 'demo', resources });
        const ids = new Set(nodes.map(({ id }) => id));
        for (const { hops } of follow(resources, asked)) {
          for (const { piece } of hops) expect(ids).toContain(piece);
        }
      }),
    );
  });

  test('nothing arrives past a rule that turns everything away', () => {
    const shut = securityGroup('shut', [{ name: 'all', priority: 100, protocol: '*', access: 'Deny' }]);
    fc.assert(
      fc.property(anyNetwork, connections, (resources, asked) => {
        const guarded = [
          ...changed(resources, idOf(types.nic, 'two-nic'), (properties) => ({
            ...properties,
            networkSecurityGroup: ref(types.group, 'shut'),
          })),
          shut,
        ];
        const target = nodeOf(types.machine, 'two');
        const isItself = asked.from.piece === target;
        for (const { outcome, at } of follow(guarded, asked)) {
          if (!isItself) expect([outcome, at]).not.toEqual(['arrives', target]);
        }
      }),
    );
  });

  test('nothing arrives past a security group whose rules are not known', () => {
    fc.assert(
      fc.property(anyNetwork, connections, (resources, asked) => {
        const unread = resources.filter(({ type }) => type !== types.group);
        const isUnread = unread.length < resources.length;
        const target = nodeOf(types.machine, 'two');
        for (const { outcome, at } of follow(unread, asked)) {
          if (isUnread && asked.from.piece !== target) expect([outcome, at]).not.toEqual(['arrives', target]);
        }
      }),
    );
  });

  test('nothing arrives from a subnet that sends everything to an appliance', () => {
    const prefixes = ['10.0.0.0/16', '10.1.0.0/16', 'fd00::/48', '0.0.0.0/0', '::/0'];
    const table = {
      id: idOf(types.routes, 'inspect'),
      name: 'inspect',
      type: types.routes,
      properties: {
        routes: prefixes.map((addressPrefix, place) => ({
          id: `${idOf(types.routes, 'inspect')}/routes/to-${place}`,
          name: `to-${place}`,
          properties: { addressPrefix, nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.9.9' },
        })),
      },
    };
    fc.assert(
      fc.property(anyNetwork, ends, (resources, to) => {
        const routed = [
          ...changed(resources, idOf(types.network, 'hub'), (properties) => ({
            ...properties,
            subnets: (properties['subnets'] as { name: string; properties: object }[]).map((subnet) =>
              subnet.name === 'a'
                ? { ...subnet, properties: { ...subnet.properties, routeTable: { id: table.id } } }
                : subnet,
            ),
          })),
          table,
        ];
        const asked = connection('one', to, 80);
        for (const { outcome, at } of follow(routed, asked)) {
          if (to !== 'one') expect([outcome, at]).not.toEqual(['arrives', at]);
        }
      }),
    );
  });

  test('what is said to be reached arrives', () => {
    fc.assert(
      fc.property(anyNetwork, fc.constantFrom('one', 'two', 'three'), (resources, name) => {
        const piece = nodeOf(types.machine, name);
        const ways = [...whatReaches({ resources }, piece).ways, ...whatItReaches({ resources }, piece).ways];
        for (const { connection: asked, outcome, text } of ways) {
          expect([text, traceConnection({ resources }, asked).outcome]).toEqual([text, outcome]);
        }
      }),
      { numRuns: 50 },
    );
  });
});
