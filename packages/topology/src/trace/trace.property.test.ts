import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseConnection,
  suggestConnections,
  traceConnection,
  whatItReaches,
  whatReaches,
  type TopologyResource,
} from '../index.ts';
import { swarmResources } from '../swarm-resources.test-support.ts';
import {
  connection,
  machine,
  nodeOf,
  ref,
  securityGroup,
  subnetRef,
  types,
  vnet,
  type RuleText,
} from './small-network.test-support.ts';

/** A rule over few addresses and ports, so that rules overlap and packets meet them. */
const rule = fc.record({
  access: fc.constantFrom('Allow' as const, 'Deny' as const),
  protocol: fc.constantFrom('Tcp', 'Udp', '*'),
  sources: fc.uniqueArray(
    fc.constantFrom('10.0.0.4', '10.0.0.0/24', '10.0.0.0/30', '192.168.0.0/16', '0.0.0.0/0'),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  destinations: fc.uniqueArray(fc.constantFrom('10.0.1.4/32', '10.0.0.0/16', '10.0.1.128/25'), {
    minLength: 1,
    maxLength: 2,
  }),
  ports: fc.uniqueArray(fc.constantFrom('80', '443', '1-1024', '79-81', '2000-3000', '*'), {
    minLength: 1,
    maxLength: 3,
  }),
});
const rules = fc
  .array(rule, { maxLength: 8 })
  .chain((list) =>
    fc
      .uniqueArray(fc.integer({ min: 100, max: 4096 }), { minLength: list.length, maxLength: list.length })
      .map((priorities) => list.map((item, place) => ({ ...item, priority: priorities[place]! }))),
  );
type Rule = typeof rules extends fc.Arbitrary<(infer Item)[]> ? Item : never;

const toText = (item: Rule, place: number): RuleText => ({
  name: `rule-${place}`,
  priority: item.priority,
  access: item.access,
  protocol: item.protocol,
  sourceAddressPrefixes: item.sources,
  destinationAddressPrefixes: item.destinations,
  destinationPortRanges: item.ports,
});

const bitsOf = (address: string): string =>
  address
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');

const inPrefix = (prefix: string, address: string): boolean => {
  const [base, length = '32'] = prefix.split('/');
  return bitsOf(address).startsWith(bitsOf(base!).slice(0, Number(length)));
};

const inSpan = (span: string, port: number): boolean => {
  if (span === '*') return true;
  const [first, last = first] = span.split('-');
  return Number(first) <= port && port <= Number(last);
};

/** The same question, asked in the plainest way: bit strings and the whole list in order. */
function admits(list: readonly Rule[], protocol: string, port: number): boolean {
  const deciding = [...list]
    .toSorted((left, right) => left.priority - right.priority)
    .find(
      (item) =>
        (item.protocol === '*' || item.protocol === protocol) &&
        item.sources.some((prefix) => inPrefix(prefix, '10.0.0.4')) &&
        item.destinations.some((prefix) => inPrefix(prefix, '10.0.1.4')) &&
        item.ports.some((span) => inSpan(span, port)),
    );
  return deciding === undefined || deciding.access === 'Allow';
}

const guarded = (list: readonly Rule[]): TopologyResource[] => [
  vnet('net', ['10.0.0.0/16'], { a: '10.0.0.0/24', b: '10.0.1.0/24' }),
  ...machine('client', '10.0.0.4', subnetRef('net', 'a')),
  ...machine('server', '10.0.1.4', subnetRef('net', 'b'), {
    nic: { networkSecurityGroup: ref(types.group, 'guard') },
  }),
  securityGroup(
    'guard',
    list.map((item, place) => toText(item, place)),
  ),
];

describe('security groups', () => {
  const protocols = fc.constantFrom('Tcp' as const, 'Udp' as const);
  const ports = fc.oneof(
    fc.constantFrom(79, 80, 81, 443, 1024, 1025, 2377),
    fc.integer({ min: 1, max: 65_535 }),
  );

  test('decide as reading the rules one by one does', () => {
    fc.assert(
      fc.property(rules, protocols, ports, (list, protocol, port) => {
        const trace = traceConnection(
          { resources: guarded(list) },
          connection('client', 'server', port, protocol),
        );
        expect(trace.outcome).toBe(admits(list, protocol, port) ? 'arrives' : 'blocked');
      }),
    );
  });

  test('the ports that are said to be admitted are those that arrive', () => {
    fc.assert(
      fc.property(rules, protocols, ports, (list, protocol, port) => {
        const { ways } = whatReaches({ resources: guarded(list) }, nodeOf(types.machine, 'server'));
        const open = ways.filter(
          ({ text, outcome }) => text.startsWith('client → ') && outcome === 'arrives',
        );
        const said = open.some(({ text }) => {
          if (text.endsWith(', every port')) return true;
          const [name, ...spans] = text
            .split(', ')
            .slice(1)
            .join(' and ')
            .replace(/^(TCP|UDP) /, '$1 and ')
            .split(' and ');
          if (name !== protocol.toUpperCase()) return false;
          return spans.some((span) => {
            const [first, last = first] = span.split(' to ').map(Number);
            return first! <= port && port <= last!;
          });
        });
        expect(said).toBe(admits(list, protocol, port));
      }),
      { numRuns: 50 },
    );
  });
});

/** Values where others are expected: what a strange answer, or half of one, may hold. */
const junk = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.constantFrom(null, '', '10.0.0.0/99', '*', 'Tcp', 65_536, -1, [], {}, [null], [[]], [{ id: 5 }]),
);

/** Resources in which some values, at any depth, are replaced. */
function spoilt(
  value: unknown,
  places: ReadonlySet<number>,
  filler: unknown,
  counter: { next: number },
): unknown {
  const place = counter.next++;
  if (places.has(place)) return filler;
  if (Array.isArray(value)) return value.map((item) => spoilt(item, places, filler, counter));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, spoilt(item, places, filler, counter)]),
  );
}

const askEverything = (resources: readonly TopologyResource[], ids: readonly string[]): void => {
  const input = { resources };
  for (const { text } of suggestConnections(input)) parseConnection(input, text);
  for (const from of ['internet', ...ids]) {
    for (const to of ['internet', 'service', ...ids]) {
      const trace = traceConnection(input, {
        from: from === 'internet' ? { kind: 'internet' } : { kind: 'piece', piece: from },
        to: to === 'internet' ? { kind: 'internet' } : { kind: 'piece', piece: to },
        protocol: 'Tcp',
        port: 443,
      });
      expect(trace.paths.length).toBeGreaterThan(0);
      for (const { hops, at } of trace.paths) expect(hops.at(-1)?.piece).toBe(at);
    }
    whatReaches(input, from);
    whatItReaches(input, from);
  }
};

describe('whatever the resources are', () => {
  test('properties of any shape are read without harm', () => {
    const kinds = Object.values(types);
    const any = fc.record({
      id: fc.constantFrom(...kinds.map((type) => nodeOf(type, 'x'))),
      name: fc.string(),
      type: fc.constantFrom(...kinds),
      properties: fc.dictionary(
        fc.constantFrom(
          'ipConfigurations',
          'subnets',
          'securityRules',
          'networkProfile',
          'loadBalancingRules',
          'routes',
        ),
        junk,
      ),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), (resources) => {
        askEverything(
          resources,
          resources.slice(0, 2).map(({ id }) => id),
        );
      }),
    );
  });

  test('a cluster with values missing or replaced is followed as far as it goes', () => {
    const whole = swarmResources({ masters: 1, agents: 1, withInstances: true });
    const ids = whole
      .filter(({ type }) => /virtualMachines$|loadBalancers$|publicIPAddresses$/.test(type))
      .map(({ id }) => id.toLowerCase());
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(900), { maxLength: 30 }), junk, (places, filler) => {
        const counter = { next: 0 };
        const resources = whole.map((item) => ({
          ...item,
          properties: spoilt(item.properties, new Set(places), filler, counter) as Record<string, unknown>,
        }));
        askEverything(resources, ids);
      }),
      { numRuns: 30 },
    );
  });

  test('the order of the resources changes nothing', () => {
    const whole = swarmResources({ masters: 3, agents: 2, withInstances: true });
    const asked = {
      from: { kind: 'internet' },
      to: { kind: 'piece', piece: 'service' },
      protocol: 'Tcp',
      port: 22,
    } as const;
    const expected = traceConnection({ resources: whole }, asked);
    fc.assert(
      fc.property(fc.shuffledSubarray(whole, { minLength: whole.length }), (resources) => {
        expect(traceConnection({ resources }, asked)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
